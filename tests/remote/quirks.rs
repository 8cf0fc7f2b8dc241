//! Services that differ from the standard, as real ones do.

use std::collections::BTreeSet;

use rollcall_core::api::ErrorCode;
use rollcall_core::model::{Paging, Record, RemoteId, Stream};
use rollcall_core::remote::{DirectoryRead, Walk};
use serde_json::{Value, json};

use crate::fake::{Fake, Reply, Seen, user};

/// All ids of a walk, how many records came, and how many pages it took.
async fn walk(directory: &dyn DirectoryRead) -> (BTreeSet<String>, u64, usize) {
    let (mut ids, mut received, mut pages, mut from) = (BTreeSet::new(), 0, 0, None);
    loop {
        let page = directory.page(Stream::Users, Walk::Natural, from.as_ref()).await.unwrap().read();
        ids.extend(page.records.iter().map(|record| record.remote_id().to_string()));
        received += page.received;
        pages += 1;
        from = page.next;
        if from.is_none() {
            return (ids, received, pages);
        }
        assert!(pages < 1000, "this walk does not end");
    }
}

/// Rows `first..` (from 0) of a directory of `size`, at most `count`.
fn rows(size: usize, first: usize, count: usize) -> Vec<Value> {
    (first..size.min(first + count)).map(|row| user(&row.to_string())).collect()
}

fn asked(seen: &Seen) -> (usize, usize) {
    (seen.number("startIndex").unwrap(), seen.number("count").unwrap())
}

#[tokio::test]
async fn a_total_that_is_the_size_of_the_page_hides_nobody() {
    for size in [3, 499, 500, 501, 1000, 1234] {
        let fake = Fake::users(move |seen, _| {
            let (start, count) = asked(seen);
            let page = rows(size, start - 1, count);
            Reply::list(page.len(), &page)
        })
        .await;
        assert_eq!(walk(&*fake.directory()).await.0.len(), size);
    }
}

#[tokio::test]
async fn a_total_that_is_the_size_of_a_page_cut_in_silence_hides_nobody() {
    let fake = Fake::users(|seen, _| {
        let page = rows(130, asked(seen).0 - 1, 50);
        Reply::list(page.len(), &page)
    })
    .await;
    assert_eq!(walk(&*fake.directory()).await.0.len(), 130);
}

#[tokio::test]
async fn pages_cut_in_silence_are_followed_by_what_came() {
    let fake = Fake::users(|seen, _| Reply::list(130, &rows(130, asked(seen).0 - 1, 50))).await;
    assert_eq!(walk(&*fake.directory()).await, ((0..130).map(|row| row.to_string()).collect(), 130, 3));
}

#[tokio::test]
async fn a_service_that_counts_from_zero_loses_nobody() {
    for size in [1, 2, 499, 500, 501, 1200] {
        let fake = Fake::users(move |seen, _| {
            let (start, count) = asked(seen);
            Reply::list(size, &rows(size, start, count))
        })
        .await;
        assert_eq!(walk(&*fake.directory()).await.0.len(), size);
    }
}

#[tokio::test]
async fn a_service_that_refuses_to_go_beyond_its_end_is_read_to_it() {
    for (size, pages) in [(1, 2), (500, 2), (501, 2)] {
        for status in [400, 404] {
            let fake = Fake::users(move |seen, _| {
                let (start, count) = asked(seen);
                match rows(size, start - 1, count) {
                    page if page.is_empty() => Reply::refusal(status, "startIndex is beyond the end"),
                    page => Reply::list(size, &page),
                }
            })
            .await;
            let (ids, _, walked) = walk(&*fake.directory()).await;
            assert_eq!((ids.len(), walked), (size, pages));
        }
    }
}

#[tokio::test]
async fn a_refusal_that_the_total_does_not_explain_is_an_error() {
    // It allows no row after the 1000th, and says nothing, or nothing true, about how many there are.
    for total in [None, Some(500)] {
        let fake = Fake::users(move |seen, _| {
            let (start, count) = asked(seen);
            match total {
                _ if start > 1000 => Reply::refusal(400, "this is too deep"),
                None => Reply::json(&json!({"Resources": rows(5000, start - 1, count)})),
                Some(total) => Reply::list(total, &rows(5000, start - 1, count)),
            }
        })
        .await;
        let directory = fake.directory();
        let mut from = None;
        for _ in 0..2 {
            from = directory.page(Stream::Users, Walk::Natural, from.as_ref()).await.unwrap().next;
        }
        let error = directory.page(Stream::Users, Walk::Natural, from.as_ref()).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::RemoteRejected);
    }
}

