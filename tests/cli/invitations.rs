//! Invitations on the command line: made from a list of addresses, listed, sent again, revoked.

use rollcall_sandbox::{LogtoLoad, LogtoQuirks, MailConnector};
use rollcall_tests::ctl::{Ctl, Ran};
use rollcall_tests::logto::{APPLICATION, LogtoService, SECRET};
use serde_json::{Value, json};

const LINK: &str = "https://app.example.com/join?mail={email}";

struct World {
    service: LogtoService,
    ctl: Ctl,
}

impl World {
    async fn new() -> Self {
        let load = LogtoLoad { users: 8, organizations: 2, roles: 2, ties: 1, seed: 5 };
        let quirks = LogtoQuirks { mail: MailConnector::Works, ..LogtoQuirks::default() };
        let service = LogtoService::start(load, quirks).await;
        service.ask("POST", "/api/organizations", json!({ "name": "Maps team" })).await;
        service.ask("POST", "/api/organization-roles", json!({ "name": "cartographer" })).await;
        let world = Self { service, ctl: Ctl::new() };
        let address = world.service.address();
        let connect = ["connect", "logto", "Acme", "--address", &address, "--application-id", APPLICATION];
        world.ctl.run_with(&connect, &format!("{SECRET}\n")).await.well();
        world.ctl.run(&["sync", "Acme"]).await.well();
        world
    }

    async fn run(&self, arguments: &[&str]) -> Ran {
        let all: Vec<&str> = std::iter::once("invitations").chain(arguments.iter().copied()).collect();
        self.ctl.run(&all).await
    }

    async fn states(&self) -> Vec<(String, String)> {
        let rows = self.run(&["list", "new.example", "--json"]).await.rows();
        let text = |row: &Value, name: &str| row[name].as_str().expect("a text").to_owned();
        rows.iter().map(|row| (text(row, "invitee"), text(row, "state"))).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_from_the_input_are_invited_sent_again_and_revoked() {
    let world = World::new().await;
    let create = [
        "invitations",
        "create",
        "--organization",
        "maps team",
        "--role",
        "cartographer",
        "--expires",
        "14d",
        "--mail",
        "--link",
        LINK,
        "--apply",
        "--yes",
        "-",
    ];
    let made = world.ctl.run_with(&create, "Ada <ada@new.example>\nbo@new.example; ada@new.example\n").await;
    assert!(made.err.contains("\"ada@new.example\" stands there before"), "{}", made.err);
    made.well();
    let pending = |address: &str| (address.to_owned(), "pending".to_owned());
    assert_eq!(world.states().await, [pending("ada@new.example"), pending("bo@new.example")]);
    assert_eq!(world.service.tenant.logto_mails().len(), 2);
    let row = world.run(&["list", "ada@new.example", "--json"]).await.rows().remove(0);
    assert_eq!((&row["organization"], &row["roles"]), (&json!("Maps team"), &json!("cartographer")));

    // Whoever is invited already is left out and told.
    let again = world.run(&["create", "ada@new.example", "--organization", "Maps team"]).await;
    assert!(again.err.contains("has an invitation that can still be accepted"), "{}", again.err);
    again.well();

    world.run(&["resend", "ada@new.example", "--link", LINK, "--apply", "--yes"]).await.well();
    assert_eq!(world.service.tenant.logto_mails().len(), 3);
    world.run(&["revoke", "ada@new.example", "bo@new.example", "--apply", "--yes"]).await.well();
    let revoked = world.run(&["list", "new.example", "--state", "revoked", "--json"]).await.rows();
    assert_eq!(revoked.len(), 2);
    assert_eq!(world.run(&["revoke", "ada@new.example", "--apply", "--yes"]).await.code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_address_or_has_no_link_is_refused_before_anything_is_kept() {
    let world = World::new().await;
    let wrong = world.run(&["create", "nobody", "bo@new.example", "--organization", "Maps team"]).await;
    assert_eq!(wrong.code, 2, "{}", wrong.err);
    assert!(wrong.err.contains("\"nobody\" is no e-mail address"), "{}", wrong.err);
    let unlinked = world.run(&["create", "bo@new.example", "--organization", "Maps team", "--mail"]).await;
    assert_eq!(unlinked.code, 2, "{}", unlinked.err);
    assert!(unlinked.err.contains("which link"), "{}", unlinked.err);
    let kept = ["create", "nobody", "bo@new.example", "--organization", "Maps team", "--skip-wrong"];
    let kept = world.run(&kept).await;
    assert!(kept.err.contains("No e-mail is sent"), "{}", kept.err);
    kept.well();
    assert_eq!(world.states().await, []);
    assert_eq!(world.ctl.run(&["plan", "--json"]).await.rows()[0]["lines"], json!(1));
}
