//! Edits at SCIM services: the sandbox with its quirks, and the third-party server.

use std::collections::BTreeSet;
use std::sync::Arc;

use rollcall_core::model::{
    Capabilities, Edit, EditKind, FieldEdit, FieldPath, Group, GroupKind, PasswordChoice, ProviderKind,
    Record, RemoteId, Stream, Timestamp, User,
};
use rollcall_core::remote::{
    CarriedOut, ClientSettings, Current, DirectoryRead, DirectoryWrite, ReadBack, Refusal, RemoteError,
    WriteError, check_edit, open, open_writer,
};
use rollcall_sandbox::{Kind, Quirks, Sandbox, SandboxOptions, Support, Tenant, TenantOptions};
use rollcall_tests::accounts::{bearer, credential};
use rollcall_tests::scim2::{self, Scim2, TOKEN};
use serde_json::{Value, json};

use super::fake::{Fake, Reply, quick};
use super::logto_world::{field, new};

const TENANT_TOKEN: &str = "a-token-of-the-tests";
const DEPARTMENT: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";

/// A SCIM tenant of the sandbox.
pub struct ScimWorld {
    _sandbox: Sandbox,
    pub tenant: Tenant,
    pub writer: Arc<dyn DirectoryWrite>,
}

/// Ids of what one edit may be about.
pub struct Stage {
    pub user: RemoteId,
    pub stranger: RemoteId,
    pub group: RemoteId,
    pub unique: String,
}

impl ScimWorld {
    pub async fn start() -> Self {
        Self::start_with(Quirks { change_password: true, ..Quirks::default() }).await
    }

    pub async fn start_with(quirks: Quirks) -> Self {
        let options = TenantOptions::new("acme").bearer(TENANT_TOKEN).quirks(quirks);
        let sandbox = Sandbox::start(SandboxOptions::default().tenant(options)).await.unwrap();
        let tenant = sandbox.tenant("acme").unwrap();
        let mut settings = quick();
        settings.read_timeout = std::time::Duration::from_millis(400);
        let account = bearer(&tenant.base_url());
        let writer = open_writer(&account, &credential(TENANT_TOKEN), settings).unwrap();
        Self { _sandbox: sandbox, tenant, writer }
    }

    pub fn reader(&self) -> Arc<dyn DirectoryRead> {
        open(&bearer(&self.tenant.base_url()), &credential(TENANT_TOKEN), quick()).unwrap()
    }

    pub async fn stage(&self, unique: &str) -> Stage {
        let user = json!({
            "userName": format!("u{unique}"), "name": {"familyName": "L"}, "active": true, "secret": "hidden",
            "emails": [{"value": format!("home{unique}@x"), "type": "home"}, {"value": format!("u{unique}@x"), "primary": true}]
        });
        let user = self.tenant.create(Kind::User, user).await.unwrap();
        let stranger = json!({"userName": format!("s{unique}")});
        let stranger = self.tenant.create(Kind::User, stranger).await.unwrap();
        let group = json!({"displayName": "Maps", "members": [{"value": user}]});
        let group = self.tenant.create(Kind::Group, group).await.unwrap();
        let id = RemoteId::new;
        Stage { user: id(user), stranger: id(stranger), group: id(group), unique: unique.to_owned() }
    }
}

/// An edit and the request that carries it out.
pub struct Case {
    pub name: &'static str,
    pub method: &'static str,
    pub template: &'static str,
    pub edit: fn(&Stage) -> Edit,
}

const GROUP: GroupKind = GroupKind::Group;

