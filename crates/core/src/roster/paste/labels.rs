//! Words of tables in English, French and Dutch: headings, states of invitations, and what only fills the page. Folded,
//! letters and digits only. Pure.

use super::super::rules;
use crate::api::RosterColumn;
use crate::model::fold;

/// Folded, without anything but letters and digits.
pub fn plain(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

const HEADINGS: [(RosterColumn, &[&str]); 7] = [
    (
        RosterColumn::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "courriel",
            "adresseemail",
            "adressemail",
            "adresseelectronique",
            "emailadres",
            "mailadres",
            "eadres",
            "primaryemail",
            "adresse",
            "invitee",
            "adressee",
            "invite",
        ],
    ),
    (RosterColumn::GivenName, &["givenname", "firstname", "prenom", "voornaam"]),
    (
        RosterColumn::FamilyName,
        &["familyname", "lastname", "surname", "nomdefamille", "achternaam", "familienaam"],
    ),
    (
        RosterColumn::Name,
        &[
            "name",
            "displayname",
            "fullname",
            "nom",
            "nomcomplet",
            "nometprenom",
            "nomprenom",
            "prenomnom",
            "prenometnom",
            "naam",
            "volledigenaam",
            "member",
            "membre",
            "lid",
            "user",
            "utilisateur",
            "gebruiker",
            "username",
        ],
    ),
    (RosterColumn::Role, &["role", "roles", "rol", "rollen", "rolename", "fonction", "functie"]),
    (RosterColumn::Status, &["status", "statut", "state", "etat", "toestand"]),
    (
        RosterColumn::Date,
        &[
            "registeredat",
            "registered",
            "createdat",
            "created",
            "added",
            "addedat",
            "dateadded",
            "date",
            "since",
            "membersince",
            "joined",
            "joinedat",
            "invitedat",
            "invited",
            "sent",
            "sentat",
            "dateinscription",
            "datedinscription",
            "dateajout",
            "datedajout",
            "ajoutele",
            "inscritle",
            "depuis",
            "membredepuis",
            "dateinvitation",
            "datedinvitation",
            "inviteele",
            "envoyeele",
            "dateenvoi",
            "datedenvoi",
            "cree",
            "creele",
            "toegevoegd",
            "toegevoegdop",
            "datumtoegevoegd",
            "datum",
            "sinds",
            "lidsinds",
            "uitgenodigdop",
            "uitnodigingsdatum",
            "verzonden",
            "verzondenop",
            "registratiedatum",
            "aangemaakt",
            "aangemaaktop",
        ],
    ),
];

/// What a column with this heading is; `None` for one that says nothing.
pub fn column(heading: &str) -> Option<RosterColumn> {
    let plain = plain(heading);
    HEADINGS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(column, _)| *column)
}

/// Whether a heading says what the others need no word for: buttons of a row.
pub fn is_actions(heading: &str) -> bool {
    matches!(plain(heading).as_str(), "action" | "actions" | "acties" | "actie")
}

const STATES: [(&str, &[&str]); 4] = [
    (
        rules::PENDING,
        &[
            "pending",
            "enattente",
            "waiting",
            "inafwachting",
            "inbehandeling",
            "openstaand",
            "wachtend",
            "open",
            "envoyee",
            "envoye",
            "sent",
            "verzonden",
            "invited",
            "uitgenodigd",
        ],
    ),
    (
        rules::ACCEPTED,
        &[
            "accepted",
            "acceptee",
            "accepte",
            "aanvaard",
            "geaccepteerd",
            "joined",
            "active",
            "actif",
            "actief",
        ],
    ),
    (rules::EXPIRED, &["expired", "expiree", "expire", "verlopen", "vervallen"]),
    (
        rules::REVOKED,
        &[
            "revoked",
            "revoquee",
            "revoque",
            "annulee",
            "annule",
            "cancelled",
            "canceled",
            "ingetrokken",
            "geannuleerd",
        ],
    ),
];

/// The state of an invitation that `text` names.
pub fn status(text: &str) -> Option<&'static str> {
    let plain = plain(text);
    STATES.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(status, _)| *status)
}

