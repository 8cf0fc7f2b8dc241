//! A secret that occurs nowhere else: it is in no argument, no output, no log, no file; only in the keychain.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use rollcall_sandbox::Quirks;
use rollcall_tests::ctl::{Ctl, Ran, application, ended};
use rollcall_tests::process::wait_until;
use rollcall_tests::service::{Service, TOKEN};
use tokio::io::AsyncWriteExt;

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(files_under(&entry.path()));
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    found
}

fn assert_nowhere(ctl: &Ctl, ran: &[Ran]) {
    for ran in ran {
        assert!(!ran.out.contains(TOKEN) && !ran.err.contains(TOKEN), "{ran:?}");
    }
    assert_in_no_file(ctl, TOKEN);
}

/// No file of the session has `secret` in it.
pub fn assert_in_no_file(ctl: &Ctl, secret: &str) {
    let files = files_under(ctl.session.root());
    assert!(files.iter().any(|file| file.ends_with("rollcall.db")), "{files:?}");
    for file in files {
        let content = std::fs::read(&file).unwrap();
        let found = content.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(!found, "the secret stands in {}", file.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_is_readable_nowhere_but_in_the_keychain() {
    let service = Service::start(30, 1, Quirks::default()).await;
    let ctl = Ctl::new();
    let address = service.address();
    // While it runs: what every other program of the computer can see.
    let mut child = ctl.start(&["connect", "scim", "Acme", "--address", &address, "--verbose"]);
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(TOKEN.as_bytes()).await.unwrap();
    // It still waits for the end of the secret.
    let process = PathBuf::from(format!("/proc/{}", child.id().unwrap()));
    for seen in ["cmdline", "environ"] {
        // Empty for a moment while the program takes the place of the one that started it.
        let text = wait_until(seen, || {
            let bytes = std::fs::read(process.join(seen)).unwrap();
            (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
        });
        assert!(!text.contains(TOKEN), "{seen}: {text}");
    }
    drop(pipe);
    let connected = ended(child).await;
    assert_eq!(connected.code, 0, "{}", connected.err);
    let ran = [
        connected,
        ctl.run(&["sync", "--verbose"]).await,
        ctl.run(&["accounts", "--json"]).await,
        ctl.run(&["export", "users"]).await,
        // The secret as a name that is refused: the refusal does not repeat it either.
        ctl.run_with(&["connect", "scim", "Acme", "--address", &address], TOKEN).await,
    ];
    assert!(ran[1].err.contains("rollcall_core"), "the log was on: {}", ran[1].err);
    assert_nowhere(&ctl, &ran);
    let kept = ctl.program("secret-tool").args(["search", "--all", "service", "app.rollcall"]).output().await;
    assert!(String::from_utf8_lossy(&kept.unwrap().stdout).contains(TOKEN), "it is in the keychain");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_comes_from_a_file_descriptor_or_from_the_keychain_too() {
    let service = Service::start(5, 1, Quirks::default()).await;
    let ctl = Ctl::new();
    let connect = format!(
        "{} connect scim Acme --address {} --secret-fd 3 3<&0 </dev/null",
        application().display(),
        service.address()
    );
    let mut command = ctl.program("bash");
    command.args(["-c", &connect]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(TOKEN.as_bytes()).await.unwrap();
    ended(child).await.well();

    let mut store = ctl.program("secret-tool");
    store.args(["store", "--label=For a test", "service", "app.rollcall", "username", "import"]);
    let mut store = store.stdin(Stdio::piped()).spawn().unwrap();
    store.stdin.take().unwrap().write_all(TOKEN.as_bytes()).await.unwrap();
    assert!(store.wait().await.unwrap().success());
    let address = service.address();
    let with = |entry: &'static str| {
        ["connect", "scim", "Other", "--address", &address, "--secret-keychain", entry].map(str::to_owned)
    };
    for (entry, code) in [("nothing", 4), ("database-key", 2), ("import", 0)] {
        let arguments = with(entry);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = ctl.run(&arguments).await;
        assert_eq!(ran.code, code, "{entry}: {}", ran.err);
    }
    ctl.run(&["sync", "--all"]).await.well();
}