/// Every kind of edit.
pub fn cases() -> Vec<Case> {
    let case = |name, method, template, edit: fn(&Stage) -> Edit| Case { name, method, template, edit };
    vec![
        case("create user", "POST", "/Users", |stage| Edit::CreateUser {
            fields: vec![
                new("userName", json!(format!("n{}", stage.unique))),
                new("emails[primary].value", json!("n@x")),
                new(DEPARTMENT, json!("Maps")),
            ],
            password: PasswordChoice::Generated,
        }),
        case("update user", "PATCH", "/Users/{id}", |stage| Edit::UpdateUser {
            user: stage.user.clone(),
            fields: vec![new("displayName", json!("Ada L"))],
        }),
        case("suspend", "PATCH", "/Users/{id}", |stage| Edit::SetUserActive {
            user: stage.user.clone(),
            active: false,
        }),
        case("reset password", "PATCH", "/Users/{id}", |stage| Edit::ResetPassword {
            user: stage.user.clone(),
        }),
        case("delete user", "DELETE", "/Users/{id}", |stage| Edit::DeleteUser { user: stage.user.clone() }),
        case("create group", "POST", "/Groups", |_| Edit::CreateGroup {
            group_kind: GROUP,
            fields: vec![new("displayName", json!("New"))],
        }),
        case("update group", "PATCH", "/Groups/{id}", |stage| Edit::UpdateGroup {
            group: stage.group.clone(),
            group_kind: GROUP,
            fields: vec![field("displayName", json!("Maps"), json!("Charts"))],
        }),
        case("delete group", "DELETE", "/Groups/{id}", |stage| Edit::DeleteGroup {
            group: stage.group.clone(),
            group_kind: GROUP,
        }),
        case("add member", "PATCH", "/Groups/{id}", |stage| Edit::AddMember {
            group: stage.group.clone(),
            group_kind: GROUP,
            member: stage.stranger.clone(),
        }),
        case("remove member", "PATCH", "/Groups/{id}", |stage| Edit::RemoveMember {
            group: stage.group.clone(),
            group_kind: GROUP,
            member: stage.user.clone(),
        }),
    ]
}

async fn apply(
    writer: &dyn DirectoryWrite,
    edit: &Edit,
) -> Result<(Current, CarriedOut, ReadBack), WriteError> {
    let current = writer.current(edit).await.expect("the state before");
    let done = writer.carry_out(edit, &current).await?;
    let back = writer.read_back(edit, &done).await.expect("the state after");
    Ok((current, done, back))
}

async fn done(writer: &dyn DirectoryWrite, edit: &Edit) -> ReadBack {
    apply(writer, edit).await.unwrap_or_else(|error| panic!("{edit:?}: {error:?}")).2
}

fn user(back: &ReadBack) -> &User {
    match back.records.as_slice() {
        [Record::User(user)] => user,
        other => panic!("{other:?}"),
    }
}

fn group(back: &ReadBack) -> &Group {
    match back.records.as_slice() {
        [Record::Group(group)] => group,
        other => panic!("{other:?}"),
    }
}

fn members(back: &ReadBack) -> Vec<&str> {
    group(back).members.iter().map(|edge| edge.member.as_str()).collect()
}

fn paths(capabilities: &Capabilities) -> BTreeSet<&str> {
    capabilities.user_fields.iter().map(|field| field.path.as_str()).collect()
}

fn refusal(error: &WriteError) -> Option<Refusal> {
    if let WriteError::Refused(RemoteError::Refused { refusal, .. }) = error { Some(*refusal) } else { None }
}

#[tokio::test]
async fn every_edit_is_offered_checked_carried_out_once_and_read_back() {
    for quirks in [
        Quirks { change_password: true, ..Quirks::default() },
        Quirks { change_password: true, patch_no_content: true, no_etag: true, ..Quirks::default() },
        Quirks { change_password: true, patch: Support::Refused, ..Quirks::default() },
        Quirks {
            change_password: true,
            patch: Support::Refused,
            no_etag: true,
            no_meta: true,
            ..Quirks::default()
        },
    ] {
        let whole = quirks.patch == Support::Refused;
        let world = ScimWorld::start_with(quirks.clone()).await;
        let capabilities = world.reader().discover().await.unwrap();
        let mut kinds = BTreeSet::new();
        for (number, case) in cases().iter().enumerate() {
            let stage = world.stage(&format!("e{number}")).await;
            let edit = (case.edit)(&stage);
            kinds.insert(edit.kind());
            let problems = check_edit(ProviderKind::Scim, &capabilities, &edit, Timestamp::from_millis(0));
            assert_eq!(problems, [], "{}", case.name);
            world.tenant.clear_requests();
            let (_, created, back) =
                apply(&*world.writer, &edit).await.unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
            let writes = world.tenant.write_counts();
            let writes: Vec<_> =
                writes.iter().map(|write| (write.method.as_str(), write.template, write.count)).collect();
            let method = if whole && case.method == "PATCH" { "PUT" } else { case.method };
            assert_eq!(writes, [(method, case.template, 1)], "{} {quirks:?}", case.name);
            assert_eq!(created.created.is_some(), case.method == "POST", "{}", case.name);
            assert_eq!(created.secret.is_some(), matches!(case.name, "create user" | "reset password"));
            assert_eq!(back.gone.len(), usize::from(case.method == "DELETE"), "{}", case.name);
            for record in &back.records {
                let stream = if matches!(record, Record::Group(_)) { Stream::Groups } else { Stream::Users };
                let synced = world.reader().find(stream, record.remote_id()).await.unwrap();
                assert_eq!(synced.as_ref(), Some(record), "{}", case.name);
            }
            match case.name {
                "create user" => {
                    assert_eq!(
                        (user(&back).department.as_deref(), user(&back).active),
                        (Some("Maps"), Some(true))
                    );
                }
                "update user" => assert_eq!(user(&back).display_name, "Ada L"),
                "suspend" => assert_eq!(user(&back).active, Some(false)),
                "update group" => {
                    assert_eq!((group(&back).display_name.as_str(), members(&back).len()), ("Charts", 1))
                }
                "add member" => assert_eq!(members(&back).len(), 2),
                "remove member" => assert_eq!(members(&back).len(), 0),
                _ => {}
            }
        }
        assert_eq!(kinds, capabilities.edits.into_iter().collect());
        assert_eq!(kinds.len(), 10);
    }
}

