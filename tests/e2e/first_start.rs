//! The first ten minutes: the sample accounts, without a network and without a credential.

use rollcall_sandbox::{
    Kind, Sandbox, SandboxOptions, Secret, logto_sample, sample_tenants, uptrends_sample,
};
use rollcall_tests::keychain::Session;
use rollcall_tests::window::in_window;

use crate::steps::{search, sync_again, synced};

/// Members of the sample organisation that is kept by hand.
const OF_ROSTER: usize = 12;

/// What the samples hold.
struct Samples {
    users: usize,
    groups: usize,
    organizations: usize,
    /// The name of somebody.
    somebody: String,
}

async fn samples() -> Samples {
    let mut options = SandboxOptions::default();
    for sample in sample_tenants().expect("the samples") {
        options = options.tenant(sample.options().bearer("token"));
    }
    options = options.tenant(logto_sample().expect("the sample").options(Secret::new("secret")));
    options = options.tenant(uptrends_sample().expect("the sample").options(Secret::new("secret")));
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    sandbox.seed_samples().await.expect("people");
    let (mut users, mut groups, mut organizations, mut somebody) = (0, 0, 0, None);
    let identity_team = logto_sample().expect("the sample").slug;
    for slug in sandbox.tenants() {
        let tenant = sandbox.tenant(&slug).expect("a tenant");
        users += tenant.count(Kind::User).await.expect("a number");
        // What others call groups are organisations there.
        let sets = if slug == identity_team { &mut organizations } else { &mut groups };
        *sets += tenant.count(Kind::Group).await.expect("a number");
        let first = tenant.ids(Kind::User).await.expect("ids").first().cloned().expect("somebody");
        let first = tenant.find(Kind::User, &first).await.expect("a record").expect("somebody");
        // Each service has its own word for the name: one of the SCIM kind serves.
        somebody = first["displayName"].as_str().map(str::to_owned).or(somebody);
    }
    users += OF_ROSTER;
    organizations += 1;
    Samples { users, groups, organizations, somebody: somebody.expect("a tenant") }
}

#[tokio::test]
async fn the_sample_accounts_open_without_network_or_credential_and_every_number_opens_its_list() {
    let Samples { users, groups, organizations, somebody } = samples().await;
    let session = Session::with_keychain();
    in_window("first-start", &session, async |window| {
        window.find("heading", "Know who is in").await;
        window.screenshot("welcome").await;
        window.click("button", "Open the sample accounts*").await;
        synced(window).await;
        window.find("heading", "All accounts").await;
        window.find("link", &format!("Users {users}")).await;
        window.find("link", &format!("Groups {groups}")).await;
        window.find("link", &format!("Organisations {organizations}")).await;
        window.screenshot("hub").await;

        window.click("link", &format!("Users {users}")).await;
        window.find("heading", "Users").await;
        window.find("status", &format!("{users} users")).await;
        window.screenshot("users").await;

        search(window, &somebody).await;
        window.find("status", &format!("1 of {users}")).await;
        window.click("link", &somebody).await;
        window.find("heading", &somebody).await;
        window.find("heading", "Identity*").await;
        window.screenshot("user").await;

        window.click("link", "Back to the users").await;
        // The list is where it was left.
        window.find("status", &format!("1 of {users}")).await;
        assert_eq!(window.value("Search users").await, somebody);
        search(window, "").await;
        window.find("status", &format!("{users} users")).await;
        window.click("link", "Groups").await;
        window.find("status", &format!("{groups} groups")).await;
        window.screenshot("groups").await;
        window.click("link", "Organisations").await;
        window.find("status", &format!("{organizations} organisations")).await;
        window.screenshot("organisations").await;
        window.click("link", "Roles").await;
        window.find("heading", "Roles").await;
        window.screenshot("roles").await;
        window.click("link", "Activity").await;
        window.see("First complete read").await;
        window.screenshot("activity").await;
    })
    .await;
}

#[tokio::test]
async fn at_the_next_start_the_samples_are_there_at_once_and_a_sync_shows_what_changed() {
    let Samples { users, somebody, .. } = samples().await;
    let session = Session::with_keychain();
    in_window("samples-first", &session, async |window| {
        window.click("button", "Open the sample accounts*").await;
        synced(window).await;
    })
    .await;
    in_window("samples-again", &session, async |window| {
        window.find("link", &format!("Users {users}")).await;
        search(window, &somebody).await;
        window.find("link", &somebody).await;
        sync_again(window).await;
        window.click("link", "Activity").await;
        window.click("tab", "Changes").await;
        window.see("Joined the group").await;
        window.screenshot("changes").await;
    })
    .await;
}
