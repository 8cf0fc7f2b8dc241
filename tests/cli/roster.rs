//! An organisation kept by hand: made, pasted, planned, ticked and shown, without any service.

use rollcall_tests::ctl::Ctl;
use serde_json::Value;

fn figure(rows: &[Value], name: &str) -> Value {
    rows.iter().find(|row| row["figure"] == name).map(|row| row["value"].clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_is_made_pasted_ticked_and_shown() {
    let ctl = Ctl::new();
    let create = [
        "roster",
        "create",
        "Isocarto",
        "--owner-name",
        "Olivia Martin",
        "--owner-email",
        "olivia@atelier.fr",
        "--me",
        "--plan",
        "Enterprise",
        "--plan-price",
        "360",
        "--member-price",
        "50",
        "--json",
    ];
    ctl.run(&create).await.well();
    let text =
        "Nom;E-mail;Rôle\nOlivia Martin;olivia@atelier.fr;Propriétaire\nZoé Blanc;zoe@atelier.fr;Membre\n";
    let import = ["roster", "import", "-", "--account", "Isocarto"];
    assert_eq!(ctl.run_with(&import, text).await.code, 13, "nobody agreed");
    let agreed = [&import[..], &["--yes"]].concat();
    ctl.run_with(&agreed, text).await.well();
    let rows = ctl.run(&["roster", "show", "Isocarto", "--json"]).await.rows();
    assert_eq!((figure(&rows, "members"), figure(&rows, "cost.now.perMonth")), (2.into(), "410 EUR".into()));

    let invite = ["invitations", "create", "bob@atelier.fr", "--organization", "Isocarto"];
    ctl.run(&invite).await.well();
    let refused = ctl.run(&["apply", "--account", "Isocarto", "--yes"]).await;
    assert!(refused.err.contains("roster tick"), "{}", refused.err);
    let rows = ctl.run(&["roster", "show", "Isocarto", "--json"]).await.rows();
    assert_eq!(figure(&rows, "toDo"), 1);
    let tick = ["roster", "tick", "1", "--account", "Isocarto", "--on", "2025-12-02T15:11", "--yes"];
    ctl.run(&tick).await.well();
    let rows = ctl.run(&["roster", "show", "Isocarto", "--json"]).await.rows();
    assert_eq!((figure(&rows, "toDo"), figure(&rows, "invitations.expired")), (0.into(), 1.into()));
    // There is no service to read.
    assert_ne!(ctl.run(&["sync", "Isocarto"]).await.code, 0);
}
