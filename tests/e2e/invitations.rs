//! Invitations through the real window against a Logto service: pasted addresses, an expired one made anew, one sent again,
//! one revoked, several at once, and the member that an accepted one became; looked at in both themes and in the smallest window.

use rollcall_sandbox::{LogtoLoad, LogtoQuirks, MailConnector};
use rollcall_tests::keychain::Session;
use rollcall_tests::logto::LogtoService;
use rollcall_tests::window::{Key, Window, in_window};
use serde_json::{Value, json};

use crate::changes::connect;
use crate::look::{Looks, choose_theme};
use crate::steps::sync_again;

const INVITATIONS: &str = "/api/organization-invitations";
/// The year 2096.
const LATER: i64 = 4_000_000_000_000;
const LINK: &str = "https://app.example.com/join/{invitation}?mail={email}";

/// A service with one organisation of a known name, and invitations in every state.
struct World {
    service: LogtoService,
    organization: String,
    /// Who came of the accepted one.
    member: String,
}

impl World {
    async fn start() -> Self {
        let load = LogtoLoad { users: 12, organizations: 2, roles: 4, ..LogtoLoad::default() };
        let quirks = LogtoQuirks { mail: MailConnector::Works, ..LogtoQuirks::default() };
        let service = LogtoService::start(load, quirks).await;
        let made = service.ask("POST", "/api/organizations", json!({ "name": "Maps team" })).await;
        let organization = made["id"].as_str().expect("an id").to_owned();
        let role = json!({ "name": "cartographer", "description": "Draws" });
        service.ask("POST", "/api/organization-roles", role).await;
        let user = json!({ "name": "Dee Accepted", "primaryEmail": "dee@maps.example", "username": "dee" });
        let member = service.ask("POST", "/api/users", user).await["id"].as_str().expect("an id").to_owned();
        let world = Self { service, organization, member };
        let soon = rollcall_core::clock::now().as_millis() + 900;
        world.invite("expired@maps.example", soon).await;
        world.invite("pending@maps.example", LATER).await;
        let accepted = world.invite("dee@maps.example", LATER).await;
        let body = json!({ "status": "Accepted", "acceptedUserId": world.member });
        world.service.ask("PUT", &format!("{INVITATIONS}/{accepted}/status"), body).await;
        world
    }

    async fn invite(&self, invitee: &str, end: i64) -> String {
        let body = json!({ "organizationId": self.organization, "invitee": invitee, "expiresAt": end });
        let made = self.service.ask("POST", INVITATIONS, body).await;
        made["id"].as_str().expect("an id").to_owned()
    }

    /// Addresses by status, of the one organisation.
    async fn invited(&self, status: &str) -> Vec<String> {
        let path = format!("{INVITATIONS}?organizationId={}", self.organization);
        let all = self.service.ask("GET", &path, Value::Null).await;
        let all = all.as_array().expect("a list").iter();
        let found = all.filter(|own| own["status"] == status).filter_map(|own| own["invitee"].as_str());
        let mut found: Vec<String> = found.map(str::to_owned).collect();
        found.sort();
        found
    }

    fn mails(&self) -> Vec<String> {
        self.service.tenant.logto_mails().into_iter().map(|mail| mail.to).collect()
    }
}

/// The list of the invitations to the one organisation.
async fn list(window: &Window) {
    window.click("link", "Organisations").await;
    window.click("tab", "Invitations").await;
    window.fill("Filter invitations", "maps").await;
    window.find("gridcell", "").await;
}

async fn done(window: &Window) {
    window.see("Done. The service has").await;
    window.click("button", "Close").await;
    window.gone("dialog", "").await;
}

#[tokio::test]
async fn people_are_invited_invited_again_and_revoked_and_who_accepted_is_a_member() {
    let world = World::start().await;
    let session = Session::with_keychain();
    in_window("invitations", &session, async |window| {
        let mut looks = Looks::new("Light");
        connect(window, &world.service).await;
        window.find("button", "Invite…").await;
        looks.at(window, "invite-hub").await;
        invite_pasted(window, &world, &mut looks).await;
        again(window, &world, &mut looks).await;
        many(window, &world, &mut looks).await;
        member(window, &mut looks).await;
        small_and_dark(window, &mut looks).await;
        looks.assert_clean();
    })
    .await;
}

