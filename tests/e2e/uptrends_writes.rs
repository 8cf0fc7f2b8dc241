//! What is written to an Uptrends account beside operators: times without alerts, and rights, in the real window, looked at in
//! both themes and in the smallest one.

use rollcall_sandbox::{UptrendsLoad, UptrendsQuirks};
use rollcall_tests::keychain::Session;
use rollcall_tests::uptrends::UptrendsService;
use rollcall_tests::window::{Window, in_window};
use serde_json::{Value, json};

use crate::changes::{apply, pick_first};
use crate::look::{Looks, choose_theme};
use crate::uptrends::connect;

async fn service() -> UptrendsService {
    UptrendsService::start(UptrendsLoad::usual(24, 6, 5), UptrendsQuirks::default()).await
}

/// Opens the page of an operator of this name.
async fn open_operator(window: &Window, name: &str) {
    window.click("link", "Operators").await;
    // What is typed before the list stands would be lost.
    window.find("status", "25 operators").await;
    window.fill("Search operators", name).await;
    window.find("status", "1 of 25").await;
    window.open_first_row().await;
    window.find("heading", name).await;
}

/// Types a day or a time of day into the field of this label, whatever this engine makes of its kind.
async fn set(window: &Window, label: &str, value: &str) {
    let script = "const [label, value] = arguments;
        const named = [...document.querySelectorAll('dialog label')].find((own) => own.textContent.trim() === label);
        const field = named && document.getElementById(named.htmlFor);
        if (!field) return null;
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        return field.value === value || null";
    window.script(script, vec![json!(label), json!(value)]).await.expect("a field that takes it");
}

async fn schedule(service: &UptrendsService, id: &str) -> Vec<Value> {
    service.list(&format!("/Operator/{id}/DutySchedule")).await
}

#[tokio::test]
async fn times_without_alerts_are_added_changed_removed_and_given_to_a_whole_group_in_the_light_theme() {
    off_duty("Light").await;
}

#[tokio::test]
async fn times_without_alerts_are_added_changed_removed_and_given_to_a_whole_group_in_the_dark_theme() {
    off_duty("Dark").await;
}

async fn off_duty(theme: &str) {
    let service = service().await;
    let mut someone = None;
    for operator in service.list("/Operator").await {
        let id = operator["OperatorGuid"].as_str().expect("an id").to_owned();
        if schedule(&service, &id).await.is_empty() && operator["IsAccountAdministrator"] != true {
            someone = Some((id, operator["FullName"].as_str().expect("a name").to_owned()));
        }
    }
    let (id, name) = someone.expect("somebody without a schedule");
    let session = Session::with_keychain();
    in_window(&format!("off-duty-{theme}"), &session, async |window| {
        let mut looks = Looks::new(theme);
        connect(window, &service).await;
        choose_theme(window, theme).await;
        open_operator(window, &name).await;
        window.click("button", "Add a time without alerts").await;
        window.choose("How often", "Every week").await;
        window.choose("Day of the week", "Friday").await;
        set(window, "From", "18:00").await;
        set(window, "Until", "08:00").await;
        window.see("Every Friday").await;
        window.see("the next day").await;
        looks.at(window, "off-duty-form").await;
        window.click("button", "Continue…").await;
        window.find("button", "Apply now").await;
        looks.at(window, "off-duty-plan").await;
        apply(window).await;
        assert_eq!(schedule(&service, &id).await[0]["WeekDay"], "Friday");

        window.click("button", "Change: Every Friday*").await;
        window.choose("How often", "Once").await;
        set(window, "First day", "2030-12-24").await;
        set(window, "Last day", "2030-12-20").await;
        window.click("button", "Continue…").await;
        window.see("It ends before it begins.").await;
        set(window, "Last day", "2031-01-02").await;
        window.click("button", "Continue…").await;
        window.see("Once, from").await;
        apply(window).await;
        assert_eq!(schedule(&service, &id).await[0]["StartDateTime"], "2030-12-24T18:00:00");
        looks.at(window, "operator-duty").await;
        window.click("button", "Remove: Once*").await;
        apply(window).await;
        assert_eq!(schedule(&service, &id).await, Vec::<Value>::new());

        // Several at once, from the screen of who is on duty.
        window.click("link", "On duty").await;
        window.click("button", "Time without alerts for several people").await;
        pick_first(window).await;
        looks.at(window, "off-duty-pick").await;
        window.click("button", "Continue with 1…").await;
        set(window, "First day", "2030-12-24").await;
        set(window, "Last day", "2031-01-02").await;
        window.click("button", "Continue…").await;
        window.resize(900, 600).await;
        looks.at(window, "off-duty-several-small").await;
        apply(window).await;
        let group = filled_group(&service).await;
        window.choose("Group", &group.1).await;
        window.find("button", "Alerts off for all").await;
        looks.at(window, "duty-group-small").await;
        window.resize(1280, 800).await;
        window.click("button", "Time without alerts for this group").await;
        window.choose("How often", "Every day").await;
        set(window, "From", "12:00").await;
        set(window, "Until", "13:00").await;
        window.click("button", "Continue…").await;
        window.see("Who joins later is not touched.").await;
        looks.at(window, "off-duty-group").await;
        apply(window).await;
        for member in service.list(&format!("/OperatorGroup/{}/Member", group.0)).await {
            let own = schedule(&service, member["OperatorGuid"].as_str().expect("an id")).await;
            assert!(own.iter().any(|entry| entry["StartTime"] == "12:00"), "{own:?}");
        }
        window.click("button", "Alerts off for all").await;
        window.find("button", "Apply now").await;
        looks.at(window, "duty-group-off").await;
        window.click("button", "Cancel").await;
        looks.assert_clean();
    })
    .await;
}

