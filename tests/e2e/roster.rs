//! An organisation without an API in the real window: made from a pasted table, changed by ticks, read in again.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Window, in_window, wait_for};
use serde_json::json;

use crate::look::{Looks, choose_theme};

/// As the page of the service shows it, the first page of two.
const FIRST: &str = "Nom\tE-mail\tRôle\tDate d’inscription
Claire Fontaine\tclaire@ateliers.example\tPropriétaire\t27 mai 2025, 19:57
Hugo Petit\thugo@ateliers.example\tMembre\t2 déc. 2025, 15:11
Noémie de la Tour d’Auvergne-Vandenbroucke\tnoemie.delatour@ateliers.example\tAdministrateur\t3 juin 2025, 08:02
Affichage de 1 à 3 sur 4";

/// The second page; one address is known already, in other letters.
const SECOND: &str = "Nom\tE-mail\tRôle\tDate d’inscription
Sami Haddad\tsami@ateliers.example\tMembre\t14 janv. 2026, 10:30
Hugo Petit\tHUGO@ateliers.example\tMembre\t2 déc. 2025, 15:11
Affichage de 4 à 4 sur 4";

/// Puts text into the large box as a paste does.
/// Puts `text` into the box of a screen that reads pasted tables, and reads it.
pub async fn paste(window: &Window, text: &str) {
    wait_for("the box to paste into", async || {
        let script = "const box = document.querySelector('textarea');
            if (!box) return null;
            box.value = arguments[0];
            box.dispatchEvent(new Event('input', { bubbles: true }));
            return true";
        window.script(script, vec![json!(text)]).await
    })
    .await;
    window.click("button", "Read it").await;
}

/// From the welcome to an organisation of which nothing is known but its owner.
async fn create(window: &Window, looks: &mut Looks) {
    window.click("link", "Connect an account*").await;
    let choose = "const radio = document.querySelector('input[type=radio][value=roster]');
                  radio?.click(); return radio ? true : null";
    window.wait("the kind of service", choose).await;
    window.fill("Name", "Isocarto").await;
    window.fill("Name of the organisation*", "Ateliers du Nord").await;
    window.fill("Name of the owner*", "Claire Fontaine").await;
    window.fill("E-mail address of the owner*", "claire@ateliers.example").await;
    window.fill("Plan*", "Enterprise").await;
    // The usual price of a plan is proposed, and can be changed.
    assert_eq!(window.value("Price per month*").await, "360");
    window.fill("Price per month*", "about 360").await;
    window.click("button", "Create and paste its members").await;
    window.see("This is no amount").await;
    window.fill("Price per month*", "360").await;
    looks.at(window, "roster-connect").await;
    window.click("button", "Create and paste its members").await;
    window.find("heading", "Members of an organisation without an API").await;
}

/// Two pages of the members, merged and taken.
async fn read_in(window: &Window, looks: &mut Looks) {
    looks.at(window, "roster-paste-empty").await;
    paste(window, FIRST).await;
    window.find("button", "New 2").await;
    paste(window, SECOND).await;
    window.find("button", "New 3").await;
    window.find("button", "Twice 1").await;
    looks.at(window, "roster-paste").await;
    window.click("button", "Take *").await;
    window.find("heading", "Sync of *").await;
    window.click("link", "Hub").await;
    // The plan and three members beside the owner.
    window.see("€510").await;
    looks.at(window, "roster-hub").await;
}

/// One address invited, sent at the service, and come.
async fn invite(window: &Window, looks: &mut Looks) {
    window.click("button", "Invite…").await;
    window.find("dialog", "Invite to *").await;
    window.fill("E-mail addresses", "lea@ateliers.example").await;
    window.find("button", "Invite 1…").await;
    looks.at(window, "roster-invite").await;
    window.click("button", "Invite 1…").await;
    window.see("Envoyer l’invitation").await;
    looks.at(window, "roster-plan").await;
    window.click("button", "Add to the checklist").await;
    window.gone("dialog", "").await;
    window.click("link", "Changes*").await;
    window.find("button", "Open the page").await;
    looks.at(window, "roster-checklist").await;
    assert!(window.now("button", "Apply*").await.is_empty(), "nothing is sent there");
    window.click("button", "Done:*").await;
    window.find("dialog", "Note that it was done").await;
    looks.at(window, "roster-tick").await;
    window.click("button", "It is done").await;
    window.click("button", "Close").await;

    window.click("link", "Organisations").await;
    window.click("tab", "Invitations").await;
    window.see("lea@ateliers.example").await;
    window.click("button", "Has joined…*").await;
    window.fill("Name", "Léa Moreau").await;
    window.click("button", "Continue…").await;
    window.click("button", "It is done already").await;
    window.click("button", "Close").await;
    window.find("link", "Member*").await;
}

