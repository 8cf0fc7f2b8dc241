//! Words of lists of API users in English, French and Dutch: headings, and what stands for a last use. Pure.

use crate::api::ApiUserColumn;
use crate::roster::plain;

const HEADINGS: [(ApiUserColumn, &[&str]); 8] = [
    (
        ApiUserColumn::Operator,
        &[
            "operator",
            "operators",
            "operatorname",
            "operateur",
            "nomdeloperateur",
            "naamoperator",
            "operatornaam",
            "owner",
            "ownername",
            "proprietaire",
            "eigenaar",
            "name",
            "fullname",
            "nom",
            "nomcomplet",
            "naam",
            "volledigenaam",
        ],
    ),
    (
        ApiUserColumn::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "operatoremail",
            "owneremail",
            "adresseemail",
            "courriel",
            "emailadres",
            "mailadres",
        ],
    ),
    (
        ApiUserColumn::UserName,
        &[
            "username",
            "apiuser",
            "apiusername",
            "apiaccount",
            "apiaccountname",
            "login",
            "nomdutilisateur",
            "nomutilisateur",
            "utilisateur",
            "utilisateurapi",
            "identifiant",
            "gebruikersnaam",
            "apigebruiker",
            "apigebruikersnaam",
            "gebruiker",
            "user",
        ],
    ),
    (
        ApiUserColumn::Type,
        &[
            "type",
            "apitype",
            "accesstype",
            "apiaccesstype",
            "apiusertype",
            "typedacces",
            "typeacces",
            "purpose",
            "usage",
            "soort",
            "toegangstype",
            "typetoegang",
        ],
    ),
    (
        ApiUserColumn::Created,
        &[
            "created",
            "createdat",
            "createdon",
            "createddate",
            "creationdate",
            "datecreated",
            "cree",
            "creele",
            "creeele",
            "creation",
            "datedecreation",
            "datecreation",
            "aangemaakt",
            "aangemaaktop",
            "gemaaktop",
            "aanmaakdatum",
            "datumaangemaakt",
        ],
    ),
    (
        ApiUserColumn::LastUsed,
        &[
            "lastused",
            "lastuse",
            "lastusedat",
            "lastusedon",
            "lastuseddate",
            "lastuseddatetime",
            "lastaccess",
            "dernierusage",
            "derniereutilisation",
            "utilisele",
            "utilisepourladernierefois",
            "dernieracces",
            "laatstgebruikt",
            "laatstegebruik",
            "laatstgebruiktop",
            "gebruiktop",
        ],
    ),
    (
        ApiUserColumn::Requests,
        &[
            "requests",
            "requestslast30days",
            "requestsinlast30days",
            "requestsinthelast30days",
            "numberofrequests",
            "numberofrequestslast30days",
            "requestcount",
            "requests30d",
            "requests30days",
            "last30days",
            "requetes",
            "requetes30jours",
            "requetes30derniersjours",
            "requetesdes30derniersjours",
            "requetessur30jours",
            "nombrederequetes",
            "verzoeken",
            "aanvragen",
            "aanroepen",
            "verzoeken30dagen",
            "verzoekenlaatste30dagen",
            "verzoekenindelaatste30dagen",
            "aanvragenlaatste30dagen",
            "aantalverzoeken",
        ],
    ),
    (
        ApiUserColumn::Description,
        &["description", "comment", "note", "omschrijving", "beschrijving", "opmerking", "commentaire"],
    ),
];

const SECRETS: [&str; 12] = [
    "password",
    "secret",
    "apikey",
    "key",
    "token",
    "motdepasse",
    "cle",
    "cleapi",
    "jeton",
    "wachtwoord",
    "sleutel",
    "geheim",
];

/// What a column with this heading is; `None` for one that says nothing.
pub fn column(heading: &str) -> Option<ApiUserColumn> {
    let plain = plain(heading);
    HEADINGS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(column, _)| *column)
}

/// Whether a column with this heading may hold what nobody should see.
pub fn is_secret(heading: &str) -> bool {
    let plain = plain(heading);
    SECRETS.iter().any(|word| plain == *word || word.len() > 5 && plain.contains(word))
}

/// A last use in words: whether it is said that there was none. `None` for other words.
pub fn use_in_words(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "notyetused" | "notusedyet" | "neverused" | "never" | "unused" | "jamais" | "jamaisutilise"
        | "pasencoreutilise" | "nonutilise" | "nooit" | "nooitgebruikt" | "nognietgebruikt"
        | "nietgebruikt" => Some(true),
        "" | "unknown" | "notknown" | "inconnu" | "inconnue" | "onbekend" | "na" | "notreported" => {
            Some(false)
        }
        _ => None,
    }
}

/// Whether a value is one of the service's words for what an API user is for.
pub fn is_type(text: &str) -> bool {
    matches!(plain(text).as_str(), "generic" | "mobileapp" | "transactionrecorder" | "grafana")
}