#[tokio::test]
async fn every_value_that_can_be_edited_becomes_what_was_typed_in_part_and_whole() {
    for patch in [Support::Yes, Support::Refused] {
        let world = ScimWorld::start_with(Quirks { patch, ..Quirks::default() }).await;
        let stage = world.stage("a").await;
        let capabilities = world.reader().discover().await.unwrap();
        assert!(!capabilities.edits.contains(&EditKind::ResetPassword), "{:?}", capabilities.edits);
        assert!(paths(&capabilities).contains(DEPARTMENT));
        for path in paths(&capabilities) {
            let value = match path {
                "emails[primary].value" => json!("new@x.example"),
                "profileUrl" => json!("https://x.example/ada"),
                _ => json!("new"),
            };
            for after in [value, json!("other@x.example"), Value::Null] {
                if path == "userName" && after.is_null()
                    || path == "profileUrl" && after == json!("other@x.example")
                {
                    continue;
                }
                let edit =
                    Edit::UpdateUser { user: stage.user.clone(), fields: vec![new(path, after.clone())] };
                let back = done(&*world.writer, &edit).await;
                let raw: Value = serde_json::from_str(&user(&back).raw).unwrap();
                let own = FieldPath::parse(path).get(&raw).clone();
                // Without the primary address another one is the first.
                if !(after.is_null() && path.starts_with("emails")) {
                    assert_eq!(own, after, "{path} {patch:?}");
                }
            }
        }
        let kept = world.tenant.find(Kind::User, stage.user.as_str()).await.unwrap().unwrap();
        assert_eq!(
            (&kept["secret"], kept["emails"].as_array().unwrap().len()),
            (&json!("hidden"), 1),
            "{kept}"
        );
    }
}

#[tokio::test]
async fn somebody_elses_change_meanwhile_is_not_overwritten() {
    for patch in [Support::Yes, Support::Refused] {
        let world = ScimWorld::start_with(Quirks { patch, change_password: true, ..Quirks::default() }).await;
        for case in cases().iter().filter(|case| !matches!(case.name, "create user" | "create group")) {
            let stage = world.stage(case.name).await;
            let edit = (case.edit)(&stage);
            let current = world.writer.current(&edit).await.unwrap();
            for (kind, id, path) in
                [(Kind::User, &stage.user, "title"), (Kind::Group, &stage.group, "displayName")]
            {
                let operation = json!([{"op": "replace", "path": path, "value": "Somebody else"}]);
                world.tenant.patch(kind, id.as_str(), operation).await.unwrap();
            }
            let outcome = world.writer.carry_out(&edit, &current).await;
            // Adding and removing one member says nothing about the others.
            if case.name.ends_with("member") {
                assert!(outcome.is_ok(), "{}: {outcome:?}", case.name);
            } else {
                assert!(matches!(outcome, Err(WriteError::ChangedMeanwhile)), "{}: {outcome:?}", case.name);
            }
        }
    }
}