#[tokio::test]
async fn a_service_that_ignores_where_a_page_begins_does_not_keep_us_for_ever() {
    for total in [Some(1200), Some(500), Some(700), None] {
        let fake = Fake::users(move |_, _| match total {
            Some(total) => Reply::list(total, &rows(1200, 0, 500)),
            None => Reply::json(&json!({"Resources": rows(1200, 0, 500)})),
        })
        .await;
        let (ids, _, pages) = walk(&*fake.directory()).await;
        assert!(ids.len() == 500 && pages <= 5, "{total:?}: {pages}");
    }
}

#[tokio::test]
async fn a_list_without_a_total_is_read_until_it_is_empty() {
    let fake = Fake::users(|seen, _| {
        let (start, count) = asked(seen);
        Reply::json(&json!({"Resources": rows(700, start - 1, count)}))
    })
    .await;
    assert_eq!(walk(&*fake.directory()).await.0.len(), 700);
}

#[tokio::test]
async fn totals_and_absent_lists_are_read_however_they_are_spelled() {
    for (body, total) in [
        (json!({"totalResults": "0"}), Some(0)),
        (json!({"totalResults": 0.0, "Resources": null}), Some(0)),
        (json!({"totalresults": 0, "resources": []}), Some(0)),
        (json!({"totalResults": null, "Resources": []}), None),
        (json!({"totalResults": -1, "Resources": []}), None),
    ] {
        let reply = Reply::json(&body);
        let fake = Fake::users(move |_, _| reply.clone()).await;
        let page = fake.directory().page(Stream::Users, Walk::Natural, None).await.unwrap().read();
        assert_eq!((page.received, page.total, page.next), (0, total, None), "{body}");
    }
}

#[tokio::test]
async fn a_missing_or_broken_description_leaves_careful_assumptions() {
    for description in [
        Reply::refusal(404, "none"),
        Reply::refusal(403, "not for you"),
        Reply::refusal(401, "not for you"),
        Reply::refusal(501, "not here"),
        Reply::new(500, "oops"),
        Reply::new(200, "<html></html>"),
        Reply::new(200, "[]"),
        Reply::new(200, "{}"),
        Reply::new(200, "{\"patch\":"),
        Reply::json(&json!({"patch": "yes", "sort": 1})),
        Reply::json(&json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404"})),
    ] {
        let fake = Fake::start(move |seen, _| match seen.path() {
            "/ServiceProviderConfig" => description.clone(),
            _ => Reply::list(1, &[user("1")]),
        })
        .await;
        let found = fake.directory().discover().await.unwrap();
        assert!(!found.described && found.users && found.groups, "{found:?}");
        assert!(!found.sort && !found.filter && !found.etag && found.paging == Paging::Index);
    }
}

#[tokio::test]
async fn a_service_without_groups_is_a_service() {
    for groups in [
        Reply::refusal(404, "none"),
        Reply::refusal(403, "not for you"),
        Reply::refusal(501, "not here"),
        Reply::new(200, "<html></html>"),
        Reply::json(&json!({"hello": "world"})),
    ] {
        let fake = Fake::start(move |seen, _| match seen.path() {
            "/Groups" => groups.clone(),
            "/Users" => Reply::list(1, &[user("1")]),
            _ => Reply::json(&json!({"sort": {"supported": true}})),
        })
        .await;
        let found = fake.directory().discover().await.unwrap();
        assert!(found.described && found.sort && !found.groups, "{found:?}");
    }
    let failing = Fake::start(|seen, _| match seen.path() {
        "/Groups" => Reply::new(500, ""),
        _ => Reply::list(1, &[user("1")]),
    })
    .await;
    let error = failing.directory().discover().await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::RemoteFailed, "a failure is not an absence");
}

