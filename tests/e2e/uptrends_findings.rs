//! What stands out in an Uptrends account is mended from the Hub, each as a plan; the group of everybody says why it stays; and
//! whom Rollcall invited is counted and listed. Looked at in both themes and in the smallest window.

use rollcall_sandbox::{UptrendsLoad, UptrendsQuirks};
use rollcall_tests::keychain::Session;
use rollcall_tests::uptrends::UptrendsService;
use rollcall_tests::window::{Window, in_window};
use serde_json::{Value, json};

use crate::changes::{apply, pick_first};
use crate::look::{Looks, choose_theme};
use crate::uptrends::connect;

/// An account with one finding of each kind.
struct World {
    service: UptrendsService,
    monitor: String,
    /// Has a right on the monitor directly, and through the group Shop.
    bo: String,
    group: String,
    /// In no group but Everyone, without alerts, with an API user.
    solo: String,
}

impl World {
    async fn start() -> Self {
        let service = UptrendsService::start(UptrendsLoad::usual(12, 3, 5), UptrendsQuirks::default()).await;
        let made = service.ask("POST", "/OperatorGroup", json!({ "Description": "Shop" })).await;
        let group = text(&made, "OperatorGroupGuid");
        let bo = operator(&service, "Bo Shop", true).await;
        let solo = operator(&service, "Solo Left", false).await;
        service.ask("POST", &format!("/OperatorGroup/{group}/Member/{bo}"), Value::Null).await;
        let api_user = json!({ "OperatorGuid": solo, "Description": "left behind" });
        service.ask("POST", "/ApiUser", api_user).await;
        let monitor = text(&service.list("/Monitor").await[0], "MonitorGuid");
        for (field, holder) in [("OperatorGroupGuid", &group), ("OperatorGuid", &bo)] {
            let right = json!({ "AuthorizationType": "EditMonitor", field: holder });
            service.ask("POST", &format!("/Monitor/{monitor}/Authorizations"), right).await;
        }
        Self { service, monitor, bo, group, solo }
    }

    /// Rights that Bo was given on the monitor.
    async fn own_rights(&self) -> usize {
        let all = self.service.list(&format!("/Monitor/{}/Authorizations", self.monitor)).await;
        all.iter().filter(|right| right["OperatorGuid"] == self.bo.as_str()).count()
    }

    async fn is_in_shop(&self, operator: &str) -> bool {
        let members = self.service.list(&format!("/OperatorGroup/{}/Member", self.group)).await;
        members.iter().any(|member| member["OperatorGuid"] == operator)
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().expect(name).to_owned()
}

async fn operator(service: &UptrendsService, name: &str, active: bool) -> String {
    let operator = json!({
        "FullName": name, "Email": format!("{}@example.com", name.to_lowercase().replace(' ', ".")),
        "SetupMode": "Invitation", "MobilePhone": "", "BackupEmail": "", "IsOnDuty": active,
    });
    text(&service.ask("POST", "/Operator", operator).await, "OperatorGuid")
}

/// Unfolds the findings of this kind.
async fn unfold(window: &Window, kind: &str) {
    let script = format!(
        "const one = document.querySelector('details[data-finding={kind}]');
         if (!one) return null;
         one.open = true;
         return true"
    );
    window.wait(&format!("findings of the kind {kind}"), &script).await;
}

/// Brings the findings into view.
async fn show(window: &Window) {
    let script = "document.querySelector('[data-testid=findings]').scrollIntoView(); return null";
    window.script(script, Vec::new()).await;
}

/// Goes to the Hub, where findings are read.
async fn hub(window: &Window) {
    window.click("link", "Hub").await;
    window.find("heading", "Worth a review").await;
}

#[tokio::test]
async fn what_stands_out_is_mended_from_the_hub_in_the_light_theme() {
    mend("Light").await;
}

#[tokio::test]
async fn what_stands_out_is_mended_from_the_hub_in_the_dark_theme() {
    mend("Dark").await;
}

async fn mend(theme: &str) {
    let world = World::start().await;
    let session = Session::with_keychain();
    in_window(&format!("findings-{theme}"), &session, async |window| {
        let mut looks = Looks::new(theme);
        connect(window, &world.service).await;
        choose_theme(window, theme).await;
        hub(window).await;
        for kind in ["redundant", "onlyEverybody", "apiUserOfInactive"] {
            unfold(window, kind).await;
        }
        show(window).await;
        looks.at(window, "findings").await;
        window.resize(900, 600).await;
        show(window).await;
        looks.at(window, "findings-small").await;
        window.resize(1280, 800).await;

        // All direct rights that the group gives too, as one plan that says what stays.
        assert_eq!(world.own_rights().await, 3);
        window.click("button", "Take all back: Bo Shop").await;
        window.see("Still allowed afterwards: Edit").await;
        window.see("by group Shop").await;
        looks.at(window, "findings-take").await;
        window.click("button", "Apply now").await;
        window.see("Done. The service has all 3 changes.").await;
        window.click("button", "Close").await;
        window.gone("dialog", "").await;
        assert_eq!(world.own_rights().await, 0);

        hub(window).await;
        unfold(window, "apiUserOfInactive").await;
        let of_solo = format!("/ApiUser/Operator/{}", world.solo);
        assert_eq!(world.service.list(&of_solo).await.len(), 1);
        window.click("button", "Delete API user: Solo Left*").await;
        window.see("Solo Left").await;
        looks.at(window, "findings-delete").await;
        confirm(window).await;
        apply(window).await;
        assert_eq!(world.service.list(&of_solo).await.len(), 0);

        hub(window).await;
        unfold(window, "onlyEverybody").await;
        window.click("button", "Add to a group: Solo Left").await;
        // The group of everybody is shown, and cannot be chosen.
        window.see("Every operator is in this group; nobody can leave").await;
        looks.at(window, "findings-group").await;
        window.fill("Search by name", "Shop").await;
        window.gone("checkbox", "Administrators*").await;
        pick_first(window).await;
        window.click("button", "Continue with 1…").await;
        apply(window).await;
        assert!(world.is_in_shop(&world.solo).await);
        looks.assert_clean();
    })
    .await;
}

/// Types what a deletion wants to be typed, where it does.
async fn confirm(window: &Window) {
    window.find("button", "Apply now").await;
    let script = "const field = document.querySelector('dialog input[type=text]');
        const asked = field && document.querySelector(`dialog label[for='${field.id}']`)?.textContent.match(/“(.+)”/);
        return asked ? asked[1] : ''";
    let wanted = window.script(script, Vec::new()).await.and_then(|asked| asked.as_str().map(str::to_owned));
    if let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty()) {
        window.fill(&format!("Type “{wanted}” to go on"), &wanted).await;
    }
}