#[tokio::test]
async fn refusals_say_what_to_correct() {
    let world = ScimWorld::start_with(Quirks { delete: Support::Refused, ..Quirks::default() }).await;
    let (stage, other) = (world.stage("a").await, world.stage("b").await);
    let nobody = || RemoteId::new("nobody");
    let update = |user: &RemoteId, path: &str, after: Value| Edit::UpdateUser {
        user: user.clone(),
        fields: vec![new(path, after)],
    };
    let name = |name: &str| new("userName", json!(name));
    let create = |fields: Vec<FieldEdit>| Edit::CreateUser { fields, password: PasswordChoice::None };
    for (edit, expected) in [
        (update(&stage.user, "userName", json!("UB")), Refusal::UserNameTaken),
        (create(vec![name("ub")]), Refusal::UserNameTaken),
        (create(vec![new("displayName", json!("x"))]), Refusal::InvalidValue),
        (update(&stage.user, "id", json!("x")), Refusal::ReadOnly),
        (update(&nobody(), "title", json!("x")), Refusal::UnknownRecord),
        (Edit::DeleteUser { user: other.user.clone() }, Refusal::CannotDelete),
        (
            Edit::AddMember { group: nobody(), group_kind: GROUP, member: stage.user.clone() },
            Refusal::UnknownRecord,
        ),
        (Edit::ExpirePassword { user: stage.user.clone() }, Refusal::NotSupported),
    ] {
        let error = apply(&*world.writer, &edit).await.map(|_| ()).unwrap_err();
        assert_eq!(refusal(&error), Some(expected), "{edit:?}: {error:?}");
    }
    let taken = world.writer.current(&create(vec![name("UB")])).await.unwrap();
    assert!(matches!(&taken, Current::Record { raw, .. } if raw["id"] == other.user.as_str()), "{taken:?}");
    let free = world.writer.current(&create(vec![name("nobody")])).await.unwrap();
    assert_eq!(free, Current::Absent);
    // Gone is gone, whoever did it.
    let leave =
        |group: RemoteId| Edit::RemoveMember { group, group_kind: GROUP, member: stage.stranger.clone() };
    for edit in [
        leave(stage.group.clone()),
        leave(nobody()),
        Edit::DeleteGroup { group: nobody(), group_kind: GROUP },
    ] {
        assert_eq!(apply(&*world.writer, &edit).await.unwrap().0, Current::Absent);
    }
    // A filter that is passed over names nobody.
    world.tenant.set_quirks(Quirks { filter: Support::Ignored, ..Quirks::default() });
    assert_eq!(world.writer.current(&create(vec![name("nobody")])).await.unwrap(), Current::Absent);
}

#[tokio::test]
async fn a_part_that_the_service_cannot_change_is_changed_with_the_whole() {
    for (status, scim_type) in
        [(501, None), (405, None), (400, Some("invalidPath")), (400, Some("invalidFilter"))]
    {
        let fake = Fake::start(move |seen, _| match (seen.method.as_str(), seen.path()) {
            ("GET", "/ServiceProviderConfig") => {
                Reply::json(&json!({"patch": {"supported": true}, "etag": {"supported": true}}))
            }
            ("GET", "/Users") => Reply::list(0, &[]),
            ("GET", "/Users/1") => Reply::json(&json!({
                "id": "1", "userName": "ada", "apiToken": "kept", "meta": {"version": "W/\"7\""}, "groups": []
            })),
            ("PATCH", _) => Reply::new(status, json!({"scimType": scim_type}).to_string()),
            ("PUT", _) => Reply::new(200, ""),
            _ => Reply::refusal(404, "none"),
        })
        .await;
        let writer = open_writer(&bearer(&fake.address), &credential(super::fake::SECRET), quick()).unwrap();
        let edit = Edit::UpdateUser { user: RemoteId::new("1"), fields: vec![new("title", json!("Guide"))] };
        apply(&*writer, &edit).await.unwrap();
        let seen = fake.seen();
        let put = seen.iter().find(|seen| seen.method == "PUT").expect("the whole record");
        assert_eq!(put.header("If-Match"), Some("W/\"7\""));
        assert_eq!(put.header("Content-Type"), Some("application/scim+json"));
        let body: Value = serde_json::from_str(&put.body).unwrap();
        assert_eq!(body, json!({"id": "1", "userName": "ada", "apiToken": "kept", "title": "Guide"}));
        let patch = seen.iter().find(|seen| seen.method == "PATCH").unwrap();
        assert_eq!(patch.header("If-Match"), Some("W/\"7\""));
    }
}

