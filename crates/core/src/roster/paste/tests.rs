use super::*;

fn tables(text: &str) -> Vec<Table> {
    read(text, None, &[]).unwrap()
}

/// The cells of the columns that are something.
fn cells(table: &Table) -> Vec<Vec<String>> {
    let wanted = |row: &Row| {
        let cells = row.cells.iter().zip(&table.columns);
        cells.filter(|(_, column)| **column != RosterColumn::Nothing).map(|(cell, _)| cell.clone()).collect()
    };
    table.rows.iter().map(wanted).collect()
}

const MEMBERS: &str = "Utilisateurs
2 membres dans l'organisation
Nom\tE-mail\tRôle\tDate d'inscription\tActions
Olivia Martin\tolivia@atelier.fr\tPropriétaire\t27 mai 2025, 19:57\t-
Zoé Blanc\tzoe@atelier.fr\tMembre\t2 déc. 2025, 15:11\tChanger le rôle Supprimer
Affichage de 1 à 2 sur 2
";

#[test]
fn a_table_that_was_copied_from_the_page_is_read_with_its_headings() {
    let [table] = tables(MEMBERS).try_into().unwrap();
    use RosterColumn::{Date, Email, Name, Nothing, Role};
    assert_eq!(table.columns, [Name, Email, Role, Date, Nothing]);
    assert_eq!(
        (table.list, table.stated, table.separator),
        (RosterList::Members, Some(2), Some(Separator::Tab))
    );
    let zoe = ["Zoé Blanc", "zoe@atelier.fr", "Membre", "2 déc. 2025, 15:11"];
    assert_eq!(cells(&table)[1], zoe);
    assert_eq!(table.rows[1].line, 5);
}

#[test]
fn both_tables_of_the_page_in_one_go_are_two() {
    let text = format!(
        "1 invitation en attente\nE-mail\tStatut\tDate d'invitation\tActions\nbob@atelier.fr\tEn attente\t2 déc. 2025, 15:11\tRenvoyer Annuler\n{MEMBERS}"
    );
    let [invitations, members] = tables(&text).try_into().unwrap();
    assert_eq!(
        (invitations.list, invitations.rows.len(), invitations.stated),
        (RosterList::Invitations, 1, Some(1))
    );
    assert_eq!((members.list, members.rows.len(), members.stated), (RosterList::Members, 2, Some(2)));
}

#[test]
fn pages_of_five_one_after_the_other_are_one_table() {
    let mut text = String::new();
    for page in 0..3 {
        text.push_str("Nom\tE-mail\tRôle\n");
        for row in 0..5 {
            let number = page * 5 + row;
            text.push_str(&format!("Name {number}\tn{number}@x.fr\tMembre\n"));
        }
        text.push_str(&format!(
            "Affichage de {} à {} sur 15\nPrécédent\t1\t2\t3\tSuivant\n",
            page * 5 + 1,
            page * 5 + 5
        ));
    }
    let [table] = tables(&text).try_into().unwrap();
    assert_eq!((table.rows.len(), table.stated), (15, Some(15)));
    assert_eq!(table.rows[14].line, 7 * 2 + 2 + 6);
}

#[test]
fn cells_on_lines_of_their_own_are_put_together_by_their_address() {
    let text = "2 membres dans l’organisation

OM
Olivia Martin

olivia@atelier.fr
Propriétaire
27 mai 2025, 19:57
-

ZB
Zoé Blanc
zoe@atelier.fr
Membre
2 déc. 2025, 15:11
Changer le rôle
Supprimer
Affichage de 1 à 2 sur 2
";
    let [table] = tables(text).try_into().unwrap();
    assert_eq!((table.separator, table.stated, table.list), (None, Some(2), RosterList::Members));
    let read = cells(&table);
    assert_eq!(read[0], ["Olivia Martin", "olivia@atelier.fr", "Propriétaire", "", "27 mai 2025, 19:57"]);
    assert_eq!(read[1], ["Zoé Blanc", "zoe@atelier.fr", "Membre", "", "2 déc. 2025, 15:11"]);
    let pending =
        "1 invitation en attente\nbob@atelier.fr\nEn attente\n2 déc. 2025, 15:11\nRenvoyer\nAnnuler\n";
    let [table] = tables(pending).try_into().unwrap();
    assert_eq!((table.list, cells(&table)[0][3].as_str()), (RosterList::Invitations, "En attente"));
}

#[test]
fn files_with_semicolons_commas_and_marks_are_read() {
    let csv = "name,email,role,registered_at\n\"Blanc, Zoé\",zoe@x.fr,Member,\"2 déc. 2025, 15:11\"\nBob,bob@x.fr,Owner,2 déc. 2025, 15:12\n";
    let [table] = tables(csv).try_into().unwrap();
    assert_eq!(cells(&table)[0], ["Blanc, Zoé", "zoe@x.fr", "Member", "2 déc. 2025, 15:11"]);
    assert_eq!(cells(&table)[1], ["Bob", "bob@x.fr", "Owner", "2 déc. 2025, 15:12"]);
    let [table] = tables("E-mailadres;Status;Uitgenodigd op\nzoe@x.nl;In behandeling;2 dec 2025 15:11\n")
        .try_into()
        .unwrap();
    assert_eq!((table.list, table.separator), (RosterList::Invitations, Some(Separator::Semicolon)));
    let [table] = tables("zoe@x.fr;Zoé;Membre\nbob@x.fr;Bob;Administrateur\n").try_into().unwrap();
    use RosterColumn::{Email, Nothing, Role};
    assert_eq!(table.columns, [Email, Nothing, Role], "a first row of values is no heading");
    assert_eq!(table.rows.len(), 2);
    let [table] = tables("zoe@x.fr\nbob@x.fr\n").try_into().unwrap();
    assert_eq!(cells(&table), [["zoe@x.fr"], ["bob@x.fr"]]);
}

#[test]
fn a_mark_that_is_never_closed_is_told_by_its_line() {
    let text = "name,email\nZoé,zoe@x.fr\n\"Bob,bob@x.fr\nCat,cat@x.fr\n";
    assert_eq!(read(text, None, &[]), Err(OpenQuote(3)));
}

#[test]
fn addresses_are_found_among_what_stands_around_them() {
    for (text, expected) in [
        ("zoe@x.fr", Some("zoe@x.fr")),
        ("Zoé <zoe@x.fr>", Some("zoe@x.fr")),
        ("mailto:zoe@x.fr", Some("zoe@x.fr")),
        ("zoe@x", None),
        ("@x.fr", None),
        ("a@b@c.fr", None),
        ("", None),
    ] {
        assert_eq!(address_in(text), expected, "{text}");
    }
}
