//! Pasted tables and files: shown as a difference, taken like a sync, and nobody goes unless the person says that this is all.

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, RunKind, RunState};

use crate::{Fixture, at, give, invite, isocarto};

pub const MEMBERS: &str = "Nom\tE-mail\tRôle\tDate d'inscription\tActions
Olivia Martin\tolivia@atelier.fr\tPropriétaire\t27 mai 2025, 19:57\t-
Zoé Blanc\tzoe@atelier.fr\tMembre\t2 déc. 2025, 15:11\tChanger le rôle Supprimer
Marc Noir\tmarc@atelier.fr\tAdministrateur\t3 déc. 2025, 9:00\tChanger le rôle Supprimer
Affichage de 1 à 3 sur 3
";

impl Fixture {
    /// Pastes a text beside what was pasted before.
    pub async fn paste(&self, import_id: Option<u32>, text: &str) -> RosterImportView {
        let request =
            PreviewRosterImportRequest { account_id: self.account, import_id, text: text.to_owned() };
        self.test.hub.preview_roster_import(request).await.unwrap()
    }

    /// All rows of which this becomes.
    pub async fn rows(&self, import: &RosterImportView, state: Option<RosterRowState>) -> Vec<RosterRowView> {
        let request =
            RosterImportRowsRequest { import_id: import.import_id, list: None, state, offset: 0, limit: 500 };
        self.test.hub.query_roster_rows(request).await.unwrap().rows
    }

    /// Takes an import and insists that the run went well.
    pub async fn take(&self, import: &RosterImportView, all: bool) -> RunView {
        let request = TakeRosterImportRequest {
            import_id: import.import_id,
            all_members: all,
            all_invitations: all,
            former_owner_role: None,
        };
        let started = self.test.hub.take_roster_import(request).await.unwrap();
        self.settled(started.run_id).await;
        self.test.run(started.run_id).await.run
    }
}