#[tokio::test]
async fn an_id_that_is_only_in_the_address_is_found() {
    let fake = Fake::users(|seen, _| match seen.method.as_str() {
        "POST" => Reply::new(201, "").header("Location", "https://x.example/scim/Users/77"),
        _ => Reply::json(&json!({"id": "77", "userName": "ada"})),
    })
    .await;
    let writer = open_writer(&bearer(&fake.address), &credential(super::fake::SECRET), quick()).unwrap();
    let create =
        Edit::CreateUser { fields: vec![new("userName", json!("ada"))], password: PasswordChoice::None };
    let (_, created, back) = apply(&*writer, &create).await.unwrap();
    assert_eq!(created.created, Some(RemoteId::new("77")));
    assert_eq!(user(&back).user_name, "ada");
}

#[tokio::test]
async fn without_a_usable_description_nothing_optional_is_offered() {
    let fake = Fake::users(|_, _| Reply::refusal(404, "none")).await;
    let found = fake.directory().discover().await.unwrap();
    let expected =
        [EditKind::CreateUser, EditKind::UpdateUser, EditKind::SetUserActive, EditKind::DeleteUser];
    assert_eq!(found.edits, expected);
    assert!(found.group_fields.is_empty() && paths(&found).contains("emails[primary].value"));
}

fn third_party(server: &Scim2) -> (Arc<dyn DirectoryRead>, Arc<dyn DirectoryWrite>) {
    let (account, secret) = (bearer(server.address()), credential(TOKEN));
    let settings = ClientSettings::default;
    (open(&account, &secret, settings()).unwrap(), open_writer(&account, &secret, settings()).unwrap())
}

#[tokio::test]
async fn the_whole_life_of_a_user_at_the_third_party_server_in_part_and_whole() {
    for patch in [true, false] {
        let server = scim2::start_with(&json!({"patch": {"supported": patch}}), &[]);
        let (reader, writer) = third_party(&server);
        let capabilities = reader.discover().await.unwrap();
        assert!(capabilities.edits.contains(&EditKind::ResetPassword), "{:?}", capabilities.edits);
        let create = Edit::CreateUser {
            fields: vec![
                new("userName", json!("ada@example.com")),
                new("name.givenName", json!("Ada")),
                new("emails[primary].value", json!("ada@example.com")),
            ],
            password: PasswordChoice::Generated,
        };
        assert_eq!(check_edit(ProviderKind::Scim, &capabilities, &create, Timestamp::from_millis(0)), []);
        let (before, created, back) = apply(&*writer, &create).await.unwrap();
        assert_eq!(before, Current::Absent);
        let id = created.created.expect("an id");
        let password = created.secret.expect("a password");
        assert_eq!((user(&back).email.as_deref(), user(&back).active), (Some("ada@example.com"), Some(true)));
        assert!(!user(&back).raw.contains(password.expose()));
        let taken = apply(&*writer, &create).await.map(|_| ()).unwrap_err();
        assert_eq!(refusal(&taken), Some(Refusal::UserNameTaken), "{taken:?}");
        assert!(matches!(writer.current(&create).await.unwrap(), Current::Record { .. }));

        let mut checked = 0;
        for path in paths(&capabilities) {
            let values = match path {
                "userName" => vec![json!("ada.l@example.com")],
                "emails[primary].value" => {
                    vec![json!("ada.l@example.com"), Value::Null, json!("back@example.com")]
                }
                "profileUrl" => vec![json!("https://x.example/ada"), Value::Null],
                "preferredLanguage" | "locale" => vec![json!("fr-FR"), json!("nl"), Value::Null],
                "timezone" => vec![json!("Europe/Brussels"), Value::Null],
                _ => vec![json!("one"), json!("two"), Value::Null],
            };
            for after in values {
                let edit = Edit::UpdateUser { user: id.clone(), fields: vec![new(path, after.clone())] };
                let back = done(&*writer, &edit).await;
                let raw: Value = serde_json::from_str(&user(&back).raw).unwrap();
                assert_eq!(*FieldPath::parse(path).get(&raw), after, "{path}, PATCH: {patch}");
                checked += 1;
            }
        }
        assert!(checked > 30, "{checked}");
        for active in [false, true] {
            let back = done(&*writer, &Edit::SetUserActive { user: id.clone(), active }).await;
            assert_eq!(user(&back).active, Some(active));
        }
        let (_, reset, _) = apply(&*writer, &Edit::ResetPassword { user: id.clone() }).await.unwrap();
        assert_ne!(reset.secret.unwrap().expose(), password.expose());

        let rename = Edit::UpdateUser { user: id.clone(), fields: vec![new("title", json!("Guide"))] };
        let seen = writer.current(&rename).await.unwrap();
        let other = vec![new("nickName", json!("Countess"))];
        done(&*third_party(&server).1, &Edit::UpdateUser { user: id.clone(), fields: other }).await;
        let meanwhile = writer.carry_out(&rename, &seen).await;
        assert!(matches!(meanwhile, Err(WriteError::ChangedMeanwhile)), "{meanwhile:?}");
        let back = done(&*writer, &rename).await;
        assert!(user(&back).raw.contains("Countess"), "nothing of the other change is lost");

        let delete = Edit::DeleteUser { user: id.clone() };
        assert_eq!(done(&*writer, &delete).await.gone, [(Stream::Users, id.clone())]);
        assert_eq!(apply(&*writer, &delete).await.unwrap().0, Current::Absent);
    }
}

