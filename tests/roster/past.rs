//! What was is told by the days that the person said, and a file that was exported is read back as it was.

use rollcall_core::api::*;

use crate::imports::MEMBERS;
use crate::{Fixture, give};

impl Fixture {
    /// Names as they were at that moment.
    async fn names_at(&self, moment: i64) -> Vec<String> {
        let request = PastUserQueryRequest {
            account_id: Some(self.account),
            moment: PastMoment::At { at: moment },
            text: String::new(),
            sort: UserSort { column: UserColumn::DisplayName, descending: false },
            offset: 0,
            limit: 100,
        };
        let page = self.test.hub.query_past_users(request).await.unwrap();
        page.rows.into_iter().map(|row| row.row.display_name).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tick_for_an_earlier_day_makes_no_later_change_older() {
    let fixture = Fixture::new().await;
    let now = rollcall_core::clock::now().as_millis();
    let day = 24 * 60 * 60 * 1000;
    // Pasted today.
    let import = fixture.paste(None, MEMBERS).await;
    fixture.take(&import, false).await;
    // Noted today, done long ago.
    let zoe = fixture.member("zoe@atelier.fr").await;
    fixture.tick_now(give("administrator", &zoe), now - 30 * day).await;
    // What was pasted today was not known ten days ago, whatever else is said to have happened before.
    assert_eq!(fixture.names_at(now - 10 * day).await, [crate::OWNER]);
    assert_eq!(fixture.names_at(now + day).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_exported_is_read_back_as_it_was() {
    let fixture = Fixture::new().await;
    let text = format!(
        "E-mail\tStatut\tDate d'invitation\nbob@atelier.fr\tEn attente\t2 déc. 2025, 15:11\n{MEMBERS}"
    );
    let import = fixture.paste(None, &text).await;
    fixture.take(&import, false).await;
    let column = |id: &str, heading: &str| ExportColumn {
        id: id.to_owned(),
        heading: heading.to_owned(),
        words: std::collections::BTreeMap::new(),
    };
    let members = ListRequest::Members(GroupRequest {
        account_id: fixture.account,
        remote_id: crate::ORGANIZATION.to_owned(),
        offset: 0,
        limit: 0,
    });
    let invitations = ListRequest::Invitations(InvitationQueryRequest {
        account_id: Some(fixture.account),
        text: String::new(),
        state: None,
        sort: InvitationColumn::Invitee,
        descending: false,
        offset: 0,
        limit: 0,
    });
    let mut texts = Vec::new();
    for (list, columns) in [
        (
            members,
            vec![
                column("displayName", "name"),
                column("email", "email"),
                column("roles", "role"),
                column("addedAt", "registered_at"),
            ],
        ),
        (
            invitations,
            vec![column("invitee", "email"), column("state", "status"), column("createdAt", "invited_at")],
        ),
    ] {
        let path = fixture.folder.path().join("exported.csv");
        *fixture.test.desktop.chooses.lock().unwrap() = Some(path.clone());
        let request = ExportListRequest {
            export: 1,
            list,
            selection: None,
            columns,
            format: ExportFormat::Csv,
            title: "Export".to_owned(),
            name: "members".to_owned(),
        };
        fixture.test.hub.export_list(request).await.unwrap();
        texts.push(std::fs::read_to_string(path).unwrap());
    }
    let first = fixture.paste(None, &texts[0]).await;
    let both = fixture.paste(Some(first.import_id), &texts[1]).await;
    let numbers = |counts: &RosterImportCounts| (counts.rows, counts.same, counts.gone);
    assert_eq!((numbers(&both.members), numbers(&both.invitations)), ((3, 3, 0), (1, 1, 0)), "{texts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_of_a_review_has_everybody_with_what_they_cost() {
    let fixture = Fixture::new().await;
    let import = fixture.paste(None, MEMBERS).await;
    fixture.take(&import, false).await;
    let sheet =
        fixture.test.hub.get_review_sheet(AccountRequest { account_id: fixture.account }).await.unwrap();
    let lines: Vec<_> =
        sheet.lines.iter().map(|line| (line.name.as_str(), line.per_month, line.roles[0].as_str())).collect();
    assert_eq!(
        lines,
        [
            (crate::OWNER, Some(0), "Owner"),
            ("Marc Noir", Some(5_000), "Administrator"),
            ("Zoé Blanc", Some(5_000), "Member")
        ]
    );
    assert!(sheet.lines.iter().all(|line| line.since.is_some()));
}