#[tokio::test]
async fn nobody_is_offered_to_leave_the_group_of_everybody_and_it_says_why() {
    let world = World::start().await;
    let session = Session::with_keychain();
    in_window("everybody", &session, async |window| {
        connect(window, &world.service).await;
        let groups = world.service.list("/OperatorGroup").await;
        let everyone = groups.iter().find(|group| group["IsEveryone"] == true).expect("Everyone");
        let name = text(everyone, "Description");
        window.click("link", "Operator groups").await;
        window.fill("Filter operator groups", &name).await;
        window.find("status", &format!("1 of {}*", groups.len())).await;
        window.open_first_row().await;
        window.find("heading", &name).await;
        window.see("Uptrends lets nobody join or leave").await;
        for button in ["Add people", "Delete…", "Edit", "Remove*"] {
            assert!(window.now("button", button).await.is_empty(), "{button}");
        }
        window.screenshot("everybody-group").await;
        window.click("link", "Operators").await;
        window.find("status", "15 operators").await;
        window.fill("Search operators", "Solo Left").await;
        window.find("status", "1 of 15").await;
        window.open_first_row().await;
        window.find("heading", "Solo Left").await;
        let says = "return document.querySelector('[role=img][aria-label^=\"Every operator is in this group\"]') ? true : null";
        window.wait("why it cannot be left", says).await;
        assert!(window.now("button", &format!("Remove Solo Left from {name}")).await.is_empty());
        window.screenshot("everybody-operator").await;
    })
    .await;
}

#[tokio::test]
async fn whom_rollcall_invited_is_counted_on_the_hub_and_told_in_the_list() {
    let world = World::start().await;
    let session = Session::with_keychain();
    in_window("invited", &session, async |window| {
        connect(window, &world.service).await;
        hub(window).await;
        window.click("button", "New operator").await;
        window.fill("Name", "Ada Invited").await;
        window.fill("E-mail", "ada.invited@example.com").await;
        window.choose("Password", "By invitation").await;
        window.click("button", "Continue…").await;
        apply(window).await;
        hub(window).await;
        window.find("link", "Invited operators 1").await;
        window.screenshot("invited-hub").await;
        window.click("link", "Invited operators 1").await;
        window.find("status", "1 of 16").await;
        window.find("gridcell", "Invited").await;
        window.screenshot("invited-list").await;
        window.fill("Search operators", "invitation:unknown").await;
        window.find("status", "15 of 16").await;
        window.find("gridcell", "Unknown").await;
    })
    .await;
}
