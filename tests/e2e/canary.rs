//! A secret and a person with names that occur nowhere else: where do they end up?

use rollcall_tests::keychain::Session;
use rollcall_tests::window::in_window;
use serde_json::json;

use crate::steps::{connect, database, files_under, service, sync_again};

const TOKEN: &str = "canary-5f0b9d17c2";
/// As a family name; generated people do not have it.
const PERSON: &str = "Kanarievogel";

/// The text as it may stand in a file.
fn disguises(text: &str) -> Vec<Vec<u8>> {
    let plain = text.as_bytes().to_vec();
    let wide = plain.iter().flat_map(|byte| [*byte, 0]).collect();
    let hex: String = plain.iter().map(|byte| format!("{byte:02x}")).collect();
    // Base 64 of the text depends on how many bytes stand before it: three ways, without the uncertain ends.
    let base64 = (0..3).map(|before| {
        let mut padded = vec![0; before];
        padded.extend(&plain);
        let code = base64_of(&padded);
        let ends = plain.len() + before;
        code.get(before.div_ceil(3) * 4..ends / 3 * 4).unwrap_or_default().to_owned().into_bytes()
    });
    let mut all = vec![plain.clone(), wide, hex.to_uppercase().into_bytes(), hex.into_bytes()];
    all.extend(base64);
    all
}

fn base64_of(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).flat_map(|group| {
        let number = group.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        [18, 12, 6, 0].map(|shift| char::from(LETTERS[(number >> shift & 63) as usize]))
    });
    groups.collect()
}

fn assert_nowhere(session: &Session, text: &str) {
    let disguises = disguises(text);
    let files = files_under(session.root());
    assert!(files.len() > 5, "too few files to be the whole session: {files:?}");
    for file in files {
        let content = match std::fs::read(&file) {
            // A journal that ended since the list was made.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            content => content.expect("a readable file"),
        };
        for disguise in &disguises {
            assert!(disguise.len() > 7, "too short to mean anything");
            let found = content.windows(disguise.len()).any(|part| part == disguise);
            assert!(!found, "“{text}” stands in {}", file.display());
        }
    }
}

#[tokio::test]
async fn credential_and_people_are_readable_nowhere_on_the_disk_and_the_credential_never_comes_back() {
    let (_sandbox, tenant) = service(200, TOKEN).await;
    tenant
        .create(
            rollcall_sandbox::Kind::User,
            json!({ "userName": "kanarie", "displayName": format!("Kees {PERSON}"), "name": { "familyName": PERSON } }),
        )
        .await
        .expect("a user");
    let session = Session::with_keychain();
    in_window("canary", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        for command in ["get_app_state", "list_accounts"] {
            let script = "const done = arguments[1];
                window.__TAURI_INTERNALS__.invoke(arguments[0], { request: {} }).then((view) => done(JSON.stringify(view)), done)";
            let view = window.script_async(script, vec![json!(command)]).await.to_string();
            assert!(view.contains("Head office") || view.contains("version"), "{command} answers: {view}");
            assert!(!view.contains(TOKEN), "{command} gives the credential away");
        }
        let page = window.script("return document.documentElement.outerHTML", Vec::new()).await;
        assert!(!page.expect("a page").to_string().contains(TOKEN), "the page still holds the credential");
        let kept = "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }])";
        assert_eq!(window.script(kept, Vec::new()).await, Some(json!("[{},{}]")), "the page keeps nothing");
        // While it is open: the journal and whatever else only exists now.
        assert_nowhere(&session, TOKEN);
        assert_nowhere(&session, PERSON);
    })
    .await;
    assert_nowhere(&session, TOKEN);
    assert_nowhere(&session, PERSON);
    let database = database(&session);
    let journal = database.with_extension("db-wal");
    let content = std::fs::read(&database).expect("the database");
    assert!(!content.starts_with(b"SQLite format 3\0"), "the database is not encrypted");
    let journal = std::fs::metadata(journal).map_or(0, |file| file.len());
    assert!(content.len() as u64 + journal > 100_000, "200 people must be in one of the two");
    in_window("canary-again", &session, async |window| {
        window.find("button", "Head office*").await;
        sync_again(window).await;
    })
    .await;
    assert!(
        tenant.requests().iter().all(|request| request.status.is_some_and(|status| status < 400)),
        "the kept credential still works"
    );
}

#[test]
fn the_search_finds_the_text_in_every_disguise() {
    for (before, code) in [("", "Y2FuYXJ5LTVm"), ("x", "eGNhbmFyeS01"), ("xy", "eHljYW5hcnkt")] {
        let whole = base64_of(format!("{before}{TOKEN}!").as_bytes());
        assert!(whole.starts_with(code), "{whole}");
        let found = disguises(TOKEN).iter().any(|disguise| {
            disguise.len() > 7 && whole.as_bytes().windows(disguise.len()).any(|part| part == disguise)
        });
        assert!(found, "not found in {whole}");
    }
}
