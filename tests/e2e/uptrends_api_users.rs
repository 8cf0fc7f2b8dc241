//! API users that the service does not list, in the real window: said to be hidden, imported from a paste by keyboard, shown
//! with their date, taken off the list, and replaced as soon as the service lists its own; in both themes and French.

use rollcall_sandbox::{ApiUserSupport, UptrendsLoad, UptrendsQuirks};
use rollcall_tests::keychain::Session;
use rollcall_tests::uptrends::UptrendsService;
use rollcall_tests::window::{Key, Window, in_window};

use crate::look::{Looks, choose_theme};
use crate::roster::paste;
use crate::steps::sync_again;
use crate::uptrends::connect;

#[tokio::test]
async fn a_list_of_ones_own_stands_in_for_the_services_until_it_lists_them_itself() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("uptrends-import", &session, async |window| {
        connect(window, &service).await;
        window.find("link", "Import a list of the API users of Acme").await;
        let mut looks = Looks::new("Light");
        looks.at(window, "api-users-hidden-hub").await;
        window.click("link", "API users").await;
        window.see("The service does not list the API users of Acme").await;
        looks.at(window, "api-users-hidden-list").await;
        window.click("link", "Import a list of the API users of Acme").await;
        window.find("heading", "Import API users").await;
        looks.at(window, "api-users-paste").await;
        paste(window, &list(&service).await).await;
        window.find("button", "Not understood 1").await;
        window.see("no date that is understood").await;
        looks.at(window, "api-users-import").await;
        window.resize(900, 600).await;
        looks.at(window, "api-users-import-small").await;
        window.resize(1280, 800).await;
        window.click("button", "Keep 3 changes").await;
        window.see("The list has 3 API users now.").await;
        window.see("Imported").await;
        looks.at(window, "api-users-imported").await;
        open_row(window, "a1f0c2d4e6").await;
        window.see("not in one of the service").await;
        looks.at(window, "api-user-imported").await;
        window.resize(900, 600).await;
        looks.at(window, "api-user-imported-small").await;
        window.resize(1280, 800).await;
        in_french(window, &mut looks).await;
        choose_theme(window, "Dark").await;
        let mut dark = Looks::new("Dark");
        window.click("link", "Hub").await;
        window.find("link", "API users 3").await;
        dark.at(window, "api-users-imported-hub").await;
        window.click("link", "API users").await;
        open_row(window, "a1f0c2d4e6").await;
        dark.at(window, "api-user-imported").await;
        window.click("button", "Take off the list*").await;
        window.find("status", "2 API users").await;

        service.tenant.set_uptrends_quirks(UptrendsQuirks::default());
        sync_again(window).await;
        let own = service.list("/ApiUser").await.len();
        window.find("status", &format!("{own} API users")).await;
        window.gone("link", "Import a list of the API users of Acme").await;
        window.click("link", "Activity").await;
        window.open_first_row().await;
        window.see("2 imported ones gave way to them").await;
        dark.at(window, "api-users-replaced").await;
        looks.assert_clean();
        dark.assert_clean();
    })
    .await;
}

async fn in_french(window: &Window, looks: &mut Looks) {
    window.click("link", "Settings").await;
    window.choose("Language", "Français").await;
    window.click("link", "Utilisateurs API").await;
    window.see("Importé le").await;
    looks.at(window, "api-users-imported-fr").await;
    window.click("link", "Importer une liste des utilisateurs API de Acme").await;
    window.find("heading", "Importer des utilisateurs API").await;
    looks.at(window, "api-users-paste-fr").await;
    window.click("link", "Paramètres").await;
    window.choose("Langue", "English").await;
}

async fn service() -> UptrendsService {
    let quirks = UptrendsQuirks { api_users: ApiUserSupport::Forbidden, ..UptrendsQuirks::default() };
    UptrendsService::start(UptrendsLoad::usual(20, 4, 3), quirks).await
}

/// As the overview of the web app is copied: three that can be kept, one of a date that there is not.
async fn list(service: &UptrendsService) -> String {
    let operator = service.list("/Operator").await.remove(0);
    let email = operator["Email"].as_str().expect("an address").to_owned();
    [
        "API users",
        "Operator\tUser name\tType\tCreated\tLast used\tRequests last 30 days\tDescription",
        &format!("{email}\ta1f0c2d4e6\tGeneric\t2024-01-02\t2026-11-20 10:15\t1,234\tNightly export"),
        &format!("{email}\tb7c9d1e3f5\tGrafana\t2024-01-02\t2024-02-03\t0\tWall in the office"),
        "Somebody Else\tc0ffee1234\tMobileApp\t2026-11-01\tNot yet used\t0\t",
        "Somebody Else\td4c3b2a190\tMobileApp\t31/02/2026\tUnknown\t0\t",
    ]
    .join("\n")
}

/// Opens the API user of this name beside the list.
async fn open_row(window: &Window, name: &str) {
    window.click("gridcell", &format!("{name}*")).await;
    window.press(&[Key::Enter]).await;
}