#[tokio::test]
async fn only_a_clear_answer_says_that_there_is_no_such_record() {
    let find = async |reply: Reply| {
        let fake = Fake::users(move |_, _| reply.clone()).await;
        let found = fake.directory().find(Stream::Users, &RemoteId::new("a/b c")).await;
        assert_eq!(fake.seen_after_discovery().last().unwrap().target, "/Users/a%2Fb%20c");
        found
    };
    for absent in [Reply::refusal(404, "no such user"), Reply::new(404, ""), Reply::new(410, "gone")] {
        assert_eq!(find(absent).await.unwrap(), None);
    }
    for (doubtful, code) in [
        (Reply::new(404, "<html>not found</html>"), ErrorCode::AddressNotFound),
        (Reply::refusal(403, "no"), ErrorCode::Forbidden),
        (Reply::new(500, ""), ErrorCode::RemoteFailed),
        (Reply::new(200, "{}"), ErrorCode::RemoteUnexpected),
        (Reply::json(&user("another")), ErrorCode::RemoteUnexpected),
    ] {
        assert_eq!(find(doubtful).await.unwrap_err().code(), code);
    }
    let found = find(Reply::json(&user("a/b c")).header("ETag", "W/\"7\"")).await.unwrap();
    let Some(Record::User(found)) = found else { panic!("{found:?}") };
    assert_eq!(found.version.as_deref(), Some("W/\"7\""), "the header stands in for meta.version");
}

/// A service that says that it sorts and has these users, as (id, seconds of its last change), in its own order.
async fn sorting(users: Vec<(&'static str, u8)>, honest: bool, capped: bool) -> Fake {
    Fake::start(move |seen, _| {
        if seen.path() == "/ServiceProviderConfig" {
            return Reply::json(&json!({"sort": {"supported": true}}));
        }
        if seen.path() == "/Schemas" {
            return Reply::refusal(404, "none");
        }
        let mut users = users.clone();
        if honest && seen.target.contains("sortBy=meta.lastModified") {
            users.sort_by_key(|(_, seconds)| *seconds);
            if seen.target.contains("sortOrder=descending") {
                users.reverse();
            }
        }
        let records: Vec<Value> = users
            .iter()
            .map(|(id, seconds)| {
                json!({"id": id, "userName": id, "meta": {"lastModified": format!("2026-01-01T00:00:{seconds:02}Z")}})
            })
            .take(seen.number("count").unwrap())
            .collect();
        let total = if capped { records.len() } else { users.len() };
        Reply::list(total, &records).header("Date", "Thu, 01 Jan 2026 00:01:00 GMT")
    })
    .await
}

#[tokio::test]
async fn a_census_believes_only_a_service_that_is_seen_to_sort() {
    let users = vec![("a", 5), ("b", 9), ("c", 1)];
    let census = sorting(users.clone(), true, false).await.directory().census(Stream::Users).await.unwrap();
    assert_eq!(census.total, Some(3));
    assert!(census.newest_change.is_some());
    // Its own order happens to look sorted.
    let lucky = vec![("a", 9), ("b", 5), ("c", 1), ("d", 20)];
    let census = sorting(lucky, false, false).await.directory().census(Stream::Users).await.unwrap();
    assert_eq!((census.total, census.newest_change), (Some(4), None));
}

#[tokio::test]
async fn a_census_does_not_take_the_size_of_a_page_for_a_total() {
    let many = (0..9).map(|second| ("x", second)).collect();
    let census = sorting(many, true, true).await.directory().census(Stream::Users).await.unwrap();
    assert_eq!(census.total, None);
    let few =
        sorting(vec![("a", 1), ("b", 2)], true, true).await.directory().census(Stream::Users).await.unwrap();
    assert_eq!(few.total, Some(2), "asking for more brought no more");
}

#[tokio::test]
async fn a_census_without_sorting_still_counts() {
    let fake = Fake::start(|seen, _| match seen.path() {
        "/ServiceProviderConfig" => Reply::json(&json!({"sort": {"supported": true}})),
        _ if seen.target.contains("sortBy") => Reply::refusal(400, "cannot sort by this"),
        _ => Reply::list(7, &[user("1")]),
    })
    .await;
    let census = fake.directory().census(Stream::Users).await.unwrap();
    assert_eq!((census.total, census.newest_change), (Some(7), None));
}
