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

/// KiB of memory that an export took at its peak.
async fn peak(ctl: &Ctl, file: &str) -> u64 {
    let measure = "import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let mut command = ctl.program("python3");
    command.args(["-c", measure]).arg(rollcall_tests::ctl::application());
    let output = command.args(["export", "users", "--force", "--output", file]).output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_takes_the_same_memory_at_any_size() {
    let mut peaks = Vec::new();
    for users in [1_000, 30_000] {
        let service = Service::start(users, 1, Quirks::default()).await;
        let ctl = Ctl::new();
        ctl.connect("Acme", &service.address(), TOKEN).await.well();
        ctl.run(&["sync"]).await.well();
        let file = |ending: &str| ctl.session.root().join(format!("users.{ending}")).display().to_string();
        peaks.push([
            peak(&ctl, &file("csv")).await,
            peak(&ctl, &file("json")).await,
            peak(&ctl, &file("xlsx")).await,
        ]);
    }
    println!("KiB for 1,000 and 30,000 users: {peaks:?}");
    for (small, large) in peaks[0].iter().zip(&peaks[1]) {
        // The page cache of the one reader grows to its 8 MiB; a cell kept in memory would cost several times that.
        assert!(large - small.min(large) < 14 * 1024, "{peaks:?}");
    }
}
