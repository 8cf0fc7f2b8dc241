//! Edits at Logto: what each does, what the service refuses and why, and that each request is one that a real server of
//! release 1.42 accepted.

use std::collections::{BTreeMap, BTreeSet};

use rollcall_core::api::{CommandError, ErrorCode};
use rollcall_core::model::{
    Edit, EditKind, FieldPath, GroupKind, HolderKind, PasswordChoice, Record, RemoteId, RoleScope, Secret,
    Timestamp, edge_key,
};
use rollcall_core::remote::{
    CarriedOut, Current, ReadBack, Refusal, RemoteError, WriteError, check_edit, open, open_writer,
};
use rollcall_sandbox::LogtoQuirks;
use rollcall_tests::accounts::credential;
use rollcall_tests::logto::{APPLICATION, SECRET};
use serde_json::{Value, json};

use super::fake::{Fake, Reply, quick};
use super::logto_world::{Stage, World, account, cases, field, new};

const NOBODY: &str = "zzzzzzzzzzzz";

/// What was there before, what came of it, and what is there after.
async fn apply(world: &World, edit: &Edit) -> Result<(Current, CarriedOut, ReadBack), WriteError> {
    let current = world.writer.current(edit).await.expect("the state before");
    let done = world.writer.carry_out(edit, &current).await?;
    let back = world.writer.read_back(edit, &done).await.expect("the state after");
    Ok((current, done, back))
}

async fn done(world: &World, edit: &Edit) -> ReadBack {
    apply(world, edit).await.unwrap_or_else(|error| panic!("{edit:?}: {error:?}")).2
}

fn raw(back: &ReadBack) -> Value {
    let text = back.records.iter().find_map(|record| match record {
        Record::User(user) => Some(&user.raw),
        Record::Group(group) => Some(&group.raw),
        Record::Role(role) => Some(&role.raw),
        Record::Assignment(_)
        | Record::Member(_)
        | Record::Invitation(_)
        | Record::Application(_)
        | Record::ApiUser(_)
        | Record::OffDutyPeriod(_)
        | Record::Resource(_)
        | Record::Grant(_)
        | Record::Recipients(_) => None,
    });
    serde_json::from_str(text.expect("a record")).unwrap()
}

fn edit(name: &str, stage: &Stage) -> Edit {
    let case = cases().into_iter().find(|case| case.name == name).unwrap_or_else(|| panic!("no case {name}"));
    (case.edit)(stage)
}

#[tokio::test]
async fn every_edit_is_offered_checked_carried_out_once_and_read_back() {
    let world = World::start().await;
    let reader = open(&account(&world.service.address(), APPLICATION), &credential(SECRET), quick()).unwrap();
    let capabilities = reader.discover().await.unwrap();
    let mut kinds = BTreeSet::new();
    for (number, case) in cases().iter().enumerate() {
        let stage = world.stage(&format!("e{number}")).await;
        let edit = (case.edit)(&stage);
        kinds.insert(edit.kind());
        let now = Timestamp::from_millis(2_000_000_000_000);
        let problems = check_edit(rollcall_core::model::ProviderKind::Logto, &capabilities, &edit, now);
        assert_eq!(problems, [], "{}", case.name);
        world.service.tenant.clear_requests();
        let (before, _, after) =
            apply(&world, &edit).await.unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
        let writes = world.service.tenant.write_counts();
        let writes: Vec<_> =
            writes.iter().map(|write| (write.method.as_str(), write.template, write.count)).collect();
        assert_eq!(writes, [(case.method, case.template, 1)], "{}", case.name);
        let creates = case.name.starts_with("create") || matches!(case.name, "add member" | "invite");
        let assigns = case.name.starts_with("assign");
        assert_eq!(before == Current::Absent, creates || assigns, "{}: {before:?}", case.name);
        assert!(
            !after.records.is_empty() || !after.gone.is_empty() || after.details.is_some(),
            "{}: nothing was read back",
            case.name
        );
        // What is there is as a sync would bring it.
        for record in &after.records {
            let synced = reader.find(record.stream(), record.remote_id()).await.unwrap();
            assert_eq!(synced.as_ref(), Some(record), "{}", case.name);
        }
        for (stream, id) in &after.gone {
            assert_eq!(reader.find(*stream, id).await.unwrap(), None, "{}", case.name);
        }
    }
    let offered: BTreeSet<EditKind> = capabilities.edits.into_iter().collect();
    assert_eq!(kinds, offered);
    assert_eq!(kinds.len(), 27);
}

