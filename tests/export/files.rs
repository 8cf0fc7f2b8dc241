//! The file has what the screen has: these rows, these columns, in this order.

use rollcall_core::api::{
    ExportFormat, ExportRequest, GroupColumn, GroupQueryRequest, HistoryQueryRequest, ListRequest,
    RunQueryRequest, UserColumn,
};
use rollcall_core::hub::SaveAs;
use rollcall_core::model::GroupKind;
use rollcall_sandbox::Kind;
use serde_json::{Value, json};

use crate::asked::{choose, column, export, listed, names, selection, synced, users};

#[tokio::test(flavor = "multi_thread")]
async fn a_filtered_and_sorted_list_is_written_as_it_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let (_service, test, _) = synced(folder.path(), 700).await;
    let query = users("status:active", UserColumn::Email, true);
    let rows = listed(&test, &query).await;
    assert!(rows.len() > 500, "more than a page: {}", rows.len());
    let mut columns =
        vec![column("email", "E-mail"), column("displayName", "Nom"), column("active", "Statut")];
    columns[2].words = [("true".to_owned(), "Actif".to_owned())].into();
    let file = folder.path().join("liste.csv");
    choose(&test, &file);
    let list = ListRequest::Users(query);
    let written =
        test.hub.export_list(export(list.clone(), columns.clone(), ExportFormat::Csv)).await.unwrap();
    let written = written.file.unwrap();
    assert_eq!((written.rows, written.path), (rows.len() as u64, file.display().to_string()));
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap().trim_end().split("\r\n").collect();
    let expected = rows
        .iter()
        .map(|row| format!("{},{},Actif", row.email.as_deref().unwrap_or_default(), row.display_name));
    let expected: Vec<String> = std::iter::once("E-mail,Nom,Statut".to_owned()).chain(expected).collect();
    assert_eq!(lines, expected);

    let file = folder.path().join("list.json");
    choose(&test, &file);
    test.hub.export_list(export(list, columns, ExportFormat::Json)).await.unwrap();
    let objects: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let expected: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "email": row.email, "displayName": row.display_name, "active": true }))
        .collect();
    assert_eq!(objects, expected, "names and values for scripts, whatever the language");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_selected_rows_are_written_in_the_order_of_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let (_service, test, _) = synced(folder.path(), 60).await;
    let query = users("", UserColumn::DisplayName, false);
    let rows = listed(&test, &query).await;
    for (all, count) in [(false, 2), (true, rows.len() - 2)] {
        let file = folder.path().join(format!("{all}.json"));
        choose(&test, &file);
        let mut request =
            export(ListRequest::Users(query.clone()), vec![column("id", "Id")], ExportFormat::Json);
        request.selection = Some(selection(all, &[&rows[40], &rows[3]]));
        let written = test.hub.export_list(request).await.unwrap().file.unwrap();
        assert_eq!(written.rows, count as u64);
        let objects: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let ids: Vec<&str> = objects.iter().map(|object| object["id"].as_str().unwrap()).collect();
        let expected: Vec<&str> = rows
            .iter()
            .enumerate()
            .filter(|(place, _)| [3, 40].contains(place) != all)
            .map(|(_, row)| row.remote_id.as_str())
            .collect();
        assert_eq!(ids, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_lists_are_written_too_and_a_spreadsheet_has_real_dates() {
    let folder = tempfile::tempdir().unwrap();
    let (service, test, account) = synced(folder.path(), 40).await;
    let id = service.tenant.ids(Kind::User).await.unwrap().remove(0);
    let change = json!([{ "op": "replace", "path": "displayName", "value": "=1+1" }]);
    service.tenant.patch(Kind::User, &id, change).await.unwrap();
    test.sync_well(account).await;
    let groups = GroupQueryRequest {
        account_id: Some(account),
        kind: Some(GroupKind::Group),
        text: String::new(),
        empty_only: false,
        dangling_only: false,
        sort: GroupColumn::Members,
        descending: true,
        offset: 0,
        limit: 0,
    };
    let history = HistoryQueryRequest {
        account_id: None,
        run_id: None,
        subject: None,
        action: None,
        text: String::new(),
        offset: 0,
        limit: 0,
    };
    let runs = RunQueryRequest { account_id: None, offset: 0, limit: 0 };
    let asked = [
        (ListRequest::Groups(groups), vec!["displayName", "members", "account"], 12),
        (ListRequest::History(history), vec!["at", "subject", "action", "name", "before", "after"], 1),
        (ListRequest::Runs(runs), vec!["startedAt", "state", "seconds", "users", "usersChanged"], 2),
    ];
    for (list, ids, count) in asked {
        let columns: Vec<_> = ids.iter().map(|id| column(id, id)).collect();
        let file = folder.path().join("list.xlsx");
        choose(&test, &file);
        let request = export(list.clone(), columns.clone(), ExportFormat::Xlsx);
        let written = test.hub.export_list(request).await.unwrap().file.unwrap();
        assert!(written.rows >= count, "{list:?}: {}", written.rows);
        let sheet = sheet(&file);
        assert_eq!(sheet.matches("<row ").count() as u64, written.rows + 1);
        assert!(!sheet.contains("<f>"), "text, not a formula");
        if ids[0] != "displayName" {
            // A style and a number: a date that a spreadsheet can count with.
            assert!(sheet.contains("<c r=\"A2\" s=\"2\"><v>4"), "{sheet}");
        }
    }
}

/// The first sheet, read by another program.
fn sheet(file: &std::path::Path) -> String {
    let script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; sys.stdout.write(z.read('xl/worksheets/sheet1.xml').decode())";
    let output = std::process::Command::new("python3").args(["-c", script]).arg(file).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_chooses_the_file_and_the_page_only_offers_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let (_service, test, _) = synced(folder.path(), 3).await;
    let list = ListRequest::Users(users("", UserColumn::DisplayName, false));
    let mut request = export(list, vec![column("id", "Id")], ExportFormat::Csv);
    request.name = "../../../root/.profile".to_owned();
    let nothing = test.hub.export_list(request.clone()).await.unwrap();
    assert_eq!(nothing.file, None, "the dialog was closed");
    let asked = test.desktop.asked.lock().unwrap().pop().unwrap();
    let name = "-..-..-root-.profile.csv".to_owned();
    assert_eq!(asked, SaveAs { title: "Export: Users".to_owned(), name, ending: "csv" });

    // Without an ending it gets one, and then nobody was asked about replacing that file.
    let files = folder.path().join("files");
    std::fs::create_dir(&files).unwrap();
    choose(&test, &files.join("people"));
    std::fs::write(files.join("people.csv"), "mine").unwrap();
    let error = test.hub.export_list(request.clone()).await.unwrap_err();
    assert_eq!(error.reason.as_deref(), Some("fileExists"));
    assert_eq!(std::fs::read_to_string(files.join("people.csv")).unwrap(), "mine");
    choose(&test, &files.join("others"));
    let written = test.hub.export_list(request).await.unwrap().file.unwrap();
    assert_eq!(written.path, files.join("others.csv").display().to_string());
    assert_eq!(names(&files), ["others.csv", "people.csv"]);

    assert!(test.hub.show_export(ExportRequest { export: 1 }).await.unwrap().found);
    assert_eq!(*test.desktop.shown.lock().unwrap(), [files.join("others.csv")]);
    assert!(!test.hub.show_export(ExportRequest { export: 7 }).await.unwrap().found, "never written");
}
