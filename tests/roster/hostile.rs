//! Files and pastes that are wrong, huge or meant to harm: each a clear word at its place, and nothing lost.

use rollcall_core::api::*;

use crate::Fixture;

impl Fixture {
    async fn file(&self, bytes: Vec<u8>) -> RosterImportView {
        let name = "members.csv".to_owned();
        self.test.hub.import_roster_bytes(self.account, None, name, bytes).await.unwrap()
    }

    /// What is wrong with the first text.
    async fn problem(&self, bytes: &[u8]) -> Option<ImportProblem> {
        let import = self.file(bytes.to_vec()).await;
        assert_eq!(import.members.joined, 0);
        import.sources[0].problem.clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_text_of_rows_says_why() {
    let fixture = Fixture::new().await;
    let utf8 = ImportProblem::NotUtf8 { line: 2, sample: "Zoé;zoe@x.fr".to_owned() };
    for (bytes, expected) in [
        (&b""[..], ImportProblem::Empty),
        (b"  \n\n", ImportProblem::Empty),
        (b"name;email\n", ImportProblem::NoRows),
        (b"name;role\nZo;Member\nBo;Member\n", ImportProblem::NoColumns),
        (b"name;email\nZo\xe9;zoe@x.fr\n", utf8),
        (b"name;email\nZo\0e;zoe@x.fr\n", ImportProblem::NotText { line: 2 }),
        (b"PK\x03\x04 no spreadsheet", ImportProblem::Spreadsheet),
        (&[0xd0, 0xcf, 0x11, 0xe0, 1, 2][..], ImportProblem::Spreadsheet),
        (b"name;email\n\"Zoe;zoe@x.fr\nBo;bo@x.fr\n", ImportProblem::OpenQuote { line: 2 }),
        (b"\xff\xfea\0\x00\xd8", ImportProblem::NotUtf16 { line: 1 }),
    ] {
        assert_eq!(fixture.problem(bytes).await, Some(expected), "{}", String::from_utf8_lossy(bytes));
    }
    // Who knows better how its letters are written says so.
    let import = fixture.file(b"name;email\nZo\xe9;zoe@x.fr\n".to_vec()).await;
    let request = UpdateRosterImportRequest {
        import_id: import.import_id,
        source: 0,
        columns: None,
        list: None,
        encoding: Some(ImportEncoding::Windows1252),
        separator: None,
        removed: false,
    };
    let read = fixture.test.hub.update_roster_import(request).await.unwrap();
    assert_eq!((read.members.joined, read.sources[0].problem.clone()), (1, None));
    let row = &fixture.rows(&read, None).await[0];
    assert_eq!(row.name.as_deref(), Some("Zoé"));
    assert_eq!(fixture.view().await.counts.members, 1, "nothing was taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_cannot_be_say_why_and_the_others_are_read() {
    let fixture = Fixture::new().await;
    let long = "x".repeat(300);
    let text = format!(
        "name;email;role;date
Good;good@x.fr;Member;2 déc. 2025, 15:11
=HYPERLINK(\"http://evil\");evil@x.fr;Member;
Formula;=1+1;Member;
No address;;Member;
Odd;not an address;Member;
King;king@x.fr;King;
When;when@x.fr;Member;31 février 2025
{long};long@x.fr;Member;
Good again;GOOD@X.FR;Member;
Boss;boss@x.fr;Owner;
Boss two;boss2@x.fr;Owner;
'=not;guarded@x.fr;Member;
"
    );
    let import = fixture.paste(None, &text).await;
    let rows = fixture.rows(&import, None).await;
    let found: Vec<_> = rows
        .iter()
        .filter(|row| row.state != RosterRowState::Gone)
        .map(|row| (row.line.unwrap(), row.state, row.reasons.first().cloned()))
        .collect();
    use RosterRowReason::{Formula, InvalidDate, InvalidEmail, NoEmail, SecondOwner, TooLong, UnknownRole};
    use RosterRowState::{Duplicate, Joined, Malformed};
    let expected = [
        (2, Joined, None),
        (3, Malformed, Some(Formula)),
        (4, Malformed, Some(Formula)),
        (5, Malformed, Some(NoEmail)),
        (6, Malformed, Some(InvalidEmail)),
        (7, Malformed, Some(UnknownRole { name: "King".to_owned() })),
        (8, Malformed, Some(InvalidDate { text: "31 février 2025".to_owned() })),
        (9, Malformed, Some(TooLong)),
        (10, Duplicate, None),
        (11, Joined, None),
        (12, Malformed, Some(SecondOwner)),
        (13, Joined, None),
    ];
    assert_eq!(found, expected);
    fixture.take(&import, false).await;
    let people = fixture.test.people(fixture.account).await;
    let names: Vec<_> = people.values().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names.len(), 4);
    assert!(names.contains(&"=not") && names.contains(&"Good"), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_thousand_rows_are_read_and_counted() {
    let fixture = Fixture::new().await;
    let mut text = String::with_capacity(12_000_000);
    text.push_str("name,email,role,registered_at\n");
    for number in 0..200_000 {
        text.push_str(&format!("Name {number},n{number}@atelier.fr,Member,\"2 déc. 2025, 15:11\"\n"));
    }
    let begun = std::time::Instant::now();
    let import = fixture.file(text.into_bytes()).await;
    println!("200,000 rows read in {:?}", begun.elapsed());
    assert_eq!((import.members.rows, import.members.joined, import.members.malformed), (200_000, 200_000, 0));
    let request = RosterImportRowsRequest {
        import_id: import.import_id,
        list: None,
        state: None,
        offset: 199_990,
        limit: 500,
    };
    let page = fixture.test.hub.query_roster_rows(request).await.unwrap();
    assert_eq!((page.total, page.rows.len(), page.rows[9].line), (200_001, 11, Some(200_001)));
}
