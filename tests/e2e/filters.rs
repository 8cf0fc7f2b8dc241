//! A filter typed, completed, clicked together and kept, and the palette, against a real service.

use rollcall_sandbox::{Kind, Tenant};
use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Key, in_window, wait_for};
use serde_json::json;

use crate::steps::{TOKEN, connect, service, sync_again};

/// Ids of the suspended and of everybody else, as the service has them.
async fn people(tenant: &Tenant) -> (Vec<String>, Vec<String>) {
    let (mut suspended, mut others) = (Vec::new(), Vec::new());
    for id in tenant.ids(Kind::User).await.expect("ids") {
        let user = tenant.find(Kind::User, &id).await.expect("a record").expect("somebody");
        if user["active"] == json!(false) { suspended.push(id) } else { others.push(id) }
    }
    (suspended, others)
}

#[tokio::test]
async fn a_filter_is_completed_corrected_and_kept_and_says_who_is_new_after_a_sync() {
    let (_sandbox, tenant) = service(120, TOKEN).await;
    let (suspended, others) = people(&tenant).await;
    let of_all = format!("{} of 120", suspended.len());
    let session = Session::with_keychain();
    in_window("filters", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        window.chord(&[Key::Control], 'f').await;
        window.type_text("statu").await;
        window.find("option", "status:*").await;
        window.press(&[Key::Down, Key::Enter]).await;
        window.find("option", "suspended*").await;
        window.press(&[Key::Down, Key::Down, Key::Enter]).await;
        window.find("status", &of_all).await;
        assert_eq!(window.value("Search users").await, "status:suspended ");
        window.screenshot("filter").await;

        window.type_text("\"emi").await;
        window.see("This quotation mark is never closed").await;
        window.find("status", &of_all).await;
        window.screenshot("filter-mistake").await;
        window.press(&[Key::Escape]).await;
        window.find("status", "120 users").await;

        window.click("checkbox", "Suspended*").await;
        window.find("status", &of_all).await;
        assert_eq!(window.value("Search users").await, "status:suspended");
        window.click("button", "Keep this filter").await;
        window.fill("Name of the filter", "On leave").await;
        window.press(&[Key::Enter]).await;
        window.find("button", &format!("On leave {}", suspended.len())).await;

        let suspend = json!([{"op": "replace", "path": "active", "value": false}]);
        tenant.patch(Kind::User, &others[0], suspend).await.expect("a suspended user");
        sync_again(window).await;
        window.click("button", &format!("On leave {} 1 new", suspended.len() + 1)).await;
        window.find("button", &format!("On leave {}", suspended.len() + 1)).await;
    })
    .await;
}

#[tokio::test]
async fn the_palette_opens_a_person_from_anywhere() {
    let (_sandbox, tenant) = service(120, TOKEN).await;
    let (_, others) = people(&tenant).await;
    let somebody = tenant.find(Kind::User, &others[0]).await.expect("a record").expect("somebody");
    let name = somebody["displayName"].as_str().expect("a name").to_owned();
    let session = Session::with_keychain();
    in_window("palette", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        window.click("link", "Settings").await;
        window.chord(&[Key::Control], 'k').await;
        window.type_text(&name).await;
        window.find("option", &format!("{name}*")).await;
        window.screenshot("palette").await;
        window.press(&[Key::Enter]).await;
        window.find("heading", &name).await;
        window.chord(&[Key::Control], 'k').await;
        wait_for("what was opened lately", async || {
            let options = window.now("option", &format!("{name}*")).await;
            (options.len() == 1).then_some(())
        })
        .await;
        window.press(&[Key::Escape]).await;
        window.gone("option", &format!("{name}*")).await;
    })
    .await;
}
