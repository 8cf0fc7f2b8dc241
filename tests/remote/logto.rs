//! Exchanges recorded from a real Logto 1.42, through the client: what it answers becomes ours, and every refusal says what
//! to correct.

use std::collections::BTreeMap;
use std::sync::Arc;

use rollcall_core::api::ErrorCode;
use rollcall_core::model::{
    Authentication, Capabilities, Paging, ProviderKind, Record, RemoteId, Stream, Timestamp,
};
use rollcall_core::remote::{DirectoryRead, LogRange, RemoteError, SetupProblem, Walk, open};
use rollcall_tests::accounts::{bearer, credential};
use serde_json::{Value, json};

use super::fake::{Fake, Reply, SECRET, Seen, quick};

const AMELIE: &str = "oz2fwap5e7qv";
const ZOE: &str = "4h23wnmut0ow";
const ROLE: &str = "kkz2un5buozhytkc6fiez";
const ORGANIZATION: &str = "2nk1fhfw1qy6";

/// Recorded answers by their note.
fn recorded() -> BTreeMap<String, Value> {
    include_str!("../fixtures/logto/client/exchanges.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|exchange| (exchange["note"].as_str().unwrap().to_owned(), exchange))
        .collect()
}

fn reply(note: &str) -> Reply {
    let exchange = recorded().remove(note).unwrap_or_else(|| panic!("nothing recorded as {note}"));
    let body = &exchange["body"];
    // Text stands for itself, and an absent body for nothing.
    let body = body
        .as_str()
        .map_or_else(|| if body.is_null() { String::new() } else { body.to_string() }, str::to_owned);
    let status = u16::try_from(exchange["status"].as_u64().unwrap()).unwrap();
    exchange["headers"].as_array().unwrap().iter().fold(Reply::new(status, body), |reply, header| {
        reply.header(header[0].as_str().unwrap(), header[1].as_str().unwrap())
    })
}

/// As the recorded server answers.
fn answer(seen: &Seen) -> Reply {
    let user = |rest: &str| format!("/api/users/{AMELIE}{rest}");
    let target = seen.target.as_str();
    match seen.path() {
        "/oidc/token" => reply("client credentials"),
        "/api/status" => reply("status"),
        "/api/users" if target.contains("mode.id=exact") => reply("batch look-up by id"),
        "/api/users" if target.contains("mode.id=like") => reply("id prefix partition"),
        "/api/users" => reply("search substring, any field"),
        "/api/roles" => reply("list roles"),
        "/api/organization-roles" => reply("list organisation roles"),
        "/api/organizations" => reply("list organisations"),
        "/api/organization-invitations" => reply("invitations"),
        "/api/logs" => reply("logs of an application"),
        path if path == user("") => reply("get user with sso identities"),
        path if path == user("/personal-access-tokens") => reply("pat list (values in clear)"),
        path if path == user("/mfa-verifications") => reply("mfa"),
        path if path == user("/sessions") => reply("sessions of a user without any"),
        path if path == format!("/api/roles/{ROLE}/users") => reply("role users"),
        path if path == format!("/api/organizations/{ORGANIZATION}/users") => reply("organisation members"),
        path if path.ends_with("/scopes") => Reply::json(&json!([])),
        path if path.starts_with("/api/users/zzzz") => reply("get unknown user"),
        _ => reply("unknown route"),
    }
}

fn directory(address: &str) -> Arc<dyn DirectoryRead> {
    let mut account = bearer(address);
    account.provider = ProviderKind::Logto;
    account.authentication =
        Authentication::Application { application_id: "m2mapp0000000000000000".to_owned(), resource: None };
    open(&account, &credential(SECRET), quick()).unwrap()
}

async fn real() -> (Fake, Arc<dyn DirectoryRead>) {
    let fake = Fake::start(|seen, _| answer(seen)).await;
    let directory = directory(&fake.address);
    (fake, directory)
}

#[tokio::test]
async fn discovery_signs_in_once_and_finds_every_list() {
    let (fake, directory) = real().await;
    let Capabilities { streams, details, log, paging, .. } = directory.discover().await.unwrap();
    let every = [
        Stream::Users,
        Stream::Groups,
        Stream::Roles,
        Stream::Applications,
        Stream::RoleAssignments,
        Stream::Memberships,
        Stream::Invitations,
    ];
    assert_eq!(streams, every);
    assert_eq!((details, log, paging), (true, true, Paging::Page));
    let seen = fake.seen();
    let tokens: Vec<_> = seen.iter().filter(|seen| seen.path() == "/oidc/token").collect();
    assert_eq!(tokens.len(), 1);
    assert!(tokens[0].header("Authorization").unwrap().starts_with("Basic "));
    for field in
        ["grant_type=client_credentials", "scope=all", "resource=https%3A%2F%2Fdefault.logto.app%2Fapi"]
    {
        assert!(tokens[0].body.contains(field), "{}", tokens[0].body);
    }
    assert!(seen.iter().all(|seen| !seen.target.contains(SECRET) && !seen.body.contains(SECRET)));
}

#[tokio::test]
async fn recorded_users_become_ours() {
    let (_fake, directory) = real().await;
    let page = directory.page(Stream::Users, Walk::Natural, None).await.unwrap();
    assert_eq!((page.received, page.total, page.next, page.issues.len()), (5, Some(5), None, 0));
    let users: BTreeMap<_, _> = page
        .records
        .iter()
        .filter_map(|record| if let Record::User(user) = record { Some(user) } else { None })
        .map(|user| (user.remote_id.as_str(), user))
        .collect();
    let zoe = users[ZOE];
    assert_eq!((zoe.display_name.as_str(), zoe.user_name.as_str()), ("Zoë van Dijk", "zoe_van_dijk191839"));
    assert_eq!((zoe.active, zoe.phone.as_deref()), (Some(true), Some("31612341839")));
    assert_eq!(zoe.created_at, Some(Timestamp::from_millis(1_795_191_839_928)));
    assert_eq!(zoe.last_sign_in_at, None);
    let robot = users["n8d9htez7wtt"];
    assert_eq!(
        robot.display_name, "191839invoice+robot@example.org",
        "the e-mail address stands in for a name"
    );
}

#[tokio::test]
async fn many_users_are_asked_for_in_one_request_and_the_unknown_are_absent() {
    let (fake, directory) = real().await;
    let ids = [AMELIE, ZOE, "doesnotexist"].map(RemoteId::new);
    let found = directory.find_many(Stream::Users, &ids).await.unwrap();
    let mut found: Vec<_> = found.iter().map(|record| record.remote_id().as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, [ZOE, AMELIE]);
    let target = fake.seen().pop().unwrap().target;
    assert!(
        target.contains("search.id=oz2fwap5e7qv&search.id=4h23wnmut0ow&search.id=doesnotexist"),
        "{target}"
    );
    assert!(directory.batch_size(Stream::Users) >= 100);
}

#[tokio::test]
async fn a_part_is_asked_for_by_the_beginning_of_the_ids() {
    let (fake, directory) = real().await;
    let whole = directory.page(Stream::Users, Walk::InParts, None).await.unwrap();
    assert_eq!((whole.received, whole.total, whole.next), (5, None, None), "all in one answer");
    let part = rollcall_core::remote::PagePosition(r#"{"at":{"part":"oz2"},"in_parts":true}"#.to_owned());
    let page = directory.page(Stream::Users, Walk::InParts, Some(&part)).await.unwrap();
    assert_eq!(page.received, 1);
    assert!(page.next.is_some());
    let seen = fake.seen();
    let asked = seen.iter().find(|seen| seen.target.contains("search.id=oz2%25")).expect("the part");
    assert!(asked.target.contains("mode.id=like&isCaseSensitive=true"), "{}", asked.target);
}

#[tokio::test]
async fn roles_organisations_members_and_invitations_become_ours() {
    let (_fake, directory) = real().await;
    let records = async |stream| directory.page(stream, Walk::Natural, None).await.unwrap().records;
    let roles = records(Stream::Roles).await;
    let roles: BTreeMap<_, _> = roles
        .iter()
        .filter_map(|record| if let Record::Role(role) = record { Some(role) } else { None })
        .map(|role| (role.display_name.as_str(), role))
        .collect();
    assert_eq!(roles["auditor-191839"].description.as_deref(), Some("Reads everything"));
    let owner: Vec<_> =
        roles["owner"].permissions.iter().map(|permission| permission.name.as_str()).collect();
    assert_eq!(owner, ["read:orders", "read:docs"]);
    assert_eq!(roles["owner"].permissions[0].resource_name.as_deref(), Some("Shop API"));

    let organizations = records(Stream::Groups).await;
    assert!(matches!(&organizations[0], Record::Group(group) if group.display_name == "Carto 191839"));
    let members = records(Stream::Memberships).await;
    let Record::Member(member) = &members[0] else { panic!("{members:?}") };
    assert_eq!((member.group.as_str(), member.member.as_str()), (ORGANIZATION, "b0jpd9azt87q"));
    assert_eq!(member.roles, [RemoteId::new("8ezrvffk996i576jyms2o")]);
    let invitations = records(Stream::Invitations).await;
    let Record::Invitation(invitation) = &invitations[0] else { panic!("{invitations:?}") };
    assert_eq!(
        (invitation.status.as_str(), invitation.roles.as_slice()),
        ("Pending", ["member-191839".to_owned()].as_slice())
    );
    let holders = records(Stream::RoleAssignments).await;
    assert!(matches!(&holders[0], Record::Assignment(edge) if edge.holder.as_str() == AMELIE), "{holders:?}");
}

#[tokio::test]
async fn token_values_end_in_the_client() {
    let (_fake, directory) = real().await;
    let details = directory.details(&RemoteId::new(AMELIE)).await.unwrap().expect("the user");
    let names: Vec<_> = details.tokens.as_deref().unwrap().iter().map(|token| token.name.as_str()).collect();
    assert_eq!(names, ["ci runner", "laptop/cli"]);
    assert_eq!(details.tokens.as_deref().unwrap()[1].expires_at, None, "it never ends");
    assert_eq!((details.mfa_factors, details.sessions, details.identities), (Some(0), Some(0), Some(0)));
    // That release was not asked for grants: the rest is there all the same.
    assert_eq!((details.grants, details.problem.is_some()), (None, true));
    assert!(!format!("{details:?}").contains("pat_"));
    assert_eq!(directory.details(&RemoteId::new("zzzzzzzzzzzz")).await.unwrap(), None);
}

#[tokio::test]
async fn the_log_is_read_without_call_stacks_and_parameters() {
    let (fake, directory) = real().await;
    let range = LogRange { from: Timestamp::from_millis(1), to: Timestamp::from_millis(2), page: 1 };
    let page = directory.log(range).await.unwrap();
    assert_eq!((page.entries.len(), page.more), (3, false));
    let entry = &page.entries[0];
    assert_eq!((entry.event.as_str(), entry.succeeded), ("ExchangeTokenBy.ClientCredentials", Some(false)));
    assert_eq!(entry.error.as_deref(), Some("both `resource` and `organization_id` are not provided"));
    let kept = format!("{page:?}");
    assert!(!kept.contains("stack") && !kept.contains("grant_type"), "{kept}");
    assert!(fake.seen().pop().unwrap().target.contains("start_time=1&end_time=2"));
}

async fn refused(note: &'static str, status: Option<u16>) -> RemoteError {
    let fake = Fake::start(move |seen, _| {
        if seen.path() != "/oidc/token" {
            return answer(seen);
        }
        let recorded = recorded().remove(note).unwrap();
        let own = u16::try_from(recorded["status"].as_u64().unwrap()).unwrap();
        Reply::new(status.unwrap_or(own), recorded["body"].to_string())
    })
    .await;
    directory(&fake.address).discover().await.unwrap_err()
}

fn problem(error: &RemoteError) -> Option<SetupProblem> {
    if let RemoteError::Setup { problem, .. } = error { Some(*problem) } else { None }
}

#[tokio::test]
async fn every_refusal_of_the_token_endpoint_says_what_to_correct() {
    for (note, status, expected, code) in [
        ("unknown scope: 200 without scope", None, SetupProblem::RoleMissing, ErrorCode::Forbidden),
        ("wrong secret", None, SetupProblem::WrongSecret, ErrorCode::Unauthorized),
        ("wrong secret", Some(400), SetupProblem::UnknownApplication, ErrorCode::Unauthorized),
        ("unknown resource", None, SetupProblem::UnknownResource, ErrorCode::Unauthorized),
    ] {
        let error = refused(note, status).await;
        assert_eq!((problem(&error), error.code()), (Some(expected), code), "{note}: {error}");
    }
    for (status, body, expected) in [
        (
            400,
            json!({"error": "invalid_request", "error_description": "client secret has expired"}),
            SetupProblem::ExpiredSecret,
        ),
        (400, json!({"error": "unsupported_grant_type"}), SetupProblem::NotMachineToMachine),
        (400, json!({"error": "unauthorized_client"}), SetupProblem::NotMachineToMachine),
        (429, json!({"code": "auth.exceed_token_limit"}), SetupProblem::TokenQuota),
    ] {
        let text = body.to_string();
        let fake = Fake::start(move |seen, _| match seen.path() {
            "/oidc/token" => Reply::new(status, text.clone()),
            _ => answer(seen),
        })
        .await;
        let error = directory(&fake.address).discover().await.unwrap_err();
        assert_eq!(problem(&error), Some(expected), "{body}: {error}");
    }
}

#[tokio::test]
async fn a_website_or_console_is_told_from_the_core_service() {
    let page =
        || Reply::new(200, "<!doctype html><title>Sign in</title>").header("Content-Type", "text/html");
    let website = Fake::start(move |_, _| page()).await;
    let error = directory(&website.address).discover().await.unwrap_err();
    assert_eq!(
        (problem(&error), error.code()),
        (Some(SetupProblem::NotCoreService), ErrorCode::AddressNotFound)
    );
    let elsewhere = Fake::start(|_, _| reply("unknown route")).await;
    let error = directory(&elsewhere.address).discover().await.unwrap_err();
    assert_eq!(problem(&error), Some(SetupProblem::NotCoreService));
}

#[tokio::test]
async fn a_refused_access_token_is_renewed_once_and_then_explained() {
    let fake = Fake::start(|seen, before| match seen.path() {
        "/api/users" if before < 3 => reply("malformed token"),
        _ => answer(seen),
    })
    .await;
    directory(&fake.address).page(Stream::Users, Walk::Natural, None).await.unwrap();
    assert_eq!(fake.seen().iter().filter(|seen| seen.path() == "/oidc/token").count(), 2);

    let other = json!({"code": "auth.unauthorized", "data": {"code": "ERR_JWKS_NO_MATCHING_KEY"}, "message": "Unauthorized."});
    let fake = Fake::start(move |seen, _| match seen.path() {
        "/api/users" => Reply::new(401, other.to_string()),
        _ => answer(seen),
    })
    .await;
    let error = directory(&fake.address).page(Stream::Users, Walk::Natural, None).await.unwrap_err();
    assert_eq!(problem(&error), Some(SetupProblem::OtherTenant), "{error}");

    let forbidden = json!({"code": "auth.forbidden", "message": "Forbidden."});
    let fake = Fake::start(move |seen, _| match seen.path() {
        "/api/users" => Reply::new(403, forbidden.to_string()),
        _ => answer(seen),
    })
    .await;
    let error = directory(&fake.address).page(Stream::Users, Walk::Natural, None).await.unwrap_err();
    assert_eq!(problem(&error), Some(SetupProblem::RoleMissing), "{error}");
}

#[tokio::test]
async fn pages_are_asked_for_before_their_turn_but_never_more_than_four_at_once() {
    let fake = Fake::start(|seen, _| match seen.path() {
        "/api/users" => {
            let page = seen.number("page").unwrap_or(1);
            let users: Vec<_> = (0..100).map(|n| json!({"id": format!("u{page:03}{n:03}")})).collect();
            Reply::json(&json!(users))
                .header("Total-Number", "2000")
                .after(std::time::Duration::from_millis(15))
        }
        _ => answer(seen),
    })
    .await;
    let directory = directory(&fake.address);
    directory.census(Stream::Users).await.unwrap();
    let (mut from, mut first) = (None, Vec::new());
    loop {
        let page = directory.page(Stream::Users, Walk::Natural, from.as_ref()).await.unwrap();
        first.push(page.records[0].remote_id().to_string());
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(first, (1..=20).map(|page| format!("u{page:03}000")).collect::<Vec<_>>(), "in their order");
    assert!((3..=4).contains(&fake.most_under_way()), "{}", fake.most_under_way());
    let pages = fake.seen().iter().filter(|seen| seen.path() == "/api/users").count();
    assert_eq!(pages, 21, "each page once, and the look before");
}
