//! Who is selected is what the list has now: never a description alone.

use rollcall_core::api::{
    CopyRowsRequest, ListRequest, ResolveSelectionRequest, RowKey, Selection, UserColumn,
};
use rollcall_sandbox::Kind;
use serde_json::json;

use crate::asked::{column, key, listed, selection, synced, users};

#[tokio::test(flavor = "multi_thread")]
async fn all_that_match_but_some_is_resolved_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let (_service, test, _) = synced(folder.path(), 1_300).await;
    let query = users("status:active", UserColumn::UserName, true);
    let rows = listed(&test, &query).await;
    let without = selection(true, &[&rows[0], &rows[700]]);
    let mut resolved: Vec<RowKey> = Vec::new();
    loop {
        let offset = u32::try_from(resolved.len()).unwrap();
        let request = ResolveSelectionRequest {
            list: ListRequest::Users(query.clone()),
            selection: without.clone(),
            offset,
            limit: 500,
        };
        let page = test.hub.resolve_selection(request).await.unwrap();
        assert_eq!(page.count as usize, rows.len() - 2);
        if page.rows.is_empty() {
            break;
        }
        for (row, listed) in page
            .rows
            .iter()
            .zip(rows.iter().filter(|row| !without.rows.contains(&key(row))).skip(resolved.len()))
        {
            assert_eq!(row.name, listed.display_name);
        }
        resolved.extend(page.rows.into_iter().map(|row| row.key));
    }
    let expected: Vec<RowKey> = rows.iter().map(key).filter(|key| !without.rows.contains(key)).collect();
    assert_eq!(resolved, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_vanishes_or_no_longer_matches_leaves_the_selection_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (service, test, account) = synced(folder.path(), 50).await;
    let rows = listed(&test, &users("status:active", UserColumn::DisplayName, false)).await;
    let chosen = selection(false, &[&rows[1], &rows[2], &rows[3]]);
    let suspend = json!([{ "op": "replace", "path": "active", "value": false }]);
    service.tenant.patch(Kind::User, &rows[2].remote_id, suspend).await.unwrap();
    service.tenant.delete(Kind::User, &rows[3].remote_id).await.unwrap();
    test.sync_well(account).await;
    let resolve = async |text: &str, selection: Selection| {
        let list = ListRequest::Users(users(text, UserColumn::DisplayName, false));
        let request = ResolveSelectionRequest { list, selection, offset: 0, limit: 0 };
        test.hub.resolve_selection(request).await.unwrap()
    };
    let everybody = resolve("", chosen.clone()).await;
    assert_eq!((everybody.count, everybody.gone), (2, vec![key(&rows[3])]));
    let active = resolve("status:active", chosen).await;
    let mut gone = vec![key(&rows[2]), key(&rows[3])];
    gone.sort();
    assert_eq!((active.count, active.gone), (1, gone));
    let all = resolve("", selection(true, &[&rows[1], &rows[3]])).await;
    assert_eq!((all.count, all.gone.len()), (48, 0), "an exception that is gone excepts nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn selected_rows_are_copied_as_text_that_no_spreadsheet_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (service, test, account) = synced(folder.path(), 20).await;
    let formula = json!({ "userName": "formula", "displayName": "=HYPERLINK(\"http://x\")\tA\nB" });
    service.tenant.create(Kind::User, formula).await.unwrap();
    test.sync_well(account).await;
    let query = users("", UserColumn::DisplayName, false);
    let rows = listed(&test, &query).await;
    let formula = rows.iter().find(|row| row.user_name == "formula").unwrap();
    let request = CopyRowsRequest {
        list: ListRequest::Users(query),
        selection: selection(false, &[formula]),
        columns: vec![column("displayName", "Name"), column("groups", "Groups")],
    };
    let copied = test.hub.copy_rows(request).await.unwrap();
    assert_eq!(copied.text, "Name\tGroups\n'=HYPERLINK(\"http://x\") A B\t0\n");
    assert_eq!((copied.rows, copied.limited), (1, false));
}
