//! The keyboard of a [`Window`].

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use serde_json::json;

use super::window::{FIND, Key, Window};

impl Window {
    /// Presses keys one after the other, on whatever has the focus.
    pub async fn press(&self, keys: &[Key]) {
        for key in keys {
            self.chord(&[], char::from(*key)).await;
        }
    }

    /// Types text on whatever has the focus.
    pub async fn type_text(&self, text: &str) {
        for character in text.chars() {
            self.chord(&[], character).await;
        }
    }

    /// Presses a key while others are held down.
    pub async fn chord(&self, held: &[Key], key: char) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in held {
            actions = actions.then(KeyAction::Down { value: char::from(*key) });
        }
        actions = actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        for key in held.iter().rev() {
            actions = actions.then(KeyAction::Up { value: char::from(*key) });
        }
        self.client.perform_actions(actions).await.expect("keys can be pressed");
    }

    /// Whether the element of this role and name has the keyboard focus.
    pub async fn has_focus(&self, role: &str, name: &str) -> bool {
        let script = format!(
            "return (function () {{ {FIND} }}).apply(null, arguments).includes(document.activeElement) || null"
        );
        self.script(&script, vec![json!(role), json!(name)]).await.is_some()
    }

    /// What has the keyboard focus, for messages.
    pub async fn focused(&self) -> String {
        let script = "return document.activeElement?.outerHTML.slice(0, 120)";
        self.script(script, Vec::new()).await.map(|html| html.to_string()).unwrap_or_default()
    }
}