#[tokio::test]
async fn a_new_user_brings_the_default_roles_and_a_password_that_works() {
    let world = World::start().await;
    let stage = world.stage("a").await;
    let usual = json!({"name": "usual", "description": "d", "isDefault": true});
    let usual = world.service.ask("POST", "/api/roles", usual).await["id"].as_str().unwrap().to_owned();
    let (before, created, back) = apply(&world, &edit("create user", &stage)).await.unwrap();
    assert_eq!(before, Current::Absent);
    let id = created.created.expect("an id");
    let password = created.secret.expect("a password");
    let verify = format!("/api/users/{id}/password/verify");
    world.service.ask("POST", &verify, json!({"password": password.expose()})).await;
    assert_eq!(raw(&back)["customData"], json!({"seat": 4}));
    assert_eq!(raw(&back)["profile"], json!({"givenName": "New"}));
    let key = edge_key(&RemoteId::new(usual), &id);
    assert!(back.records.iter().any(|record| *record.remote_id() == key), "{back:?}");
    // A second one of this name is in the way, and is told before it is refused.
    let again = world.writer.current(&edit("create user", &stage)).await.unwrap();
    assert!(matches!(&again, Current::Record { raw, .. } if raw["id"] == id.as_str()), "{again:?}");
}

#[tokio::test]
async fn an_update_leaves_what_nobody_touched_hidden_values_included() {
    let world = World::start().await;
    let stage = world.stage("a").await;
    let user = stage.user.clone();
    let update = Edit::UpdateUser {
        user: user.clone(),
        fields: vec![
            field("name", json!("Ada"), json!(null)),
            field("profile.locale", json!("fr"), json!(null)),
            field("profile.address.country", json!("UK"), json!("FR")),
            new("profile.nickname", json!("Countess")),
            field("customData.plan", json!("pro"), json!(null)),
            new("customData.a.b", json!([1])),
        ],
    };
    let current = world.writer.current(&update).await.unwrap();
    let Current::Record { raw: before, .. } = &current else { panic!("{current:?}") };
    assert!(!before.to_string().contains("hidden"), "secrets are taken out before anybody sees them");
    let Edit::UpdateUser { fields, .. } = &update else { unreachable!() };
    for field in fields {
        assert_eq!(*FieldPath::parse(&field.path).get(before), field.before, "{}", field.path);
    }
    let back = done(&world, &update).await;
    for field in fields {
        assert_eq!(*FieldPath::parse(&field.path).get(&raw(&back)), field.after, "{}", field.path);
    }
    let at_service = world.service.ask("GET", &format!("/api/users/{user}"), Value::Null).await;
    assert_eq!(at_service["customData"], json!({"apiKey": "hidden", "a.b": [1]}));
    let profile = json!({"givenName": "Ada", "nickname": "Countess", "address": {"country": "FR"}});
    assert_eq!(at_service["profile"], profile);
    // The object as a whole: what the person typed, and what they were not shown.
    let whole = Edit::UpdateUser {
        user: user.clone(),
        fields: vec![field("customData", json!({"a.b": [1]}), json!({"plan": "free"}))],
    };
    done(&world, &whole).await;
    let at_service = world.service.ask("GET", &format!("/api/users/{user}"), Value::Null).await;
    assert_eq!(at_service["customData"], json!({"apiKey": "hidden", "plan": "free"}));
    let organization = format!("/api/organizations/{}", stage.organization);
    done(&world, &edit("update organisation", &stage)).await;
    let at_service = world.service.ask("GET", &organization, Value::Null).await;
    assert_eq!(at_service["customData"], json!({"plan": "pro", "token": "t", "seat": 4}));
}

