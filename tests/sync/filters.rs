//! Filters through the hub, over a synchronised account.

use rollcall_core::api::*;
use rollcall_sandbox::{Kind, Quirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::service::{Service, TOKEN};
use serde_json::json;

fn users(text: &str) -> UserQueryRequest {
    UserQueryRequest {
        account_id: None,
        text: text.to_owned(),
        sort: UserSort { column: UserColumn::DisplayName, descending: false },
        offset: 0,
        limit: 10,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_is_not_understood_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let error = test.hub.query_users(users("zoë emial:x")).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::InvalidInput, Some("text")));
    assert_eq!(error.reason.as_deref(), Some("filter"));
    let value = |name: &str| error.values.get(name).map(String::as_str);
    assert_eq!(
        (value("filterCode"), value("start"), value("end")),
        (Some("unknownField"), Some("4"), Some("9"))
    );
    assert_eq!((value("typed"), value("hint")), (Some("emial"), Some("email")));
    let check = |text: &str| test.hub.check_filter(CheckFilterRequest { text: text.to_owned() });
    let problem = check("zoë emial:x").await.unwrap().problem.unwrap();
    assert_eq!((problem.start, problem.end, problem.start_byte, problem.end_byte), (4, 9, 5, 10));
    assert_eq!(check("status:active").await.unwrap().problem, None);
    let unnamed = SaveFilterRequest { name: " ".to_owned(), account_id: None, text: String::new() };
    assert_eq!(test.hub.save_filter(unnamed).await.unwrap_err().field.as_deref(), Some("name"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_filter_counts_who_is_new_after_a_sync_until_it_is_opened() {
    let service = Service::start(300, 4, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    let text = "status:suspended -title:\"chief of tests\"".to_owned();
    let save = SaveFilterRequest { name: " Suspended ".to_owned(), account_id: Some(account), text };
    let kept = test.hub.save_filter(save).await.unwrap().filters;
    let [filter] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!((filter.name.as_str(), filter.new), ("Suspended", 0));
    let before = filter.count.unwrap();

    let active = test.hub.query_users(users("status:active")).await.unwrap().rows;
    let suspend = json!([{"op": "replace", "path": "active", "value": false}]);
    for row in &active[..2] {
        service.tenant.patch(Kind::User, &row.remote_id, suspend.clone()).await.unwrap();
    }
    test.sync_well(account).await;
    let list = test.hub.list_saved_filters(EmptyRequest {}).await.unwrap().filters;
    assert_eq!((list[0].count, list[0].new), (Some(before + 2), 2));
    let opened = test.hub.open_saved_filter(SavedFilterRequest { id: filter.id }).await.unwrap().filters;
    assert_eq!((opened[0].count, opened[0].new), (Some(before + 2), 0));

    let facets = FacetsRequest { account_id: Some(account), text: String::new() };
    let facets = test.hub.get_facets(facets).await.unwrap().facets;
    let status = facets.iter().find(|facet| facet.field == "status").unwrap();
    let suspended = status.values.iter().find(|value| value.label == "suspended").unwrap();
    let found = test.hub.query_users(users(&suspended.text)).await.unwrap();
    assert_eq!(found.total, suspended.count);

    let palette = PaletteRequest { text: active[0].display_name.clone(), limit: 5 };
    let palette = test.hub.search_palette(palette).await.unwrap();
    assert_eq!(palette.users[0].display_name, active[0].display_name);
    assert!(test.hub.delete_saved_filter(SavedFilterRequest { id: 99 }).await.is_err());
}