/// From the Hub: which organisation, two addresses among others, roles, an e-mail with a link.
async fn invite_pasted(window: &Window, world: &World, looks: &mut Looks) {
    window.click("button", "Invite…").await;
    window.find("dialog", "").await;
    window.fill("Search by name", "maps").await;
    window.click("radio", "Maps team*").await;
    looks.at(window, "invite-which").await;
    window.click("button", "Continue…").await;
    window.find("heading", "Invite to Maps team").await;
    looks.at(window, "invite-empty").await;
    window.click("button", "Continue…").await;
    window.see("There is no address that can be invited yet.").await;
    let pasted = "\"Berg, Zoë\" <zoe@new.example>; bo@new.example, nobody@nowhere dee@maps.example pending@maps.example bo@new.example";
    window.fill("E-mail addresses", pasted).await;
    window.find("button", "Ready 2").await;
    window.find("button", "Invite 2…").await;
    for state in ["Not an address 1", "Twice 1", "Member already 1", "Invited already 1"] {
        window.find("button", state).await;
    }
    window.click("checkbox", "cartographer").await;
    window.click("radio", "The service sends an e-mail with a link").await;
    window.click("button", "Invite 2…").await;
    window.see("An e-mail needs a link.").await;
    window.fill("Link in the e-mail", LINK).await;
    window.see("zoe%40new.example").await;
    looks.at(window, "invite-pasted").await;
    window.resize(900, 600).await;
    looks.at(window, "invite-pasted-small").await;
    window.resize(1280, 800).await;
    window.click("button", "Invite 2…").await;
    window.find("heading", "Invite 2 people to Maps team").await;
    window.see("With the roles: cartographer").await;
    looks.at(window, "invite-plan").await;
    window.click("button", "Apply now").await;
    done(window).await;
    assert_eq!(world.invited("Pending").await, ["bo@new.example", "pending@maps.example", "zoe@new.example"]);
    assert_eq!(world.mails(), ["zoe@new.example", "bo@new.example"]);
}

/// One row at a time: made anew, sent again, revoked.
async fn again(window: &Window, world: &World, looks: &mut Looks) {
    sync_again(window).await;
    list(window).await;
    looks.at(window, "invitations-list").await;
    window.click("button", "Invite again… expired@maps.example").await;
    window.find("heading", "Invite this person again").await;
    // The link was kept for the next time.
    assert_eq!(window.value("Link in the e-mail").await, LINK);
    window.choose("Can be accepted for", "14 days").await;
    looks.at(window, "invite-again").await;
    window.click("button", "Continue…").await;
    window.see("Invite to Maps team").await;
    window.click("button", "Apply now").await;
    done(window).await;
    assert!(world.invited("Pending").await.contains(&"expired@maps.example".to_owned()));
    assert_eq!(world.mails().len(), 3);

    window.click("button", "Send again… pending@maps.example").await;
    window.see("That does not move its end").await;
    looks.at(window, "invite-resend").await;
    window.click("button", "Continue…").await;
    window.see("Send the invitation again").await;
    window.click("button", "Apply now").await;
    done(window).await;
    assert_eq!(world.mails().last().map(String::as_str), Some("pending@maps.example"));

    window.click("button", "Revoke… pending@maps.example").await;
    window.see("nobody can accept it any more").await;
    window.click("button", "Add to pending changes").await;
    window.gone("dialog", "").await;
    window.see("Pending: Revoke an invitation").await;
    looks.at(window, "invitations-pending-mark").await;
    window.click("link", "Changes*").await;
    looks.at(window, "invitations-change").await;
    window.click("button", "Apply 1 change…").await;
    window.click("button", "Apply").await;
    window.see("Done. The service has it.").await;
    window.click("button", "Close").await;
    assert_eq!(world.invited("Revoked").await, ["pending@maps.example"]);
}

/// All that match, at once and by keyboard.
async fn many(window: &Window, world: &World, looks: &mut Looks) {
    window.click("link", "Organisations").await;
    window.click("tab", "Invitations").await;
    window.fill("Filter invitations", "new.example").await;
    window.find("status", "2 of*").await;
    window.script("document.querySelectorAll('[role=gridcell]')[1].focus(); return null", Vec::new()).await;
    window.chord(&[Key::Control], 'a').await;
    window.see("2 rows selected").await;
    window.click("button", "Change…").await;
    looks.at(window, "invitations-bulk").await;
    window.click("menuitem", "Revoke…").await;
    window.find("heading", "Revoke 2 invitations").await;
    window.click("button", "Apply now").await;
    done(window).await;
    assert_eq!(world.invited("Revoked").await, ["bo@new.example", "pending@maps.example", "zoe@new.example"]);
}

/// The accepted one leads to whom it became.
async fn member(window: &Window, looks: &mut Looks) {
    window.fill("Filter invitations", "dee@maps").await;
    window.find("status", "1 of*").await;
    looks.at(window, "invitation-accepted").await;
    window.click("link", "Member").await;
    window.find("heading", "Dee Accepted").await;
    window.see("Maps team").await;
}

async fn small_and_dark(window: &Window, looks: &mut Looks) {
    choose_theme(window, "Dark").await;
    window.see("Link in the e-mails of invitations").await;
    looks.at(window, "settings-invitations-dark").await;
    list(window).await;
    window.resize(900, 600).await;
    looks.at(window, "invitations-small-dark").await;
    window.click("button", "Invite…").await;
    window.fill("Search by name", "maps").await;
    window.click("radio", "Maps team*").await;
    window.click("button", "Continue…").await;
    window.fill("E-mail addresses", "eve@new.example").await;
    window.find("button", "Invite 1…").await;
    looks.at(window, "invite-small-dark").await;
}