#[tokio::test]
async fn what_was_suspended_revoked_or_taken_away_is_gone_from_what_is_read_back() {
    let world = World::start().await;
    let stage = world.stage("a").await;
    let suspended = done(&world, &edit("suspend", &stage)).await;
    assert_eq!(raw(&suspended)["isSuspended"], true);
    assert_eq!(suspended.details.unwrap().1.sessions, Some(0), "suspending ends sessions");
    let stage = world.stage("b").await;
    for (name, count) in
        [("end session", 0), ("revoke grant", 1), ("remove factor", 2), ("unlink identity", 3)]
    {
        let back = done(&world, &edit(name, &stage)).await;
        let (owner, details) = back.details.expect(name);
        assert_eq!(owner, stage.user);
        let counts = [details.sessions, details.grants, details.mfa_factors, details.identities];
        assert_eq!(counts[count], Some(0), "{name}: {counts:?}");
    }
    let names = |back: &ReadBack| {
        let tokens = back.details.as_ref().unwrap().1.tokens.clone().unwrap();
        tokens.into_iter().map(|token| token.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&done(&world, &edit("rename token", &stage)).await), ["ci"]);
    assert_eq!(names(&done(&world, &edit("create token", &stage)).await), ["ci", "laptop"]);
    let delete = Edit::DeleteToken { owner: stage.user.clone(), name: "ci".to_owned() };
    assert_eq!(names(&done(&world, &delete).await), ["laptop"]);
    let member = done(&world, &edit("assign organisation role", &stage)).await;
    let Some(Record::Member(member)) = member.records.first() else { panic!("{member:?}") };
    let expected: BTreeSet<_> = [stage.own_role.clone(), stage.held_own_role.clone()].into();
    assert_eq!(member.roles.iter().cloned().collect::<BTreeSet<_>>(), expected);
}

#[tokio::test]
async fn a_role_gets_and_loses_what_it_allows() {
    let world = World::start().await;
    let made = async |path: &str, body: Value| {
        world.service.ask("POST", path, body).await["id"].as_str().unwrap().to_owned()
    };
    let resource = made("/api/resources", json!({"name": "Shop", "indicator": "https://shop.example"})).await;
    let scope =
        async |name: &str| made(&format!("/api/resources/{resource}/scopes"), json!({"name": name})).await;
    let (read, write) = (scope("read").await, scope("write").await);
    let own = made("/api/organization-scopes", json!({"name": "invite"})).await;
    for (role_scope, expected) in [
        (RoleScope::Account, json!(["read (Shop)"])),
        (RoleScope::Organization, json!(["invite", "read (Shop)"])),
    ] {
        let create = Edit::CreateRole {
            scope: role_scope,
            holder_kind: HolderKind::User,
            fields: vec![new("name", json!("auditor")), new("description", json!("d"))],
            permissions: match role_scope {
                RoleScope::Account => vec![RemoteId::new(read.as_str())],
                RoleScope::Organization => [&own, &read].map(|id| RemoteId::new(id.as_str())).to_vec(),
            },
        };
        let (_, created, back) = apply(&world, &create).await.unwrap();
        assert_eq!(sorted(&raw(&back)["permissions"]), expected);
        let update = Edit::UpdateRole {
            role: created.created.unwrap(),
            scope: role_scope,
            fields: vec![field("permissions", expected, json!([write]))],
        };
        let back = done(&world, &update).await;
        assert_eq!(raw(&back)["permissions"], json!(["write (Shop)"]));
        assert!(
            matches!(world.writer.current(&create).await.unwrap(), Current::Record { .. }),
            "the name is taken"
        );
    }
}

fn sorted(list: &Value) -> Value {
    let mut names: Vec<_> = list.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    names.sort_unstable();
    json!(names)
}