fn counts(counts: &RosterImportCounts) -> [u32; 6] {
    [counts.joined, counts.changed, counts.same, counts.duplicate, counts.malformed, counts.gone]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_table_is_a_difference_before_it_is_a_run_like_any_other() {
    let fixture = Fixture::new().await;
    let import = fixture.paste(None, MEMBERS).await;
    assert_eq!(counts(&import.members), [2, 1, 0, 0, 0, 0]);
    assert_eq!((import.members.stated, import.looks_complete), (Some(3), true));
    let changed = fixture.rows(&import, Some(RosterRowState::Changed)).await;
    assert_eq!(changed[0].email, "olivia@atelier.fr");
    assert_eq!(changed[0].differences[0].column, RosterColumn::Date);
    assert_eq!(fixture.view().await.counts.members, 1, "nothing was taken yet");
    let run = fixture.take(&import, false).await;
    assert_eq!(
        (run.kind, run.state, run.counts.users_added, run.counts.users_changed),
        (RunKind::Sync, RunState::Succeeded, 2, 1)
    );
    let view = fixture.view().await;
    assert_eq!(
        (view.counts.members, view.counts.administrators, view.cost.unwrap().now.per_month),
        (3, 2, Some(46_000))
    );
    let marc = fixture.member("marc@atelier.fr").await;
    assert_eq!(fixture.roles(&marc).await, ["Administrator"]);
    let history = fixture.test.history(fixture.account, run.id).await;
    assert!(history.iter().any(|line| line.name == "Marc Noir"), "{history:?}");
    // The same once more changes nothing.
    let again = fixture.paste(None, MEMBERS).await;
    assert_eq!(counts(&again.members), [0, 0, 3, 0, 0, 0]);
    let run = fixture.take(&again, true).await;
    assert_eq!((run.counts.users_added, run.counts.users_changed, run.counts.users_removed), (0, 0, 0));
    let gone = TakeRosterImportRequest {
        import_id: again.import_id,
        all_members: true,
        all_invitations: true,
        former_owner_role: None,
    };
    assert_eq!(fixture.test.hub.take_roster_import(gone).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_no_row_goes_only_when_the_person_says_that_this_is_all() {
    let fixture = Fixture::new().await;
    let all = fixture.paste(None, MEMBERS).await;
    fixture.take(&all, false).await;
    let fewer =
        "Nom;E-mail;Rôle\nOlivia Martin;olivia@atelier.fr;Propriétaire\nMarc Noir;marc@atelier.fr;Membre\n";
    let import = fixture.paste(None, fewer).await;
    assert_eq!(counts(&import.members), [0, 1, 1, 0, 0, 1]);
    let gone = fixture.rows(&import, Some(RosterRowState::Gone)).await;
    assert_eq!((gone.len(), gone[0].email.as_str(), gone[0].line), (1, "zoe@atelier.fr", None));
    fixture.take(&import, false).await;
    assert_eq!(fixture.view().await.counts.members, 3);
    let import = fixture.paste(None, fewer).await;
    let run = fixture.take(&import, true).await;
    assert_eq!((run.counts.users_removed, fixture.view().await.counts.members), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paste_that_would_empty_the_organisation_asks_first() {
    let fixture = Fixture::new().await;
    let mut text = "name,email,role\n".to_owned();
    for number in 0..20 {
        text.push_str(&format!("Name {number},n{number}@atelier.fr,Member\n"));
    }
    let import = fixture.paste(None, &text).await;
    fixture.take(&import, false).await;
    let import = fixture.paste(None, "name,email,role\nOlivia Martin,olivia@atelier.fr,Owner\n").await;
    let request = TakeRosterImportRequest {
        import_id: import.import_id,
        all_members: true,
        all_invitations: true,
        former_owner_role: None,
    };
    let run_id = fixture.test.hub.take_roster_import(request).await.unwrap().run_id;
    fixture.test.hub.run_ended(fixture.account).await;
    assert_eq!(fixture.test.run(run_id).await.run.state, RunState::AwaitingReview);
    assert_eq!(fixture.view().await.counts.members, 21, "nobody has gone");
    let decision = ResolveGuardRequest { run_id, decision: GuardDecision::Apply };
    assert_eq!(fixture.test.hub.resolve_guard(decision).await.unwrap().state, RunState::Succeeded);
    assert_eq!(fixture.view().await.counts.members, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_five_merge_by_their_address_in_any_case() {
    let fixture = Fixture::new().await;
    let page = |rows: &[&str], from: u32, to: u32| {
        let rows: Vec<String> = rows
            .iter()
            .map(|name| format!("{name}\t{name}@Atelier.fr\tMembre\t2 déc. 2025, 15:11"))
            .collect();
        format!("Nom\tE-mail\tRôle\tDate\n{}\nAffichage de {from} à {to} sur 7\n", rows.join("\n"))
    };
    let first = fixture.paste(None, &page(&["a", "b", "c", "d", "e"], 1, 5)).await;
    assert_eq!((first.sources.len(), first.looks_complete), (1, false));
    let both = fixture.paste(Some(first.import_id), &page(&["E", "f", "g"], 5, 7)).await;
    assert_eq!((both.import_id, both.sources.len()), (first.import_id, 2));
    assert_eq!(counts(&both.members), [7, 0, 0, 1, 0, 1]);
    assert!(both.looks_complete);
    let repeated = fixture.rows(&both, Some(RosterRowState::Duplicate)).await;
    assert_eq!((repeated[0].source, repeated[0].same_as_line), (Some(1), Some(6)));
    // One of the two is given up.
    let request = UpdateRosterImportRequest {
        import_id: both.import_id,
        source: 1,
        columns: None,
        list: None,
        encoding: None,
        separator: None,
        removed: true,
    };
    let one = fixture.test.hub.update_roster_import(request).await.unwrap();
    assert_eq!(counts(&one.members), [5, 0, 0, 0, 0, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn invitations_are_pasted_with_their_dates_and_members_have_accepted_theirs() {
    let fixture = Fixture::new().await;
    fixture.tick_now(invite("zoe@atelier.fr"), at("2025-11-30T08:00:00Z")).await;
    let text = format!(
        "E-mail\tStatut\tDate d'invitation\nbob@atelier.fr\tEn attente\t2 déc. 2025, 15:11\n{MEMBERS}"
    );
    let import = fixture.paste(None, &text).await;
    assert_eq!((import.sources.len(), import.invitations.joined, import.invitations.gone), (2, 1, 1));
    fixture.take(&import, false).await;
    let invitations = fixture.invitations().await;
    assert_eq!(invitations.len(), 2);
    let (bob, zoe) = (&invitations[0], &invitations[1]);
    assert_eq!(bob.expires_at.unwrap() - bob.created_at.unwrap(), 7 * 24 * 60 * 60 * 1000);
    assert_eq!((bob.status.as_str(), bob.organization_id.as_deref()), ("Pending", Some("organization")));
    assert_eq!((zoe.state, zoe.accepted_user_id.is_some()), (InvitationState::Accepted, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_columns_are_can_be_corrected_and_is_remembered() {
    let fixture = Fixture::new().await;
    let text = "Qui;Contact;Statut\nZoé;zoe@atelier.fr;Membre\n";
    let import = fixture.paste(None, text).await;
    let columns: Vec<_> = import.sources[0].columns.iter().map(|column| column.column).collect();
    assert_eq!(columns[1], RosterColumn::Email, "told from what stands in it");
    let chosen = vec![RosterColumn::Name, RosterColumn::Email, RosterColumn::Role];
    let request = UpdateRosterImportRequest {
        import_id: import.import_id,
        source: 0,
        columns: Some(chosen.clone()),
        list: Some(RosterList::Members),
        encoding: None,
        separator: None,
        removed: false,
    };
    let corrected = fixture.test.hub.update_roster_import(request).await.unwrap();
    assert_eq!(corrected.members.joined, 1);
    let again = fixture.paste(None, text).await;
    let columns: Vec<_> = again.sources[0].columns.iter().map(|column| column.column).collect();
    assert_eq!(columns, chosen);
    // Another organisation has its own memory.
    let other = fixture.test.hub.create_roster(isocarto("Other")).await.unwrap().id;
    let request = PreviewRosterImportRequest { account_id: other, import_id: None, text: text.to_owned() };
    let elsewhere = fixture.test.hub.preview_roster_import(request).await.unwrap();
    assert_ne!(elsewhere.sources[0].columns[2].column, RosterColumn::Role);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spreadsheet_is_read_as_well() {
    let fixture = Fixture::new().await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["Naam", "E-mail", "Rol", "Toegevoegd op"].iter().enumerate() {
        sheet.write_string(0, column as u16, *heading).unwrap();
    }
    sheet.write_string(1, 0, "Zoë Blanc").unwrap();
    sheet.write_string(1, 1, "zoe@atelier.nl").unwrap();
    sheet.write_string(1, 2, "Beheerder").unwrap();
    sheet.write_number(1, 3, 45_993.5).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let import = fixture
        .test
        .hub
        .import_roster_bytes(fixture.account, None, "leden.xlsx".to_owned(), bytes)
        .await
        .unwrap();
    assert_eq!((import.sources[0].problem.clone(), import.members.joined), (None, 1));
    let row = &fixture.rows(&import, Some(RosterRowState::Joined)).await[0];
    assert_eq!((row.role.as_deref(), row.line), (Some("Administrator"), Some(2)));
    assert!(row.date.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_ticked_meanwhile_is_not_undone_by_an_older_preview() {
    let fixture = Fixture::new().await;
    let import = fixture.paste(None, "name,email\nZoé Blanc,zoe@atelier.fr\n").await;
    let zoe = fixture.joined("Zoé Blanc", "zoe@atelier.fr").await;
    fixture.tick_now(give("administrator", &zoe), fixture.some_time()).await;
    fixture.take(&import, false).await;
    assert_eq!(fixture.roles(&zoe).await, ["Administrator"]);
    assert_eq!(fixture.view().await.counts.members, 2, "nobody is there twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_organisation_kept_by_hand_takes_a_paste() {
    let fixture = Fixture::new().await;
    let request =
        PreviewRosterImportRequest { account_id: AccountId(99), import_id: None, text: MEMBERS.to_owned() };
    assert_eq!(fixture.test.hub.preview_roster_import(request).await.unwrap_err().code, ErrorCode::NotFound);
    let gone = fixture.paste(None, MEMBERS).await;
    let found =
        fixture.test.hub.discard_roster_import(RosterImportRequest { import_id: gone.import_id }).await;
    assert!(found.unwrap().found);
    let beside = PreviewRosterImportRequest {
        account_id: fixture.account,
        import_id: Some(gone.import_id),
        text: String::new(),
    };
    assert_eq!(fixture.test.hub.preview_roster_import(beside).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_owner_in_a_paste_without_the_former_one_is_warned_about_and_settled_by_what_the_person_says() {
    let fixture = Fixture::new().await;
    let first = "name,email,role\nOlivia Martin,olivia@atelier.fr,Owner\nZoe Blanc,zoe@atelier.fr,Member\n";
    let import = fixture.paste(None, first).await;
    assert_eq!(import.passing, None, "nothing passes to who is the owner already");
    fixture.take(&import, false).await;
    let (olivia, zoe) = (fixture.member("olivia@atelier.fr").await, fixture.member("zoe@atelier.fr").await);

    let some = "name,email,role\nZoe Blanc,zoe@atelier.fr,Owner\n";
    let import = fixture.paste(None, some).await;
    let passing = import.passing.clone().expect("a warning");
    assert_eq!((&*passing.owner, &*passing.former.display_name), ("Zoe Blanc", "Olivia Martin"));
    assert!(passing.in_no_row);
    let whole = format!("{some}Olivia Martin,olivia@atelier.fr,Member\n");
    let both = fixture.paste(None, &whole).await;
    assert_eq!(both.passing, None, "a row says what the former one is");

    let import = fixture.paste(None, some).await;
    let take = |role: &str| TakeRosterImportRequest {
        import_id: import.import_id,
        all_members: false,
        all_invitations: false,
        former_owner_role: Some(role.to_owned()),
    };
    let wrong = fixture.test.hub.take_roster_import(take("owner")).await.unwrap_err();
    assert_eq!(wrong.field.as_deref(), Some("formerOwnerRole"));
    fixture.test.hub.take_roster_import(take("administrator")).await.unwrap();
    fixture.test.hub.run_ended(fixture.account).await;
    let roles = (fixture.roles(&zoe).await, fixture.roles(&olivia).await);
    assert_eq!(roles, (vec!["Owner".to_owned()], vec!["Administrator".to_owned()]));
}
