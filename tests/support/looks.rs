//! What a [`Window`] looks like: to axe-core, and in a picture.

use std::path::PathBuf;

use super::process::PATIENCE;
use super::window::{Window, repository, target};

impl Window {
    /// What axe-core finds wrong with the screen as it is, one line a finding.
    ///
    /// # Panics
    /// axe-core is not there or fails.
    pub async fn accessibility_findings(&self) -> Vec<String> {
        if self.script("return window.axe ? true : null", Vec::new()).await.is_none() {
            let file = repository().join("ui/node_modules/axe-core/axe.min.js");
            let axe = std::fs::read_to_string(&file).expect("the UI's packages are installed");
            self.script(&format!("{axe}\nwindow.axe = axe; return null"), Vec::new()).await;
        }
        let script = "const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            window.axe.run(document, { runOnly: { type: 'tag', values: tags } }).then(
              (result) => done(result.violations.flatMap((rule) =>
                rule.nodes.map((node) => `${rule.id}: ${node.html} (${node.failureSummary})`))),
              (error) => done([`axe failed: ${error}`]))";
        let findings = self.script_async(script, Vec::new()).await;
        findings
            .as_array()
            .into_iter()
            .flatten()
            .map(|line| line.as_str().unwrap_or("?").to_owned())
            .collect()
    }

    /// Makes the window this large, in pixels.
    ///
    /// # Panics
    /// It stays as it is.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.expect("a window of another size");
        let sized = format!("return window.innerWidth <= {width} && window.innerHeight <= {height} || null");
        self.wait("the new size", &sized).await;
    }

    /// Keeps a picture of the window in `target/e2e/<name>.png`.
    ///
    /// # Panics
    /// The file cannot be written.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let folder = target().join("e2e");
        std::fs::create_dir_all(&folder).expect("the folder of pictures");
        let file = folder.join(format!("{name}.png"));
        // The picture is of what was drawn last: let the window draw what stands there now.
        let drawn =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        let _ = tokio::time::timeout(PATIENCE, self.client.execute_async(drawn, Vec::new())).await;
        if let Ok(Ok(picture)) = tokio::time::timeout(PATIENCE, self.client.screenshot()).await {
            std::fs::write(&file, picture).expect("a picture");
        }
        file
    }
}