#[tokio::test]
async fn applications_hold_roles_in_organisations_too() {
    let world = World::start().await;
    let stage = world.stage("a").await;
    let role = json!({"name": "robot", "type": "MachineToMachine"});
    let role =
        world.service.ask("POST", "/api/organization-roles", role).await["id"].as_str().unwrap().to_owned();
    let path = format!("/api/organizations/{}/applications", stage.organization);
    world.service.ask("POST", &path, json!({"applicationIds": [APPLICATION]})).await;
    let (role, holder, group) = (RemoteId::new(role), RemoteId::new(APPLICATION), Some(stage.organization));
    let holder_kind = HolderKind::Application;
    let assign =
        Edit::AssignRole { role: role.clone(), holder: holder.clone(), holder_kind, group: group.clone() };
    let unassign = Edit::UnassignRole { role, holder, holder_kind, group };
    for (edit, before, after) in [
        (&assign, Current::Absent, Current::Present),
        (&assign, Current::Present, Current::Present),
        (&unassign, Current::Present, Current::Absent),
        (&unassign, Current::Absent, Current::Absent),
    ] {
        assert_eq!(apply(&world, edit).await.unwrap().0, before);
        assert_eq!(world.writer.current(edit).await.unwrap(), after);
    }
}

#[tokio::test]
async fn doing_again_what_takes_away_is_no_failure() {
    let world = World::start().await;
    for (number, case) in cases().iter().enumerate() {
        let takes_away = case.method == "DELETE" || case.name == "delete token";
        if !takes_away {
            continue;
        }
        let stage = world.stage(&format!("t{number}")).await;
        let edit = (case.edit)(&stage);
        done(&world, &edit).await;
        let (before, _, _) =
            apply(&world, &edit).await.unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
        assert_eq!(before, Current::Absent, "{}", case.name);
    }
}

#[tokio::test]
async fn an_older_release_renames_and_deletes_tokens_by_their_path() {
    let world = World::start_with(LogtoQuirks { tokens_by_path: true, ..LogtoQuirks::default() }).await;
    let stage = world.stage("a").await;
    let owner = stage.user.clone();
    let path = format!("/api/users/{owner}/personal-access-tokens");
    world.service.ask("POST", &path, json!({"name": "old"})).await;
    let rename =
        Edit::RenameToken { owner: owner.clone(), name: "old".to_owned(), new_name: "new".to_owned() };
    let back = done(&world, &rename).await;
    assert!(back.details.unwrap().1.tokens.unwrap().iter().any(|token| token.name == "new"));
    let back = done(&world, &Edit::DeleteToken { owner, name: "new".to_owned() }).await;
    assert_eq!(back.details.unwrap().1.tokens.unwrap().len(), 1);
}

