//! What is on the screen as a file, chosen in the system's own dialog; and some of its rows.

use std::path::Path;

use rollcall_sandbox::{Kind, Tenant};
use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Key, Window, in_window, wait_for};
use serde_json::{Value, json};

use crate::steps::{TOKEN, connect, search, service, sync_again};

/// Name and address of everybody that the service has, suspended ones or all, by name.
async fn people(tenant: &Tenant, suspended: bool) -> Vec<(String, String)> {
    let mut people = Vec::new();
    for id in tenant.ids(Kind::User).await.expect("ids") {
        let user = tenant.find(Kind::User, &id).await.expect("a record").expect("somebody");
        let name = user["displayName"].as_str().unwrap_or_default().to_owned();
        let email = user["emails"][0]["value"].as_str().unwrap_or_default().to_owned();
        if !suspended || user["active"] == json!(false) {
            people.push((name, email));
        }
    }
    people.sort();
    people
}

/// Exports what is on the screen, by keyboard.
async fn export(window: &Window, format: &str, file: &Path) {
    window.chord(&[Key::Control], 'e').await;
    window.click("menuitem", &format!("{format}*")).await;
    window.save_as("Export: Users", file).await;
    window.see(&format!("to {}", file.display())).await;
}

/// The file read by another program: its rows, headings first.
fn read(file: &Path) -> Vec<Vec<String>> {
    let script = r#"
import csv, json, sys, zipfile
import xml.etree.ElementTree as tree
path = sys.argv[1]
if path.endswith('.csv'):
    rows = list(csv.reader(open(path, encoding='utf-8-sig', newline='')))
else:
    book = zipfile.ZipFile(path)
    assert book.testzip() is None
    space = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
    strings = []
    if 'xl/sharedStrings.xml' in book.namelist():
        strings = [''.join(part.itertext()) for part in tree.fromstring(book.read('xl/sharedStrings.xml'))]
    rows = []
    for row in tree.fromstring(book.read('xl/worksheets/sheet1.xml')).iter(space + 'row'):
        cells = {}
        for cell in row:
            column = ord(cell.get('r')[0]) - 65
            text = ''.join(cell.itertext())
            cells[column] = strings[int(text)] if cell.get('t') == 's' else text
        rows.append([cells.get(column, '') for column in range(max(cells) + 1)])
json.dump(rows, sys.stdout)
"#;
    let output =
        std::process::Command::new("python3").args(["-c", script]).arg(file).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("rows")
}

fn names(rows: &[Vec<String>]) -> Vec<(String, String)> {
    let place = |heading: &str| rows[0].iter().position(|own| own == heading).expect("the column");
    let (name, email) = (place("Name"), place("E-mail"));
    let cell = |row: &Vec<String>, place: usize| row.get(place).cloned().unwrap_or_default();
    let mut names: Vec<_> = rows[1..].iter().map(|row| (cell(row, name), cell(row, email))).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_filtered_list_is_saved_as_csv_excel_and_json_where_the_person_says() {
    let (_sandbox, tenant) = service(400, TOKEN).await;
    let suspended = people(&tenant, true).await;
    let session = Session::with_keychain();
    let folder = session.root().join("files");
    std::fs::create_dir(&folder).expect("a folder");
    in_window("exports", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        search(window, "status:suspended").await;
        window.find("status", &format!("{} of 400", suspended.len())).await;

        window.chord(&[Key::Control], 'e').await;
        window.find("menuitem", "Excel").await;
        window.screenshot("export-menu").await;
        window.click("menuitem", "CSV*").await;
        window.dismiss_dialog("Export: Users").await;
        assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 0, "nothing was chosen");

        for (format, name) in [("CSV", "users.csv"), ("Excel", "users.xlsx"), ("JSON", "users.json")] {
            export(window, format, &folder.join(name)).await;
        }
        window.screenshot("export-done").await;
        for name in ["users.csv", "users.xlsx"] {
            assert_eq!(names(&read(&folder.join(name))), suspended, "{name}");
        }
        let text = std::fs::read_to_string(folder.join("users.json")).expect("the file");
        let objects: Vec<Value> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(objects.len(), suspended.len());
        assert!(objects.iter().all(|user| user["active"] == json!(false) && user["id"].is_string()));
        assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 3, "nothing beside the files");

        // What cannot be written is said where it was asked for, and can be tried again.
        window.chord(&[Key::Control], 'e').await;
        window.click("menuitem", "CSV*").await;
        // Nobody can make a file there, whoever asks.
        window.save_as("Export: Users", Path::new("/proc/users.csv")).await;
        window.see("The file could not be saved").await;
        window.screenshot("export-failed").await;
        assert_eq!(window.accessibility_findings().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn rows_are_selected_across_pages_kept_and_exported_alone() {
    let (_sandbox, tenant) = service(700, TOKEN).await;
    let everybody = people(&tenant, false).await;
    let session = Session::with_keychain();
    let file = session.root().join("some.csv");
    in_window("selection", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        window.click("link", "Users").await;
        window.find("status", "700 users").await;
        let boxes = || async { window.now("checkbox", "Select *").await };
        wait_for("boxes", async || (boxes().await.len() > 10).then_some(())).await;
        // The first is the header's.
        boxes().await[1].click().await.expect("a click");
        boxes().await[3].click().await.expect("a click");
        window.see("2 rows selected").await;
        // By keyboard, to a row of another page.
        // The driver's keys can overtake one another on a busy machine: whoever sees another range begins it again.
        wait_for("the range", async || {
            window.chord(&[Key::Control, Key::Shift], char::from(Key::End)).await;
            for _ in 0..50 {
                if window.text().await.contains("699 rows selected") {
                    return Some(());
                }
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
            window.chord(&[Key::Control], char::from(Key::Home)).await;
            window.press(&[Key::Escape]).await;
            for at in [1, 3] {
                boxes().await.get(at)?.click().await.ok()?;
            }
            None
        })
        .await;
        window.screenshot("selection").await;
        window.resize(900, 600).await;
        window.screenshot("selection-small").await;
        assert_eq!(window.accessibility_findings().await, Vec::<String>::new());
        window.resize(1280, 800).await;

        window.click("button", "Select all 700 that match").await;
        window.see("700 rows selected").await;
        window.chord(&[Key::Control], char::from(Key::Home)).await;
        boxes().await[1].click().await.expect("a click");
        window.see("699 rows selected").await;
        // Sorting and syncing change nothing about who is selected; who is gone leaves.
        window.click("columnheader", "E-mail").await;
        window.see("699 rows selected").await;
        let last = tenant.ids(Kind::User).await.expect("ids").pop().expect("somebody");
        tenant.delete(Kind::User, &last).await.expect("deleted");
        sync_again(window).await;
        window.see("698 rows selected").await;

        window.click("button", "Export selection").await;
        window.click("menuitem", "CSV*").await;
        window.save_as("Export: Users", &file).await;
        window.see("Saved 698 rows to").await;
        let exported = names(&read(&file));
        assert_eq!(exported.len(), 698);
        assert!(exported.iter().all(|one| everybody.contains(one)));
        window.click("button", "Clear").await;
        window.gone("button", "Export selection").await;
    })
    .await;
}
