//! Changing something: the plan, what is asked, what is done, and what the exit code says.

use std::process::Stdio;

use rollcall_sandbox::{Fault, FaultRule, LogtoLoad, LogtoQuirks, Moment};
use rollcall_tests::ctl::{Ctl, Ran, ended};
use rollcall_tests::logto::{APPLICATION, LogtoService, SECRET};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

/// A Logto account that is synchronised in depth, and somebody in it.
struct World {
    service: LogtoService,
    ctl: Ctl,
    /// Somebody with an e-mail address of their own.
    user: String,
}

const MAIL: &str = "zoe.berg@example.com";

impl World {
    async fn new() -> Self {
        let load = LogtoLoad { users: 12, organizations: 2, roles: 4, ties: 1, seed: 5 };
        let service = LogtoService::start(load, LogtoQuirks::default()).await;
        let user = service.tenant.ids(rollcall_sandbox::Kind::User).await.unwrap().remove(0);
        let zoe = json!({ "name": "Zoë Berg", "primaryEmail": MAIL });
        service.ask("PATCH", &format!("/api/users/{user}"), zoe).await;
        let world = Self { service, ctl: Ctl::new(), user };
        world.connect("Acme").await;
        world.ctl.run(&["sync", "Acme", "--in-depth"]).await.well();
        world
    }

    async fn connect(&self, name: &str) {
        let address = self.service.address();
        let connect = ["connect", "logto", name, "--address", &address, "--application-id", APPLICATION];
        self.ctl.run_with(&connect, &format!("{SECRET}\n")).await.well();
    }

    async fn run(&self, arguments: &[&str]) -> Ran {
        self.ctl.run(arguments).await
    }

    /// A value of Zoë at the service.
    async fn zoe(&self, name: &str) -> Value {
        self.service.ask("GET", &format!("/api/users/{}", self.user), Value::Null).await[name].clone()
    }

    /// The plans of the queue.
    async fn plans(&self) -> Vec<Value> {
        self.run(&["plan", "--json"]).await.rows()
    }

    /// The number of the only change that waits.
    async fn change(&self) -> String {
        let plans = self.plans().await;
        let id = plans[0]["subjects"][0]["lines"][0]["changeId"].as_i64().expect("a change");
        id.to_string()
    }