/// Every refusal of the facts.
#[tokio::test]
async fn every_refusal_says_what_to_correct_and_changes_nothing() {
    let world = World::start_with(LogtoQuirks::default()).await;
    let stage = world.stage("a").await;
    let other = world.stage("b").await;
    let nobody = || RemoteId::new(NOBODY);
    let update = |path: &str, after: Value| Edit::UpdateUser {
        user: stage.user.clone(),
        fields: vec![new(path, after)],
    };
    let token = |owner: &RemoteId, name: &str, end: Option<i64>| Edit::CreateToken {
        owner: owner.clone(),
        name: name.to_owned(),
        expires_at: end.map(Timestamp::from_millis),
    };
    let assign = |role: &RemoteId, holder: RemoteId, group: Option<&RemoteId>| Edit::AssignRole {
        role: role.clone(),
        holder,
        holder_kind: HolderKind::User,
        group: group.cloned(),
    };
    let role = |name: &str, scope| Edit::CreateRole {
        scope,
        holder_kind: HolderKind::User,
        fields: vec![new("name", json!(name)), new("description", json!("d"))],
        permissions: vec![],
    };
    let join = |member: RemoteId, group: RemoteId| Edit::AddMember {
        group,
        group_kind: GroupKind::Organization,
        member,
    };
    for (edit, refusal, field) in [
        (update("username", json!("ub")), Refusal::UserNameTaken, Some("username")),
        (update("primaryEmail", json!("UB@EXAMPLE.COM")), Refusal::EmailTaken, Some("primaryEmail")),
        (update("primaryEmail", json!("nope")), Refusal::InvalidEmail, Some("primaryEmail")),
        (update("primaryPhone", json!("+33612341839")), Refusal::InvalidPhone, Some("primaryPhone")),
        (update("primaryPhone", json!("123")), Refusal::InvalidPhone, Some("primaryPhone")),
        (update("username", json!("1ada")), Refusal::InvalidUserName, Some("username")),
        (update("avatar", json!("a.png")), Refusal::InvalidValue, Some("avatar")),
        (update("id", json!("other")), Refusal::NothingToChange, None),
        (
            Edit::UpdateUser { user: nobody(), fields: vec![new("name", json!("x"))] },
            Refusal::UnknownRecord,
            None,
        ),
        (
            Edit::UpdateUser { user: nobody(), fields: vec![new("customData", json!({}))] },
            Refusal::UnknownRecord,
            None,
        ),
        (Edit::ExpirePassword { user: stage.user.clone() }, Refusal::PasswordExpirationOff, None),
        (Edit::SetUserActive { user: nobody(), active: true }, Refusal::UnknownRecord, None),
        (token(&stage.user, "ci/cd", None), Refusal::NameTaken, Some("name")),
        (token(&stage.user, "old", Some(1000)), Refusal::InThePast, Some("expiresAt")),
        (token(&stage.user, "", None), Refusal::InvalidValue, Some("name")),
        (token(&nobody(), "x", None), Refusal::UnknownRecord, None),
        (
            Edit::RenameToken {
                owner: stage.user.clone(),
                name: "gone".to_owned(),
                new_name: "x".to_owned(),
            },
            Refusal::UnknownRecord,
            None,
        ),
        (role("freea", RoleScope::Account), Refusal::NameTaken, Some("name")),
        (role("owna", RoleScope::Organization), Refusal::NameTaken, Some("name")),
        (
            Edit::UpdateRole {
                role: stage.role.clone(),
                scope: RoleScope::Account,
                fields: vec![new("name", json!("freeb"))],
            },
            Refusal::NameTaken,
            Some("name"),
        ),
        (assign(&stage.machine_role, stage.user.clone(), None), Refusal::WrongRoleKind, None),
        (assign(&nobody(), stage.user.clone(), None), Refusal::UnknownRecord, None),
        (assign(&stage.role, nobody(), None), Refusal::UnknownRecord, None),
        (assign(&stage.own_role, other.user.clone(), Some(&stage.organization)), Refusal::NotAMember, None),
        (join(nobody(), stage.organization.clone()), Refusal::UnknownRecord, None),
        (join(stage.user.clone(), nobody()), Refusal::UnknownRecord, None),
        (
            Edit::CreateGroup { group_kind: GroupKind::Group, fields: vec![new("name", json!("x"))] },
            Refusal::NotSupported,
            Some("groupKind"),
        ),
    ] {
        world.service.tenant.clear_requests();
        let current = world.writer.current(&edit).await.unwrap();
        match world.writer.carry_out(&edit, &current).await {
            Err(WriteError::Refused(error)) => {
                let RemoteError::Refused { refusal: own, field: at, .. } = &error else {
                    panic!("{edit:?}: {error:?}")
                };
                assert_eq!((*own, at.as_deref()), (refusal, field), "{edit:?}: {error:?}");
                let crossing = CommandError::from(rollcall_core::Error::from(error));
                assert_eq!(
                    (crossing.code, crossing.reason.as_deref()),
                    (ErrorCode::RemoteRejected, Some(refusal.key()))
                );
            }
            other => panic!("{edit:?}: {other:?}"),
        }
        assert_eq!(world.service.tenant.write_counts(), [], "{edit:?}");
    }
}

