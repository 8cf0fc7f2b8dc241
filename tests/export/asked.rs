//! What several tests ask for.

use std::collections::BTreeMap;
use std::path::Path;

use rollcall_core::api::{
    ExportColumn, ExportFormat, ExportListRequest, ListRequest, RowKey, Selection, UserColumn,
    UserQueryRequest, UserRow, UserSort,
};
use rollcall_core::model::AccountId;
use rollcall_sandbox::Quirks;
use rollcall_tests::hub::TestHub;
use rollcall_tests::service::{Service, TOKEN};

/// A hub with so many people of one account.
pub async fn synced(folder: &Path, users: usize) -> (Service, TestHub, AccountId) {
    let service = Service::start(users, 12, Quirks::default()).await;
    let test = TestHub::open(&folder.join("data")).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    (service, test, account)
}

/// Users as the window asks for them.
pub fn users(text: &str, column: UserColumn, descending: bool) -> UserQueryRequest {
    UserQueryRequest {
        account_id: None,
        text: text.to_owned(),
        sort: UserSort { column, descending },
        offset: 0,
        limit: 0,
    }
}

/// All that the window would list.
pub async fn listed(test: &TestHub, query: &UserQueryRequest) -> Vec<UserRow> {
    let mut rows = Vec::new();
    loop {
        let offset = u32::try_from(rows.len()).unwrap();
        let page =
            test.hub.query_users(UserQueryRequest { offset, limit: 500, ..query.clone() }).await.unwrap();
        rows.extend(page.rows);
        if rows.len() >= page.total as usize {
            return rows;
        }
    }
}

/// A column without words.
pub fn column(id: &str, heading: &str) -> ExportColumn {
    ExportColumn { id: id.to_owned(), heading: heading.to_owned(), words: BTreeMap::new() }
}

/// An export of everything in `list`.
pub fn export(list: ListRequest, columns: Vec<ExportColumn>, format: ExportFormat) -> ExportListRequest {
    ExportListRequest {
        export: 1,
        list,
        selection: None,
        columns,
        format,
        title: "Export: Users".to_owned(),
        name: "Users".to_owned(),
    }
}

/// Names a user.
pub fn key(row: &UserRow) -> RowKey {
    RowKey { account_id: row.account_id, remote_id: row.remote_id.clone() }
}

/// These rows, or all but these.
pub fn selection(all: bool, rows: &[&UserRow]) -> Selection {
    Selection { all, rows: rows.iter().map(|row| key(row)).collect() }
}

/// Makes up the person's mind about the next file.
pub fn choose(test: &TestHub, path: &Path) {
    *test.desktop.chooses.lock().unwrap() = Some(path.to_path_buf());
}

/// Names in a folder, hidden ones too.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