/// A team with members: its id and name.
async fn filled_group(service: &UptrendsService) -> (String, String) {
    for group in service.list("/OperatorGroup").await {
        let id = group["OperatorGroupGuid"].as_str().expect("an id").to_owned();
        let special = group["IsEveryone"] == true || group["IsAdministratorsGroup"] == true;
        if !special && !service.list(&format!("/OperatorGroup/{id}/Member")).await.is_empty() {
            return (id, group["Description"].as_str().expect("a name").to_owned());
        }
    }
    panic!("no group has members")
}

#[tokio::test]
async fn rights_are_given_where_they_can_be_and_named_where_they_come_from_in_the_light_theme() {
    rights("Light").await;
}

#[tokio::test]
async fn rights_are_given_where_they_can_be_and_named_where_they_come_from_in_the_dark_theme() {
    rights("Dark").await;
}

async fn rights(theme: &str) {
    let service = service().await;
    let operator = service.list("/Operator").await.pop().expect("an operator");
    let id = operator["OperatorGuid"].as_str().expect("an id").to_owned();
    let name = operator["FullName"].as_str().expect("a name").to_owned();
    let session = Session::with_keychain();
    in_window(&format!("rights-{theme}"), &session, async |window| {
        let mut looks = Looks::new(theme);
        connect(window, &service).await;
        choose_theme(window, theme).await;
        open_operator(window, &name).await;
        window.click("button", "Give a right in the account").await;
        window.choose("Right", "Manage monitor templates").await;
        looks.at(window, "right-account").await;
        window.click("button", "Continue…").await;
        apply(window).await;
        let rights = service.list(&format!("/Operator/{id}/Authorization")).await;
        assert!(rights.contains(&json!("ManageMonitorTemplates")), "{rights:?}");
        window.find("button", "Take away: Manage monitor templates").await;
        looks.at(window, "operator-rights").await;

        // Full rights come with a group, and ask.
        window.click("button", "Make administrator").await;
        window.see("Whoever joins this group may do everything").await;
        looks.at(window, "right-administrator").await;
        window.click("button", "Cancel").await;
        window.click("button", "Take away: Manage monitor templates").await;
        apply(window).await;
        let rights = service.list(&format!("/Operator/{id}/Authorization")).await;
        assert!(!rights.contains(&json!("ManageMonitorTemplates")), "{rights:?}");

        // From a monitor, to a group.
        window.click("link", "Resources").await;
        window.find("heading", "Resources").await;
        window.find("gridcell", "Monitor").await;
        window.open_first_row().await;
        window.click("button", "Give a group a right").await;
        pick_first(window).await;
        window.click("button", "Continue…").await;
        window.find("dialog", "What*").await;
        window.choose("Right", "Edit").await;
        looks.at(window, "right-monitor").await;
        window.click("button", "Continue…").await;
        window.find("button", "Apply now").await;
        looks.at(window, "right-monitor-plan").await;
        apply(window).await;
        window.find("heading", "Given on this very resource").await;
        looks.at(window, "resource-given").await;
        window.resize(900, 600).await;
        looks.at(window, "resource-given-small").await;
        let given = "return document.querySelector('[data-testid=given] a[href*=group]') ?
            (document.querySelector('[data-testid=given] a[href*=group]').click(), true) : null";
        window.wait("a group that was given a right", given).await;
        window.find("heading", "Rights of the group in the whole account").await;
        window.resize(1280, 800).await;
        looks.at(window, "group-rights").await;
        looks.assert_clean();
    })
    .await;
}