#[tokio::test]
async fn secrets_appear_once_and_in_no_log_error_or_debug_text() {
    let (logs, guard) = super::write_faults::recorded_logs();
    let world = World::start().await;
    let stage = world.stage("a").await;
    let mut secrets = Vec::new();
    let mut texts = String::new();
    for name in ["create token", "reset password", "create user", "rename token"] {
        let (before, created, back) = apply(&world, &edit(name, &stage)).await.unwrap();
        texts.push_str(&format!("{before:?}{created:?}{back:?}"));
        secrets.extend(created.secret.map(|secret: Secret| secret.expose().to_owned()));
    }
    assert_eq!(secrets.len(), 3);
    // The service repeats what it was sent.
    let value = secrets[0].clone();
    let echo = Fake::start(move |seen, _| match seen.path() {
        "/oidc/token" => Reply::json(&json!({"access_token": "t0ken-of-the-fake", "scope": "all"})),
        path if path.ends_with("/personal-access-tokens") => {
            Reply::new(201, json!({"name": "x", "value": value}).to_string())
        }
        _ => Reply::new(
            422,
            json!({"message": format!("bad {} {value} t0ken-of-the-fake", seen.body)}).to_string(),
        ),
    })
    .await;
    let writer = open_writer(&account(&echo.address, APPLICATION), &credential(SECRET), quick()).unwrap();
    let made = writer.carry_out(&edit("create token", &stage), &Current::Absent).await.unwrap();
    assert_eq!(made.secret.unwrap().expose(), secrets[0]);
    let reset = edit("reset password", &stage);
    let error = writer.carry_out(&reset, &Current::Absent).await.unwrap_err();
    let sent = echo.seen().pop().unwrap().body;
    let sent: Value = serde_json::from_str(&sent).unwrap();
    secrets.push(sent["password"].as_str().unwrap().to_owned());
    texts.push_str(&format!("{error:?}"));
    assert!(texts.contains("bad") && texts.contains("***"), "{texts}");
    drop(guard);
    let logged = logs.text();
    assert!(logged.contains("PATCH /users/{id}/password"), "the log was on: {logged}");
    for secret in secrets.iter().map(String::as_str).chain([SECRET, "t0ken-of-the-fake"]) {
        assert!(!texts.contains(secret) && !logged.contains(secret), "{texts}\n{logged}");
    }
}

/// Which edit sends a recorded request; those that no edit needs have `None`.
fn recorded_edit(note: &str) -> Option<Edit> {
    let user = || RemoteId::new("oz2fwap5e7qv");
    let bo = || RemoteId::new("b0jpd9azt87q");
    let organization = || RemoteId::new("2nk1fhfw1qy6");
    let role = || RemoteId::new("kkz2un5buozhytkc6fiez");
    let token = |owner: RemoteId, name: &str, end: Option<i64>| Edit::CreateToken {
        owner,
        name: name.to_owned(),
        expires_at: end.map(Timestamp::from_millis),
    };
    let account_role = |description: &str| Edit::CreateRole {
        scope: RoleScope::Account,
        holder_kind: HolderKind::User,
        fields: vec![new("name", json!("auditor-191839")), new("description", json!(description))],
        permissions: vec![],
    };
    let unassign =
        || Edit::UnassignRole { role: role(), holder: user(), holder_kind: HolderKind::User, group: None };
    let leave =
        || Edit::RemoveMember { group: organization(), group_kind: GroupKind::Organization, member: bo() };
    let join = |member: &str| Edit::AddMember {
        group: organization(),
        group_kind: GroupKind::Organization,
        member: RemoteId::new(member),
    };
    let invite = |invitee: &str, role: Option<&str>, end: i64| Edit::InviteUser {
        group: organization(),
        invitee: invitee.to_owned(),
        roles: role.map(RemoteId::new).into_iter().collect(),
        expires_at: Some(Timestamp::from_millis(end)),
        message: None,
    };
    let unlink = || Edit::UnlinkIdentity { user: user(), target: "github".to_owned() };
    let revoke = || Edit::DeleteToken { owner: user(), name: "laptop".to_owned() };
    let create = |fields: Vec<(&str, Value)>| Edit::CreateUser {
        fields: fields.into_iter().map(|(path, value)| new(path, value)).collect(),
        password: PasswordChoice::None,
    };
    Some(match note {
        "create user: bad e-mail" => create(vec![("primaryEmail", json!("nope"))]),
        "create user: e-mail taken" => {
            create(vec![("primaryEmail", json!("191839AMELIE.DURAND@EXAMPLE.COM"))])
        }
        "patch user" => Edit::UpdateUser {
            user: user(),
            fields: vec![
                new("name", json!("Amélie Durand-Roy")),
                new("profile", json!({"givenName": "Amélie", "familyName": "Durand-Roy"})),
            ],
        },
        "patch user: unknown fields only" => {
            Edit::UpdateUser { user: user(), fields: vec![new("nope", json!(1))] }
        }
        "patch custom data merges" => {
            Edit::UpdateUser { user: user(), fields: vec![new("customData.team", json!("maps"))] }
        }
        "patch profile merges" => {
            Edit::UpdateUser { user: user(), fields: vec![new("profile.locale", json!("fr-FR"))] }
        }
        "suspend" => Edit::SetUserActive { user: bo(), active: false },
        "unlink identity" | "unlink identity again" => unlink(),
        "pat create" => token(user(), "ci runner", Some(1_800_375_840_272)),
        "pat create, no expiry" => token(user(), "laptop/cli", None),
        "pat name taken" => token(user(), "ci runner", None),
        "pat expiry in the past" => token(user(), "old", Some(1000)),
        "pat rename" => {
            Edit::RenameToken { owner: user(), name: "laptop/cli".to_owned(), new_name: "laptop".to_owned() }
        }
        "pat delete" | "pat delete again" => revoke(),
        "pat for an unknown user" => token(RemoteId::new(NOBODY), "x", None),
        "create role" => account_role("Reads everything"),
        "create role: name taken" => account_role("again"),
        "assign role" => {
            Edit::AssignRole { role: role(), holder: user(), holder_kind: HolderKind::User, group: None }
        }
        "unassign role" | "unassign role again" => unassign(),
        "create organisation" => Edit::CreateGroup {
            group_kind: GroupKind::Organization,
            fields: vec![new("name", json!("Carto 191839")), new("description", json!("Made up"))],
        },
        "add an unknown member" => join(NOBODY),
        "remove organisation member" | "remove organisation member again" => leave(),
        "delete user" | "delete user again" => Edit::DeleteUser { user: user() },
        "delete organisation" => {
            Edit::DeleteGroup { group: organization(), group_kind: GroupKind::Organization }
        }
        "invite" => invite("new-191839@example.com", Some("8ezrvffk996i576jyms2o"), 1_795_796_640_492),
        "invite twice" => invite("new-191839@example.com", None, 1_800_375_840_272),
        "invite a member" => invite("191839amelie.durand@example.com", None, 1_800_375_840_272),
        "revoke invitation" | "revoke invitation again" => {
            Edit::RevokeInvitation { invitation: RemoteId::new("dio7fldbiksdmom8mgfol") }
        }
        "delete organisation role" => {
            Edit::DeleteRole { role: RemoteId::new("2f1ncz02i2jqleqh3hz3r"), scope: RoleScope::Organization }
        }
        "delete role" => Edit::DeleteRole { role: role(), scope: RoleScope::Account },
        _ => return None,
    })
}