#[tokio::test]
async fn the_whole_life_of_a_group_at_the_third_party_server_in_part_and_whole() {
    for patch in [true, false] {
        let server = scim2::start_with(&json!({"patch": {"supported": patch}}), &[]);
        let users = server.create_users(0, 3).await;
        let (_, writer) = third_party(&server);
        let create = Edit::CreateGroup { group_kind: GROUP, fields: vec![new("displayName", json!("Maps"))] };
        let (_, created, back) = apply(&*writer, &create).await.unwrap();
        assert!(members(&back).is_empty());
        let id = created.created.expect("an id");
        let join = |member: &str| Edit::AddMember {
            group: id.clone(),
            group_kind: GROUP,
            member: RemoteId::new(member),
        };
        let leave = |member: &str| Edit::RemoveMember {
            group: id.clone(),
            group_kind: GROUP,
            member: RemoteId::new(member),
        };
        for user in &users {
            let (before, _, back) = apply(&*writer, &join(user)).await.unwrap();
            assert_eq!(before, Current::Absent);
            assert!(members(&back).contains(&user.as_str()), "{back:?}");
        }
        let back = done(&*writer, &join(&users[0])).await;
        assert_eq!(members(&back).len(), 3, "adding again adds nothing");
        let rename = Edit::UpdateGroup {
            group: id.clone(),
            group_kind: GROUP,
            fields: vec![field("displayName", json!("Maps"), json!("Charts"))],
        };
        let back = done(&*writer, &rename).await;
        assert_eq!((group(&back).display_name.as_str(), members(&back).len()), ("Charts", 3));
        // The service leaves a deleted user among the members; who is no user any more can still be taken out.
        done(&*writer, &Edit::DeleteUser { user: RemoteId::new(users[1].as_str()) }).await;
        let (before, _, back) = apply(&*writer, &leave(&users[1])).await.unwrap();
        assert_eq!((before, members(&back).len()), (Current::Present, 2));
        let (before, _, back) = apply(&*writer, &leave(&users[1])).await.unwrap();
        assert_eq!((before, members(&back).len()), (Current::Absent, 2));
        let seen = writer.current(&rename).await.unwrap();
        let fields = vec![new("displayName", json!("Somebody else"))];
        done(&*third_party(&server).1, &Edit::UpdateGroup { group: id.clone(), group_kind: GROUP, fields })
            .await;
        let meanwhile = writer.carry_out(&rename, &seen).await;
        assert!(matches!(meanwhile, Err(WriteError::ChangedMeanwhile)), "{meanwhile:?}");
        let delete = Edit::DeleteGroup { group: id.clone(), group_kind: GROUP };
        assert_eq!(done(&*writer, &delete).await.gone, [(Stream::Groups, id.clone())]);
        assert_eq!(apply(&*writer, &delete).await.unwrap().0, Current::Absent);
    }
}
