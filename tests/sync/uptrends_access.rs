//! Who may do what with which monitor, as a table and as a file.

use std::collections::BTreeMap;

use rollcall_core::api::*;
use rollcall_core::model::{GrantHolder, ResourceKind};
use rollcall_sandbox::UptrendsQuirks;

use super::uptrends::Fixture;

fn table(fixture: &Fixture) -> AccessQueryRequest {
    AccessQueryRequest {
        account_id: fixture.account,
        text: String::new(),
        kind: Some(ResourceKind::Monitor),
        mode: None,
        allowed_only: false,
        holders: Vec::new(),
        offset: 0,
        limit: 500,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_says_of_every_user_and_monitor_what_the_users_own_page_says() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    fixture.test.sync_well(fixture.account).await;
    let hub = &fixture.test.hub;
    let first = hub.query_access(table(&fixture)).await.unwrap();
    let groups = first.holders.iter().filter(|each| each.holder.kind == GrantHolder::Group).count();
    assert_eq!(first.columns.len(), groups, "groups stand across until somebody is asked for");
    assert_eq!(first.columns.iter().filter(|column| column.everybody).count(), 1);
    let users: Vec<AccessHolder> = first
        .holders
        .iter()
        .map(|each| each.holder.clone())
        .filter(|holder| holder.kind == GrantHolder::User)
        .collect();
    let page =
        hub.query_access(AccessQueryRequest { holders: users.clone(), ..table(&fixture) }).await.unwrap();
    assert_eq!((page.total, page.rows.len()), (page.of, page.of as usize));
    let mut held = 0;
    for (place, user) in users.iter().enumerate() {
        let request = UserRequest { account_id: fixture.account, remote_id: user.remote_id.clone() };
        let own = hub.get_user_rights(request).await.unwrap().resources;
        let own: BTreeMap<String, Option<AccessLevel>> =
            own.into_iter().map(|right| (right.resource_id, right.level)).collect();
        for row in &page.rows {
            let level = row.levels[place];
            assert_eq!(level, own.get(&row.remote_id).copied().flatten(), "{user:?} {}", row.display_name);
            held += usize::from(level.is_some());
        }
    }
    assert!(held > 0, "somebody may do something");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_is_filtered_and_its_rows_and_those_of_the_list_are_copied_with_a_column_for_each_holder() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    fixture.test.sync_well(fixture.account).await;
    let hub = &fixture.test.hub;
    let all = hub.query_access(table(&fixture)).await.unwrap();
    let place = (0..all.columns.len())
        .find(|place| {
            let holds = |row: &AccessRow| row.levels[*place].is_some();
            all.rows.iter().any(holds) && !all.rows.iter().all(holds)
        })
        .expect("a group with rights on some monitors");
    let group = all.columns[place].clone();
    let held =
        AccessQueryRequest { holders: vec![group.holder.clone()], allowed_only: true, ..table(&fixture) };
    let page = hub.query_access(held.clone()).await.unwrap();
    assert!(page.rows.iter().all(|row| row.levels[0].is_some()) && page.total < all.total);
    let named = AccessQueryRequest { text: all.rows[0].display_name.clone(), ..table(&fixture) };
    assert!(hub.query_access(named).await.unwrap().total >= 1);
    let none = AccessQueryRequest { text: "no monitor of this name".to_owned(), ..table(&fixture) };
    assert_eq!(hub.query_access(none).await.unwrap().total, 0);

    let column = |id: &str, words: &[(&str, &str)]| ExportColumn {
        id: id.to_owned(),
        heading: id.to_owned(),
        words: words.iter().map(|(word, shown)| ((*word).to_owned(), (*shown).to_owned())).collect(),
    };
    let words = [("viewData", "May see"), ("view", "May see"), ("edit", "May edit"), ("delete", "May edit")];
    let columns = vec![column("displayName", &[]), column("holder0", &words)];
    let everything = Selection { all: true, rows: Vec::new() };
    let request = CopyRowsRequest { list: ListRequest::Access(held), selection: everything.clone(), columns };
    let copied = hub.copy_rows(request).await.unwrap();
    assert_eq!(copied.rows, page.total);
    let lines: Vec<&str> = copied.text.lines().skip(1).collect();
    assert_eq!(lines.len(), page.rows.len());
    for (line, row) in lines.iter().zip(&page.rows) {
        assert!(line.starts_with(&row.display_name) && line.contains("\tMay "), "{line}");
    }
    let list = ResourceQueryRequest {
        account_id: Some(fixture.account),
        text: String::new(),
        kind: None,
        mode: None,
        active: None,
        sort: ResourceColumn::DisplayName,
        descending: false,
        offset: 0,
        limit: 500,
    };
    let total = hub.query_resources(list.clone()).await.unwrap().total;
    let columns = vec![column("displayName", &[]), column("kind", &[]), column("edit", &[])];
    let request = CopyRowsRequest { list: ListRequest::Resources(list), selection: everything, columns };
    assert_eq!(hub.copy_rows(request).await.unwrap().rows, total);
}