/// Recorded requests of which several have one note: the edit follows from the body.
fn edit_of_body(exchange: &Value) -> Option<Edit> {
    let body = &exchange["request"];
    let fields = || {
        let fields = body.as_object().into_iter().flatten();
        fields.map(|(path, value)| new(path, value.clone())).collect::<Vec<_>>()
    };
    match exchange["note"].as_str()? {
        "create user" => Some(Edit::CreateUser { fields: fields(), password: PasswordChoice::None }),
        "create organisation role" => Some(Edit::CreateRole {
            scope: RoleScope::Organization,
            holder_kind: HolderKind::User,
            fields: fields(),
            permissions: vec![],
        }),
        _ => None,
    }
}

#[tokio::test]
async fn every_recorded_write_is_what_the_client_sends_and_its_answer_is_understood() {
    let mut others = BTreeSet::new();
    let mut replayed = 0;
    for line in include_str!("../fixtures/logto/exchanges.jsonl").lines() {
        let exchange: Value = serde_json::from_str(line).unwrap();
        let note = exchange["note"].as_str().unwrap().to_owned();
        let method = exchange["method"].as_str().unwrap().to_owned();
        if method == "GET" || method == "HEAD" || exchange["path"] == "/oidc/token" {
            continue;
        }
        let Some(edit) = recorded_edit(&note).or_else(|| edit_of_body(&exchange)) else {
            others.insert(note);
            continue;
        };
        let (recorded, path) = (exchange.clone(), exchange["path"].as_str().unwrap().to_owned());
        let fake = Fake::start(move |seen, _| match (seen.method.as_str(), seen.path()) {
            (_, "/oidc/token") => Reply::json(&json!({"access_token": "a", "scope": "all"})),
            // What is read right before an object is sent whole.
            ("GET", _) => Reply::json(&json!({"profile": {}, "customData": {}})),
            _ => {
                let body = &recorded["body"];
                let text = body.as_str().map_or_else(
                    || if body.is_null() { String::new() } else { body.to_string() },
                    str::to_owned,
                );
                let status = u16::try_from(recorded["status"].as_u64().unwrap()).unwrap();
                recorded["headers"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .fold(Reply::new(status, text), |reply, header| {
                        reply.header(header[0].as_str().unwrap(), header[1].as_str().unwrap())
                    })
            }
        })
        .await;
        let writer = open_writer(&account(&fake.address, APPLICATION), &credential(SECRET), quick()).unwrap();
        let outcome = writer.carry_out(&edit, &Current::Absent).await;
        let seen = fake.seen().pop().unwrap();
        assert_eq!((seen.method.as_str(), seen.target.as_str()), (method.as_str(), path.as_str()), "{note}");
        let body: Value = serde_json::from_str(&seen.body).unwrap_or(Value::Null);
        assert_eq!(body, exchange["request"], "{note}");
        if !body.is_null() {
            assert_eq!(seen.header("Content-Type"), Some("application/json"), "{note}");
        }
        let refused = matches!(outcome, Err(WriteError::Refused(RemoteError::Refused { .. })));
        let status = exchange["status"].as_u64().unwrap();
        // Revoking twice is refused, and looked at beforehand.
        let again = note.ends_with("again") && note != "revoke invitation again";
        assert_eq!(
            (outcome.is_ok(), refused),
            (status < 300 || again, status >= 400 && !again),
            "{note}: {outcome:?}"
        );
        if let Ok(CarriedOut { created, secret, .. }) = outcome {
            let answer = &exchange["body"];
            let is_new = !edit.kind().is_idempotent();
            let id = answer["id"].as_str().filter(|_| is_new && edit.kind() != EditKind::CreateToken);
            assert_eq!(created.as_ref().map(RemoteId::as_str), id, "{note}");
            let value = answer["value"].as_str().filter(|_| is_new);
            assert_eq!(secret.as_ref().map(Secret::expose), value, "{note}");
        }
        replayed += 1;
    }
    let expected: BTreeSet<String> = [
        // Several members at once, roles of many members at once or replaced, the role's side of an assignment.
        "add organisation members",
        "organisation member roles put",
        "organisation member roles bulk",
        "role user already there",
        "role user added",
        // A password of somebody's choice: ours are generated.
        "set password",
        // Identities that somebody has at another service are no edits.
        "identity put",
    ]
    .map(str::to_owned)
    .into();
    assert_eq!(others, expected);
    assert_eq!(replayed, 44);
}

#[tokio::test]
async fn a_refused_access_token_is_renewed_once_and_the_edit_is_carried_out_once() {
    let fake = Fake::start(|seen, before| match (seen.method.as_str(), seen.path()) {
        (_, "/oidc/token") => Reply::json(&json!({"access_token": format!("a{before}"), "scope": "all"})),
        _ if before < 2 => Reply::new(401, json!({"code": "auth.unauthorized"}).to_string()),
        _ => Reply::new(201, json!({"name": "x", "value": "pat_new-value"}).to_string()),
    })
    .await;
    let writer = open_writer(&account(&fake.address, APPLICATION), &credential(SECRET), quick()).unwrap();
    let create = Edit::CreateToken { owner: RemoteId::new("u"), name: "x".to_owned(), expires_at: None };
    let made = writer.carry_out(&create, &Current::Absent).await.unwrap();
    assert_eq!(made.secret.unwrap().expose(), "pat_new-value");
    let seen: BTreeMap<_, usize> = fake.seen().iter().fold(BTreeMap::new(), |mut all, seen| {
        *all.entry(seen.path().to_owned()).or_default() += 1;
        all
    });
    assert_eq!(seen["/oidc/token"], 2);
    assert_eq!(seen["/api/users/u/personal-access-tokens"], 2);
}