const FILLING: [&str; 34] = [
    "changerlerole",
    "changerderole",
    "modifierlerole",
    "supprimer",
    "renvoyer",
    "annuler",
    "inviter",
    "envoyerlinvitation",
    "precedent",
    "suivant",
    "utilisateurs",
    "membres",
    "changerole",
    "remove",
    "delete",
    "resend",
    "cancel",
    "revoke",
    "invite",
    "sendinvitation",
    "previous",
    "next",
    "members",
    "users",
    "rolwijzigen",
    "verwijderen",
    "opnieuwverzenden",
    "annuleren",
    "intrekken",
    "uitnodigen",
    "vorige",
    "volgende",
    "leden",
    "gebruikers",
];

/// What only fills the page: names of buttons, dashes, initials in a circle, numbers of pages.
pub fn is_filling(text: &str) -> bool {
    let plain = plain(text);
    plain.chars().count() <= 2
        || FILLING.contains(&plain.as_str())
        || plain.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many there are in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// In the title above a table: `2 membres dans l’organisation`, `1 invitation en attente`.
    Above(u32),
    /// Below a table: `Affichage de 1 à 5 sur 12`, `Showing 1 to 5 of 12`, `5 van 12`.
    Below(u32),
}

impl Stated {
    /// The number.
    pub const fn number(self) -> u32 {
        let (Self::Above(number) | Self::Below(number)) = self;
        number
    }
}

/// How many there are in all, where `text` says so.
pub fn stated(text: &str) -> Option<Stated> {
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > 14 {
        return None;
    }
    const OF: [&str; 4] = ["sur", "of", "van", "op"];
    let number = |word: &&str| word.parse::<u32>().ok();
    let of = words.windows(2).find_map(|pair| match pair {
        [of, total] if OF.contains(of) => number(total),
        _ => None,
    });
    if let Some(of) = of {
        // A range stands before it: `1 à 5 sur 12`, and `rôle sur 2 cartes` is none.
        let before =
            words.iter().take_while(|word| !OF.contains(*word)).filter(|word| number(word).is_some());
        return (before.count() >= 1 || words.len() <= 4).then_some(Stated::Below(of));
    }
    const THINGS: [&str; 12] = [
        "membre",
        "membres",
        "member",
        "members",
        "lid",
        "leden",
        "invitation",
        "invitations",
        "uitnodiging",
        "uitnodigingen",
        "utilisateurs",
        "users",
    ];
    match words.as_slice() {
        [count, thing, ..] if THINGS.contains(thing) => number(count).map(Stated::Above),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_states_are_known_in_three_languages() {
        for (text, expected) in [
            ("Nom", Some(RosterColumn::Name)),
            ("Prénom", Some(RosterColumn::GivenName)),
            ("Adresse e-mail", Some(RosterColumn::Email)),
            ("E-mail", Some(RosterColumn::Email)),
            ("Rôle", Some(RosterColumn::Role)),
            ("registered_at", Some(RosterColumn::Date)),
            ("Date d’inscription", Some(RosterColumn::Date)),
            ("Statut", Some(RosterColumn::Status)),
            ("Uitgenodigd op", Some(RosterColumn::Date)),
            ("Actions", None),
            ("", None),
        ] {
            assert_eq!(column(text), expected, "{text}");
        }
        for (text, expected) in [
            ("En attente", Some(rules::PENDING)),
            ("Verlopen", Some(rules::EXPIRED)),
            ("Annulée", Some(rules::REVOKED)),
            ("Accepté(e)", Some(rules::ACCEPTED)),
            ("Acceptée", Some(rules::ACCEPTED)),
            ("Propriétaire", None),
        ] {
            assert_eq!(status(text), expected, "{text}");
        }
    }

    #[test]
    fn the_total_is_found_where_the_page_says_it() {
        for (text, expected) in [
            ("Affichage de 1 à 5 sur 12", Some(12)),
            ("Affichage de 1 à 5 sur 12 membres", Some(12)),
            ("Showing 1 to 5 of 12", Some(12)),
            ("1-5 van 12", Some(12)),
            ("sur 7 membres", Some(7)),
            ("2 membres dans l'organisation", Some(2)),
            ("1 invitation en attente", Some(1)),
            ("zoe@atelier.fr", None),
            ("27 mai 2025, 19:57", None),
            ("Responsable sur site", None),
        ] {
            assert_eq!(stated(text).map(Stated::number), expected, "{text}");
        }
    }
}