    fn sent(&self) -> usize {
        self.service.tenant.write_counts().len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_waits_as_a_plan_is_applied_with_a_receipt_and_undone() {
    let world = World::new().await;
    let before = world.sent();
    let kept =
        world.run(&["users", "edit", MAIL, "--name", "Zoë van den Berg", "--set", "custom.team=blue"]).await;
    assert!(kept.err.contains("name: Zoë Berg -> Zoë van den Berg"), "{}", kept.err);
    let rows = kept.well();
    assert!(
        rows.starts_with("account\tchange\t") && rows.lines().count() == 3,
        "a row for each value: {rows}"
    );
    assert_eq!(world.sent(), before, "nothing is sent");
    let plan = world.run(&["plan"]).await.well();
    assert_eq!(plan, rows, "what waits is what was kept");
    let plans = world.plans().await;
    assert_eq!((plans.len(), &plans[0]["lines"], &plans[0]["accountName"]), (1, &json!(1), &json!("Acme")));
    assert_eq!(plans[0]["subjects"][0]["subject"]["remoteId"], json!(world.user));

    let applied = world.run(&["apply", "--yes", "--json"]).await;
    assert!(applied.err.contains("Zoë van den Berg"), "the plan is shown: {}", applied.err);
    let receipt = applied.rows().remove(0);
    assert_eq!(
        (&receipt["lines"][0]["state"], &receipt["signedInAs"]),
        (&json!("applied"), &json!(APPLICATION))
    );
    assert_eq!(world.zoe("name").await, "Zoë van den Berg");
    assert_eq!(world.zoe("customData").await["team"], "blue");
    let users = world.run(&["users", "berg", "--json"]).await.rows();
    assert_eq!(users[0]["displayName"], "Zoë van den Berg", "the copy has it without a sync");
    assert!(world.plans().await.is_empty());
    let receipts = world.run(&["receipts", "--json"]).await.rows();
    let number = receipts[0]["receipt"].to_string();
    let shown = world.run(&["receipts", "show", &number, "--json"]).await.rows();
    assert_eq!(shown[0], receipt);

    let undone = world.run(&["undo", &number, "--apply", "--yes"]).await;
    assert_eq!(undone.code, 0, "{}", undone.err);
    assert_eq!(world.zoe("name").await, "Zoë Berg");
    assert_eq!(world.run(&["receipts", "show", "999"]).await.code, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_that_was_not_confirmed() {
    let world = World::new().await;
    let before = world.sent();
    let refused = world.run(&["users", "suspend", MAIL, "--apply"]).await;
    assert_eq!(refused.code, 13, "{}", refused.err);
    assert!(refused.err.contains("--yes") && refused.err.contains("suspend"), "{}", refused.err);
    assert!(world.plans().await.is_empty(), "what is not confirmed is not kept either");
    let unnamed = world.run(&["users", "delete", MAIL, "--apply", "--yes"]).await;
    assert_eq!(unnamed.code, 13, "{}", unnamed.err);
    assert!(unnamed.err.contains("--confirm 'delete:Zoë Berg'"), "{}", unnamed.err);
    assert!(unnamed.err.contains("lost: the record with all its values"), "{}", unnamed.err);
    let wrong = world.run(&["users", "delete", MAIL, "--apply", "--yes", "--confirm", "delete:Zoe"]).await;
    assert_eq!((wrong.code, world.sent()), (13, before));
    // The same for what waits: the guards of just what is sent, not of the whole queue.
    world.run(&["users", "delete", MAIL]).await.well();
    let bo = world.service.people().await.into_keys().find(|id| *id != world.user).unwrap();
    world.run(&["users", "delete", &bo]).await.well();
    let all = world.run(&["apply", "--yes"]).await;
    assert!(all.code == 13 && all.err.contains("--confirm 'delete:Acme'"), "{}", all.err);
    let ids: Vec<String> = world.plans().await[0]["subjects"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|subject| subject["subject"]["remoteId"] == json!(world.user))
        .map(|subject| subject["lines"][0]["changeId"].to_string())
        .collect();
    let one = world.run(&["apply", &ids[0], "--yes", "--confirm", "delete:Zoë Berg"]).await;
    assert_eq!(one.code, 0, "{}", one.err);
    let people = world.service.people().await;
    assert!(!people.contains_key(&world.user) && people.contains_key(&bo));
    world.run(&["withdraw", "--all"]).await.well();
    assert!(world.plans().await.is_empty());
    assert_eq!(world.run(&["withdraw", "999"]).await.code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_terminal_it_asks() {
    let world = World::new().await;
    let program = rollcall_tests::ctl::application();
    let shell = format!("{} users delete {MAIL} --apply", program.display());
    // `script` gives the program a terminal.
    let asked = async |answers: &'static str| {
        let mut command = world.ctl.program("script");
        command.args(["-qec", &shell, "/dev/null"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all(answers.as_bytes()).await.unwrap();
        drop(pipe);
        ended(child).await
    };
    let other = asked("Zoe\ny\n").await;
    assert_eq!(other.code, 13, "{}", other.out);
    let no = asked("Zoë Berg\nn\n").await;
    assert_eq!(no.code, 13, "{}", no.out);
    assert!(world.service.people().await.contains_key(&world.user));
    let yes = asked("Zoë Berg\ny\n").await;
    assert_eq!(yes.code, 0, "{}", yes.out);
    for part in
        ["lost: the record", "Type Zoë Berg to go on", "Send 1 change to Acme?", "delete this user: done"]
    {
        assert!(yes.out.contains(part), "{part}: {}", yes.out);
    }
    assert!(!world.service.people().await.contains_key(&world.user));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_a_refusal_and_an_unknown_outcome_have_exit_codes_of_their_own() {
    let world = World::new().await;
    world.run(&["users", "edit", MAIL, "--name", "Mine"]).await.well();
    world.service.ask("PATCH", &format!("/api/users/{}", world.user), json!({ "name": "Theirs" })).await;
    let conflict = world.run(&["apply", "--yes"]).await;
    assert_eq!(conflict.code, 10, "{}", conflict.err);
    assert_eq!(world.zoe("name").await, "Theirs", "nothing was overwritten");
    let change = world.change().await;
    let again = world.run(&["apply", &change, "--yes"]).await;
    assert!(again.code == 10 && again.err.contains("resolve"), "it waits for a decision: {}", again.err);
    let plan = world.run(&["plan"]).await.well();
    assert!(plan.contains("somebody else has changed"), "{plan}");
    world.run(&["resolve", &change, "keep-mine"]).await.well();
    world.run(&["apply", "--yes"]).await.well();
    assert_eq!(world.zoe("name").await, "Mine");

    let other = world.service.people().await.into_keys().find(|id| *id != world.user).unwrap();
    let taken = json!({ "username": "taken_name" });
    world.service.ask("PATCH", &format!("/api/users/{other}"), taken).await;
    let refused = world.run(&["users", "edit", MAIL, "--user-name", "taken_name", "--apply", "--yes"]).await;
    assert_eq!(refused.code, 12, "{}{}", refused.out, refused.err);
    let change = world.change().await;
    world.run(&["withdraw", &change]).await.well();

    let drop =
        FaultRule::always(Fault::Drop { moment: Moment::BeforeHeaders }).method("POST").path("/api/users$");
    world.service.tenant.add_fault(drop);
    let unknown = world.run(&["users", "create", "--user-name", "ada", "--apply", "--yes"]).await;
    assert_eq!(unknown.code, 11, "{}{}", unknown.out, unknown.err);
    world.service.tenant.clear_faults();
    world.run(&["sync"]).await.well();
    assert!(world.plans().await.is_empty(), "the sync told that it arrived");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_fits_several_is_a_mistake_that_lists_them() {
    let world = World::new().await;
    world.connect("Beta").await;
    world.run(&["sync", "Beta"]).await.well();
    let ambiguous = world.run(&["users", "suspend", MAIL]).await;
    assert_eq!(ambiguous.code, 2, "{}", ambiguous.err);
    for part in ["Zoë Berg", "in Acme", "in Beta", &world.user, "--account"] {
        assert!(ambiguous.err.contains(part), "{part}: {}", ambiguous.err);
    }
    world.run(&["users", "suspend", &MAIL.to_uppercase(), "--account", "beta"]).await.well();
    assert_eq!(world.plans().await[0]["accountName"], "Beta");
    let nobody = world.run(&["users", "suspend", "nobody@example.com"]).await;
    assert!(nobody.code == 2 && nobody.err.contains("no user"), "{}", nobody.err);
    let role = world.run(&["users", "add-role", "Emperor", MAIL, "--account", "Acme"]).await;
    assert!(role.code == 2 && role.err.contains("rollcallctl roles"), "{}", role.err);
    let wrong = world.run(&["users", "edit", MAIL, "--account", "Acme", "--email", "no address"]).await;
    assert!(wrong.code == 2 && wrong.err.contains("primaryEmail"), "{}", wrong.err);
    assert_eq!(world.run(&["users", "edit", MAIL, "--account", "Acme", "--set", "colour=red"]).await.code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_created_with_a_role_and_loses_it_again() {
    let world = World::new().await;
    let roles = world.service.all("/api/roles").await;
    let (id, role) =
        roles.iter().find(|(_, role)| role["type"] == "User" && role["isDefault"] != true).unwrap();
    let name = role["name"].as_str().unwrap();
    let create =
        ["users", "create", "--email", "ada@example.com", "--phone", "+32 470 12 34 56", "--role", name];
    let created = world.run(&[&create[..], &["--generate-password", "--apply", "--yes"]].concat()).await;
    assert_eq!(created.code, 0, "{}", created.err);
    assert!(created.out.trim().len() >= 12 && created.out.lines().count() == 1, "the password alone");
    assert!(!created.err.contains(created.out.trim()));
    let holders = world.service.all(&format!("/api/roles/{id}/users")).await;
    let ada = holders.values().find(|user| user["primaryEmail"] == "ada@example.com").expect("a holder");
    assert_eq!(ada["primaryPhone"], "32470123456");
    world.run(&["users", "remove-role", name, "ada@example.com", "--apply", "--yes"]).await.well();
    let held = world.service.all(&format!("/api/roles/{id}/users")).await;
    assert_eq!(held.len(), holders.len() - 1);
    world.run(&["users", "activate", "ada@example.com", "--apply", "--yes"]).await.well();
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_created_renamed_rotated_and_revoked_by_owner_and_name() {
    let world = World::new().await;
    let path = format!("/api/users/{}/personal-access-tokens", world.user);
    let names = async || -> Vec<String> {
        let all = world.service.ask("GET", &path, Value::Null).await;
        let mut names: Vec<String> =
            all.as_array().unwrap().iter().map(|token| token["name"].as_str().unwrap().to_owned()).collect();
        names.retain(|name| name.starts_with("night"));
        names.sort();
        names
    };
    let create = ["tokens", "create", MAIL, "nightly", "--expires", "30d", "--apply", "--yes"];
    world.run(&create).await.well();
    let again = world.run(&create).await;
    assert_eq!(again.code, 12, "the name is taken: {}", again.err);
    let change = world.change().await;
    world.run(&["withdraw", &change]).await.well();
    world.run(&["tokens", "rename", MAIL, "nightly", "night", "--apply", "--yes"]).await.well();
    assert_eq!(names().await, ["night"]);
    let rotated =
        world.run(&["tokens", "rotate", MAIL, "night", "--revoke-old", "--apply", "--yes", "--json"]).await;
    let value = rotated.rows();
    assert_eq!((&value[0]["item"], &value[0]["account"]), (&json!("night 2"), &json!("Acme")));
    assert_eq!(names().await, ["night 2"]);
    let missing = world.run(&["tokens", "revoke", MAIL, "night"]).await;
    assert!(missing.code == 2 && missing.err.contains("night 2"), "{}", missing.err);
    world.run(&["tokens", "revoke", MAIL, "night 2", "--apply", "--yes"]).await.well();
    assert!(names().await.is_empty());
    world.run(&create).await.well();
    let later = ["tokens", "rotate", MAIL, "nightly", "--revoke-old-after", "1s", "--apply", "--yes"];
    let refused = world.run(&later).await;
    assert_eq!(refused.code, 2, "seconds are no length: {}", refused.err);
    let later = ["tokens", "rotate", MAIL, "nightly", "--revoke-old-after", "14d", "--apply", "--yes"];
    world.run(&later).await.well();
    world.run(&["apply", "--yes"]).await.well();
    assert_eq!(names().await, ["nightly", "nightly 2"], "the old one waits for its date");
    let change = world.change().await;
    world.run(&["apply", &change, "--yes"]).await.well();
    assert_eq!(names().await, ["nightly 2"], "or for being asked for by its number");
    world.run(&["tokens", "revoke", MAIL, "nightly 2", "--apply", "--yes"]).await.well();
    let past = world.run(&["tokens", "create", MAIL, "late", "--expires", "2020-01-01"]).await;
    assert!(past.code == 2 && past.err.contains("past"), "{}", past.err);
    // The words of a search are still words.
    assert_eq!(world.run(&["tokens", "--json", "--", "create"]).await.rows().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_tokens_value_is_on_the_standard_output_once_and_nowhere_else() {
    let world = World::new().await;
    let created = world.run(&["tokens", "create", MAIL, "nightly", "--apply", "--yes", "--verbose"]).await;
    assert_eq!(created.code, 0, "{}", created.err);
    assert!(created.err.contains("rollcall_core"), "the log was on: {}", created.err);
    let value = created.out.trim_end().to_owned();
    let path = format!("/api/users/{}/personal-access-tokens", world.user);
    let tokens = world.service.ask("GET", &path, Value::Null).await;
    let listed = tokens.as_array().unwrap().iter().find(|token| token["name"] == "nightly").unwrap();
    assert_eq!(listed["value"], value.as_str(), "the value, alone on its line");
    assert!(!created.err.contains(&value));
    let receipt = world.run(&["receipts", "--json"]).await.rows()[0]["receipt"].to_string();
    for ran in [
        world.run(&["receipts", "show", &receipt, "--json"]).await,
        world.run(&["tokens", "--json"]).await,
        world.run(&["plan", "--json"]).await,
        world.run(&["sync", "--in-depth", "--verbose"]).await,
    ] {
        assert!(!ran.out.contains(&value) && !ran.err.contains(&value), "{ran:?}");
    }
    super::canary::assert_in_no_file(&world.ctl, &value);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_users_is_looked_at_kept_and_sent() {
    let world = World::new().await;
    let file = world.ctl.session.root().join("people.csv");
    let path = file.to_str().unwrap();
    std::fs::write(
        &file,
        format!("Mail;Name\nada@example.com;Ada\nno address;Bo\nada@example.com;Ada\n{MAIL};Zoë\n"),
    )
    .unwrap();
    let looked = world.run(&["import", path, "--account", "Acme", "--preview", "--json"]).await;
    assert_eq!(looked.code, 2, "{}", looked.err);
    let rows: Vec<Value> = serde_json::from_str(&looked.out).unwrap();
    let states: Vec<_> =
        rows.iter().map(|row| (row["line"].as_u64().unwrap(), row["state"].as_str().unwrap())).collect();
    assert_eq!(states, [(2, "ready"), (3, "malformed"), (4, "duplicate"), (5, "alreadyThere")]);
    let refused = world.run(&["import", path, "--account", "Acme", "--yes"]).await;
    assert!(refused.code == 2 && refused.err.contains("line 3, Mail"), "{}", refused.err);
    let unasked = world.run(&["import", path, "--account", "Acme", "--skip-wrong"]).await;
    assert_eq!((unasked.code, world.plans().await.len()), (13, 0), "{}", unasked.err);
    world.run(&["import", path, "--account", "Acme", "--skip-wrong", "--yes"]).await.well();
    assert_eq!(world.plans().await[0]["lines"], 1);
    let again = world.run(&["import", path, "--account", "Acme", "--skip-wrong", "--yes"]).await;
    assert!(again.code == 0 && again.err.contains("waiting already"), "{}", again.err);
    assert_eq!(world.plans().await[0]["lines"], 1, "not a second time");
    world.run(&["withdraw", "--all"]).await.well();

    std::fs::write(&file, b"login,Adresse\nzo\xeb,x@example.com\n").unwrap();
    let wrong = world.run(&["import", path, "--account", "Acme", "--yes"]).await;
    assert!(wrong.code == 2 && wrong.err.contains("line 2") && wrong.err.contains("zoë,x@"), "{}", wrong.err);
    std::fs::write(&file, "Adresse,Nom\nnew@example.com,New\n").unwrap();
    let mapped = ["import", path, "--account", "Acme", "--column", "Adresse=email", "--apply", "--yes"];
    world.run(&mapped).await.well();
    let people = world.service.all("/api/users").await;
    let new = people.values().find(|user| user["primaryEmail"] == "new@example.com").expect("created");
    assert_eq!(new["name"], "New");
    assert_eq!(world.run(&["import", "nowhere.csv", "--account", "Acme"]).await.code, 2);
}
