//! API users that the service does not list: imported from a file or the standard input, listed with their date, taken off.

use rollcall_sandbox::{ApiUserSupport, UptrendsLoad, UptrendsQuirks};
use rollcall_tests::ctl::Ctl;
use rollcall_tests::uptrends::{PASSWORD, USER_NAME, UptrendsService};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_looked_at_kept_replaced_and_shown_among_the_tokens() {
    let quirks = UptrendsQuirks { api_users: ApiUserSupport::Forbidden, ..UptrendsQuirks::default() };
    let service = UptrendsService::start(UptrendsLoad::usual(12, 3, 2), quirks).await;
    let ctl = Ctl::new();
    let address = service.sandbox.base_url("acme");
    let connect = ["connect", "uptrends", "Watch", "--address", &address, "--user-name", USER_NAME];
    ctl.run_with(&connect, PASSWORD).await.well();
    let list = "Operator;User name;Created;Last used;Requests\nNobody;k1;2020-01-02;Never;0\nNobody;k2;;;\n";
    let import = ["api-users", "import", "-", "--account", "Watch"];
    let early = ctl.run_with(&[&import[..], &["--yes"]].concat(), list).await;
    assert!(early.code != 0 && early.err.contains("ynchronise"), "{}", early.err);
    ctl.run(&["sync", "Watch"]).await.well();

    let rows = ctl.run_with(&[&import[..], &["--preview", "--json"]].concat(), list).await.rows();
    assert_eq!(
        (rows.len(), &rows[0]["state"], &rows[0]["ownerState"]),
        (2, &"new".into(), &"unknown".into())
    );
    assert_eq!(ctl.run_with(&import, list).await.code, 13, "nobody agreed");
    let wrong = ctl.run_with(&[&import[..], &["--yes"]].concat(), "User name;Created\nk1;soon\n").await;
    assert!(
        wrong.code != 0 && wrong.err.contains("line 2") && wrong.err.contains("nothing was kept"),
        "{}",
        wrong.err
    );
    assert!(ctl.run(&["tokens", "--json"]).await.rows().is_empty());

    ctl.run_with(&[&import[..], &["--yes"]].concat(), list).await.well();
    let rows = ctl.run(&["tokens", "--json"]).await.rows();
    assert_eq!((rows.len(), &rows[0]["owner"]), (2, &"Nobody".into()));
    assert!(rows[0]["ownerId"].is_null(), "nobody is made up");
    assert!(rows.iter().all(|row| row["importedAt"].is_string()), "{rows:?}");
    let hub = ctl.run(&["hub", "--account", "Watch", "--json"]).await.rows();
    let figure = |name: &str| hub.iter().find(|row| row["figure"] == name).map(|row| row["value"].clone());
    assert_eq!(figure("apiUsers.imported"), Some(2.into()));
    assert_eq!(figure("apiUsers.inactive"), Some(1.into()));

    // What stands in no row goes, unless it is kept.
    let other = "User name;Operator\nk3;Nobody\n";
    ctl.run_with(&[&import[..], &["--yes", "--keep-others"]].concat(), other).await.well();
    assert_eq!(ctl.run(&["tokens", "--json"]).await.rows().len(), 3);
    let said = ctl.run_with(&[&import[..], &["--yes"]].concat(), other).await;
    assert!(said.code == 0 && said.err.contains("2 gone"), "{}", said.err);
    ctl.run(&["api-users", "remove", "k3", "--account", "Watch"]).await.well();
    assert_ne!(ctl.run(&["api-users", "remove", "k3", "--account", "Watch"]).await.code, 0);
    assert!(ctl.run(&["tokens", "--json"]).await.rows().is_empty());
}
