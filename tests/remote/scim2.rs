//! Against the third-party SCIM server.

use std::collections::BTreeSet;
use std::sync::Arc;

use rollcall_core::api::ErrorCode;
use rollcall_core::model::{Group, Paging, Record, RemoteId, Stream, User};
use rollcall_core::remote::{ClientSettings, DirectoryRead, Page, PagePosition, Walk, open};
use rollcall_tests::accounts::{bearer, credential};
use rollcall_tests::scim2::{self, Scim2, TOKEN};
use serde_json::json;

fn directory(server: &Scim2) -> Arc<dyn DirectoryRead> {
    open(&bearer(server.address()), &credential(TOKEN), ClientSettings::default()).unwrap()
}

/// All pages of a walk.
async fn walk(directory: &dyn DirectoryRead, stream: Stream, walk: Walk) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut from: Option<PagePosition> = None;
    loop {
        let page = directory.page(stream, walk, from.as_ref()).await.unwrap().read();
        from = page.next.clone();
        pages.push(page);
        if from.is_none() {
            return pages;
        }
    }
}

fn ids(pages: &[Page]) -> Vec<String> {
    pages.iter().flat_map(|page| &page.records).map(|record| record.remote_id().to_string()).collect()
}

fn sorted(ids: impl IntoIterator<Item = String>) -> Vec<String> {
    ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

async fn find_user(directory: &dyn DirectoryRead, id: &str) -> User {
    match directory.find(Stream::Users, &RemoteId::new(id)).await.unwrap() {
        Some(Record::User(user)) => *user,
        other => panic!("{other:?}"),
    }
}

async fn find_group(directory: &dyn DirectoryRead, id: &str) -> Group {
    match directory.find(Stream::Groups, &RemoteId::new(id)).await.unwrap() {
        Some(Record::Group(group)) => *group,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_service_says_what_it_can() {
    let server = scim2::start();
    let found = directory(&server).discover().await.unwrap();
    assert!(found.described && found.users && found.groups && found.sort && found.filter && found.etag);
    assert_eq!((found.paging, found.max_page_size), (Paging::Index, Some(1000)));
}

#[tokio::test]
async fn a_wrong_token_is_unauthorized_and_is_not_quoted() {
    let server = scim2::start();
    let refused = open(&bearer(server.address()), &credential("wr0ng"), ClientSettings::default()).unwrap();
    let error = refused.discover().await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::Unauthorized);
    assert!(error.to_string().starts_with("GET /Users:"), "{error}");
    assert!(!format!("{error:?}").contains("wr0ng"));
}

#[tokio::test]
async fn an_index_walk_brings_every_user_once() {
    let server = scim2::start();
    let created = server.create_users(0, 2500).await;
    let directory = directory(&server);
    for how in [Walk::Natural, Walk::ById] {
        let pages = walk(&*directory, Stream::Users, how).await;
        assert_eq!(pages.iter().map(|page| page.received).collect::<Vec<_>>(), [500; 5]);
        assert!(
            pages.iter().all(|page| page.total == Some(2500) && page.issues.is_empty() && page.bytes > 0)
        );
        let walked = ids(&pages);
        assert_eq!(walked.len(), 2500);
        assert_eq!(sorted(walked.clone()), sorted(created.clone()));
        if how == Walk::ById {
            assert_eq!(sorted(walked.clone()), walked, "ordered by id");
        }
    }
}

#[tokio::test]
async fn a_cursor_walk_brings_every_user_once() {
    let pagination =
        json!({"cursor": true, "index": false, "defaultPaginationMethod": "cursor", "maxPageSize": 100});
    let server = scim2::start_with(&json!({"pagination": pagination}), &[]);
    let created = server.create_users(0, 250).await;
    let directory = directory(&server);
    assert_eq!(directory.discover().await.unwrap().paging, Paging::Cursor);
    let pages = walk(&*directory, Stream::Users, Walk::Natural).await;
    assert_eq!(pages.iter().map(|page| page.received).collect::<Vec<_>>(), [100, 100, 50]);
    assert_eq!(sorted(ids(&pages)), sorted(created));
    assert_eq!(ids(&pages).len(), 250);
    let broken = PagePosition(r#"{"cursor":"nonsense"}"#.to_owned());
    let error = directory.page(Stream::Users, Walk::Natural, Some(&broken)).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::RemoteRejected);
}

#[tokio::test]
async fn a_walk_goes_on_where_another_client_stopped() {
    let server = scim2::start();
    server.create_users(0, 600).await;
    let first = directory(&server).page(Stream::Users, Walk::ById, None).await.unwrap().read();
    let second =
        directory(&server).page(Stream::Users, Walk::ById, first.next.as_ref()).await.unwrap().read();
    assert_eq!((first.received, second.received, second.next), (500, 100, None));
}

#[tokio::test]
async fn a_deleted_user_leaves_a_dangling_member() {
    let server = scim2::start();
    let users = server.create_users(0, 3).await;
    let group = server.create_group("Everyone", &users).await;
    server.delete(&format!("Users/{}", users[1])).await;
    let directory = directory(&server);
    let pages = walk(&*directory, Stream::Groups, Walk::Natural).await;
    assert_eq!(ids(&pages), std::slice::from_ref(&group));
    let members: Vec<String> =
        find_group(&*directory, &group).await.members.iter().map(|edge| edge.member.to_string()).collect();
    assert_eq!(members, sorted(users.clone()), "the service still lists all three");
    assert!(directory.find(Stream::Users, &RemoteId::new(users[1].as_str())).await.unwrap().is_none());
}

#[tokio::test]
async fn a_census_counts_and_tells_the_newest_change_once_it_is_settled() {
    let server = scim2::start();
    let directory = directory(&server);
    assert_eq!(directory.census(Stream::Users).await.unwrap().total, Some(0));
    let users = server.create_users(0, 3).await;
    let young = directory.census(Stream::Users).await.unwrap();
    assert_eq!((young.total, young.newest_change), (Some(3), None), "another change could share its time");
    let settled = settled_census(&*directory).await;
    assert_eq!(directory.census(Stream::Users).await.unwrap().newest_change, Some(settled.clone()));
    server.replace(&format!("Users/{}", users[0]), "title", &json!("Guide")).await;
    assert_ne!(settled_census(&*directory).await, settled, "a change shows");
}

/// Asks until the newest change is old enough to be told.
async fn settled_census(directory: &dyn DirectoryRead) -> String {
    for _ in 0..100 {
        if let Some(newest) = directory.census(Stream::Users).await.unwrap().newest_change {
            return newest;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the newest change never settles");
}

#[tokio::test]
async fn a_user_is_found_by_id_with_its_version_and_a_change_changes_its_hash() {
    let server = scim2::start();
    let id = server
        .create_user(&json!({
            "userName": "zoë", "name": {"givenName": "Zoë", "familyName": "Ünal"}, "password": "s3cret-Pa55",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}
        }))
        .await;
    let directory = directory(&server);
    let before = find_user(&*directory, &id).await;
    assert_eq!((before.user_name.as_str(), before.display_name.as_str()), ("zoë", "Zoë Ünal"));
    assert!(
        before.version.as_deref().is_some_and(|version| version.starts_with("W/")),
        "{:?}",
        before.version
    );
    assert!(!before.raw.contains("s3cret-Pa55"));
    let listed = directory.page(Stream::Users, Walk::Natural, None).await.unwrap().read();
    assert_eq!(listed.records, [Record::User(Box::new(before.clone()))], "lists and single reads agree");
    server.replace(&format!("Users/{id}"), "active", &json!(false)).await;
    let after = find_user(&*directory, &id).await;
    assert_eq!(after.active, Some(false));
    assert_ne!((after.hash, after.version), (before.hash, before.version));
    for absent in ["nobody", "../ServiceProviderConfig", "a?b#c", "ä ö"] {
        let found = directory.find(Stream::Users, &RemoteId::new(absent)).await.unwrap();
        assert!(found.is_none(), "{absent}");
    }
}

#[tokio::test]
async fn tenants_of_one_server_are_different_accounts() {
    let server = scim2::start_with(&json!({}), &["acme", "beta"]);
    server.tenant("acme").create_users(0, 2).await;
    for (tenant, total) in [("acme", 2), ("beta", 0)] {
        let account = bearer(server.tenant(tenant).address());
        let directory = open(&account, &credential(TOKEN), ClientSettings::default()).unwrap();
        assert_eq!(directory.census(Stream::Users).await.unwrap().total, Some(total), "{tenant}");
    }
    let unknown = bearer(server.tenant("nobody").address());
    let unknown = open(&unknown, &credential(TOKEN), ClientSettings::default()).unwrap();
    assert_eq!(unknown.discover().await.unwrap_err().code(), ErrorCode::AddressNotFound);
}