/// A member gets another role, another one goes; nobody does anything with the owner.
async fn change(window: &Window, looks: &mut Looks) {
    window.click("link", "Hub").await;
    window.click("link", "Members *").await;
    window.see("Léa Moreau").await;
    looks.at(window, "roster-members").await;
    let owner = window.find("button", "Remove: Claire Fontaine").await;
    assert!(!owner.is_enabled().await.expect("a button"), "nobody has an action on the owner's row");
    window.click("button", "Roles…: Léa Moreau").await;
    window.find("dialog", "Role of Léa Moreau").await;
    window.click("radio", "Administrator").await;
    window.click("button", "Continue…").await;
    window.click("button", "It is done already").await;
    window.click("button", "Close").await;

    window.click("button", "Remove: Hugo Petit").await;
    window.see("Everything that Hugo Petit made at the service is deleted with them").await;
    window.see("costs €510 a month instead of €560").await;
    looks.at(window, "roster-remove").await;
    window.fill("Type “Hugo Petit” to go on", "Hugo Petit").await;
    window.click("button", "It is done already").await;
    window.click("button", "Close").await;
    wait_for("his row to go", async || {
        window.now("button", "Remove: Hugo Petit").await.is_empty().then_some(())
    })
    .await;
}

/// The page once more: who came and went by ticks is known, and the history says when.
async fn read_again(window: &Window, looks: &mut Looks) {
    window.click("link", "Paste members…").await;
    paste(window, FIRST).await;
    // He was removed; the page still shows him, so he would be back. Léa is in no row, and stays.
    window.find("button", "New 1").await;
    window.click("button", "Pasted text 1*").await;
    window.click("button", "Leave it out").await;
    paste(window, "name;email;role\nClaire Fontaine;claire@ateliers.example;Owner\nno address;;Member").await;
    window.find("button", "Not understood 1").await;
    looks.at(window, "roster-paste-again").await;
    window.click("button", "Give it up").await;
    window.click("link", "Activity").await;
    window.click("tab", "Changes").await;
    window.see("Hugo Petit").await;
    window.see("Léa Moreau").await;
    looks.at(window, "roster-history").await;
}

/// The sheet on which a reviewer decides.
async fn review(window: &Window, looks: &mut Looks) {
    window.click("link", "Hub").await;
    window.click("link", "Review sheet").await;
    window.see("Noémie de la Tour").await;
    looks.at(window, "roster-review").await;
    window.click("button", "Print…").await;
    window.dismiss_dialog("Print").await;
}

#[tokio::test]
async fn an_organisation_without_an_api_is_made_from_a_pasted_table_and_lives_by_ticks() {
    let session = Session::with_keychain();
    in_window("roster", &session, async |window| {
        let mut looks = Looks::new("Light");
        create(window, &mut looks).await;
        read_in(window, &mut looks).await;
        invite(window, &mut looks).await;
        change(window, &mut looks).await;
        read_again(window, &mut looks).await;
        review(window, &mut looks).await;
        looks.assert_clean();
    })
    .await;
}

#[tokio::test]
async fn its_screens_hold_in_the_dark_and_in_a_small_window_and_when_there_is_nobody() {
    let session = Session::with_keychain();
    in_window("roster-looks", &session, async |window| {
        let mut looks = Looks::new("Dark");
        create(window, &mut Looks::new("Light")).await;
        choose_theme(window, "Dark").await;
        window.click("button", "Organisation…").await;
        window.find("dialog", "What is said of *").await;
        looks.at(window, "roster-settings").await;
        window.click("button", "Cancel").await;
        window.click("link", "Hub").await;
        window.see("€360").await;
        looks.at(window, "roster-hub").await;
        window.click("link", "Tokens").await;
        looks.at(window, "roster-tokens").await;
        window.click("link", "Roles").await;
        window.click("tab", "Who may what").await;
        window.see("Change a role").await;
        looks.at(window, "roster-matrix").await;
        window.resize(900, 600).await;
        looks.at(window, "roster-matrix-small").await;
        window.click("link", "Hub").await;
        window.see("€360").await;
        looks.at(window, "roster-hub-small").await;
        window.click("link", "Review sheet").await;
        window.see("Claire Fontaine").await;
        looks.at(window, "roster-review-small").await;
        looks.assert_clean();
    })
    .await;
}
