//! Exports: whole, private, and nothing in them that a spreadsheet would run.

use std::os::unix::fs::PermissionsExt;

use rollcall_sandbox::{Kind, Quirks};
use rollcall_tests::ctl::Ctl;
use rollcall_tests::service::{Service, TOKEN};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn users_are_exported_as_csv_json_and_xlsx_and_no_value_becomes_a_formula() {
    let service = Service::start(40, 1, Quirks::default()).await;
    let formula = "=HYPERLINK(\"http://x\",\"Zoë, \"\"click\"\"\")";
    let person = json!({ "userName": "formula", "displayName": formula });
    service.tenant.create(Kind::User, person).await.unwrap();
    let ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    ctl.run(&["sync"]).await.well();
    let path = |name: &str| ctl.session.root().join(name).to_string_lossy().into_owned();

    let (csv, json, xlsx) = (path("users.csv"), path("users.json"), path("users.xlsx"));
    for file in [&csv, &json, &xlsx] {
        ctl.run(&["export", "users", "--output", file]).await.well();
        let mode = std::fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
        let again = ctl.run(&["export", "users", "--output", file]).await;
        assert_eq!(again.code, 2, "it is not replaced: {}", again.err);
    }
    ctl.run(&["export", "users", "--output", &csv, "--force", "--bom"]).await.well();
    let text = std::fs::read_to_string(&csv).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark that was asked for");
    assert!(text.contains("\"'=HYPERLINK("), "{text}");
    assert_eq!(text.matches("\r\n").count(), 42);

    let rows: Vec<serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
    assert_eq!(rows.len(), 41);
    assert!(rows.iter().any(|row| row["displayName"] == formula), "JSON has the value as it is");

    // A spreadsheet is a zip; another program must be able to read it, and find text and no formula.
    let check = ctl.program("python3")
        .args(["-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; sys.stdout.write(z.read('xl/worksheets/sheet1.xml').decode())", &xlsx])
        .output().await.unwrap();
    let sheet = String::from_utf8(check.stdout).unwrap();
    assert_eq!(sheet.matches("<row ").count(), 42);
    assert!(sheet.contains("=HYPERLINK(") && !sheet.contains("<f>"), "text, not a formula");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_is_not_possible_leaves_no_file() {
    let service = Service::start(5, 1, Quirks::default()).await;
    let ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    let file = ctl.session.root().join("users.pdf");
    let name = file.to_string_lossy().into_owned();
    assert_eq!(ctl.run(&["export", "users", "--output", &name]).await.code, 2);
    assert_eq!(ctl.run(&["export", "users", "--format", "xlsx"]).await.code, 2);
    assert_eq!(ctl.run(&["export", "diff"]).await.code, 2);
    assert_eq!(ctl.run(&["export", "tokens", "--filter", "x"]).await.code, 2);
    assert!(!file.exists());
}
