//! What a column is, told from its heading: the names that Rollcall itself writes, in files and in the three languages of
//! the window, those of the services, and those that people use. Pure.

use crate::api::{ImportNote, ImportTarget};
use crate::model::{Capabilities, EditKind, EditableField, FieldKind, fold};

/// Headings of one value, and where the services have it.
struct Known {
    /// Folded, letters and digits only.
    headings: &'static [&'static str],
    paths: &'static [&'static str],
}

const fn known(headings: &'static [&'static str], paths: &'static [&'static str]) -> Known {
    Known { headings, paths }
}

const KNOWN: [Known; 22] = [
    known(
        &[
            "email",
            "emailaddress",
            "mail",
            "primaryemail",
            "adresseemail",
            "adressemail",
            "courriel",
            "adresseelectronique",
            "emailadres",
            "mailadres",
            "workemail",
        ],
        &["primaryEmail", "emails[primary].value"],
    ),
    known(
        &[
            "username",
            "login",
            "loginname",
            "signinname",
            "identifiant",
            "nomdutilisateur",
            "nomutilisateur",
            "gebruikersnaam",
            "inlognaam",
            "upn",
            "userprincipalname",
        ],
        &["username", "userName"],
    ),
    known(
        &[
            "name",
            "displayname",
            "fullname",
            "nom",
            "nomcomplet",
            "nomaffiche",
            "nometprenom",
            "naam",
            "volledigenaam",
            "weergavenaam",
        ],
        &["name", "displayName"],
    ),
    known(&["givenname", "firstname", "prenom", "voornaam"], &["profile.givenName", "name.givenName"]),
    known(
        &["familyname", "lastname", "surname", "nomdefamille", "achternaam", "familienaam"],
        &["profile.familyName", "name.familyName"],
    ),
    known(
        &["middlename", "deuxiemeprenom", "tussenvoegsel", "tweedevoornaam"],
        &["profile.middleName", "name.middleName"],
    ),
    known(&["nickname", "surnom", "roepnaam", "bijnaam"], &["profile.nickname", "nickName"]),
    known(
        &[
            "phone",
            "phonenumber",
            "telephone",
            "tel",
            "mobile",
            "mobilephone",
            "cellphone",
            "primaryphone",
            "numerodetelephone",
            "portable",
            "gsm",
            "telefoon",
            "telefoonnummer",
            "mobiel",
        ],
        &["primaryPhone", "phoneNumbers[primary].value"],
    ),
    known(&["title", "jobtitle", "fonction", "intitule", "functie", "functietitel"], &["title"]),
    known(&["department", "service", "departement", "afdeling", "dienst"], &["department"]),
    known(
        &["organization", "organisation", "company", "societe", "entreprise", "organisatie", "bedrijf"],
        &["organization"],
    ),
    known(&["employeenumber", "employeeid", "matricule", "personeelsnummer"], &["employeeNumber"]),
    known(&["costcenter", "costcentre", "centredecout", "kostenplaats"], &["costCenter"]),
    known(&["division", "divisie"], &["division"]),
    known(&["usertype", "type", "soort"], &["userType"]),
    known(&["locale", "language", "langue", "taal"], &["profile.locale", "locale"]),
    known(
        &["preferredlanguage", "languepreferee", "voorkeurstaal"],
        &["preferredLanguage", "profile.locale"],
    ),
    known(&["timezone", "zoneinfo", "fuseauhoraire", "tijdzone"], &["profile.zoneinfo", "timezone"]),
    known(&["website", "siteweb"], &["profile.website"]),
    known(&["birthdate", "dateofbirth", "datedenaissance", "geboortedatum"], &["profile.birthdate"]),
    known(&["gender", "sexe", "genre", "geslacht"], &["profile.gender"]),
    known(&["avatar", "picture", "photo", "foto"], &["avatar"]),
];

const ROLES: [&str; 5] = ["roles", "role", "rol", "rollen", "accountroles"];
const ACTIVE: [&str; 9] =
    ["active", "status", "etat", "statut", "enabled", "actif", "actief", "suspended", "geblokkeerd"];

/// What only a service writes, as our own files name it.
const SERVICES_OWN: [&str; 34] = [
    "account",
    "compte",
    "id",
    "remoteid",
    "userid",
    "externalid",
    "idexterne",
    "externid",
    "groups",
    "groupes",
    "groepen",
    "createdat",
    "created",
    "cree",
    "aangemaakt",
    "modifiedat",
    "modified",
    "modifie",
    "gewijzigd",
    "changed",
    "lastsigninat",
    "lastsignin",
    "derniereconnexion",
    "laatsteaanmelding",
    "neversignedin",
    "since",
    "version",
    "organizations",
    "lastlogin",
    "updatedat",
    "ispassword",
    "haspassword",
    "memberof",
    "applicationid",
];

/// What a column can become in an account that can this.
pub fn targets(capabilities: &Capabilities) -> Vec<ImportTarget> {
    let fields = capabilities.user_fields.iter();
    let mut targets: Vec<ImportTarget> =
        fields.map(|field| ImportTarget::Field { path: field.path.clone() }).collect();
    targets.extend(can(capabilities, EditKind::AssignRole).then_some(ImportTarget::Roles));
    targets.extend(can(capabilities, EditKind::SetUserActive).then_some(ImportTarget::Active));
    targets
}

fn can(capabilities: &Capabilities, kind: EditKind) -> bool {
    capabilities.edits.contains(&kind)
}

/// What each column becomes when nobody says otherwise, and why not where it becomes nothing.
pub fn guess(headings: &[String], capabilities: &Capabilities) -> Vec<(ImportTarget, Option<ImportNote>)> {
    let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let has = |names: &[&str]| plain.iter().any(|heading| names.contains(&heading.as_str()));
    // "Nom, Prénom": the first is the name of the family.
    let family = (has(&["prenom"]) && !has(&["nomdefamille"])).then_some("nom");
    let familie = (has(&["voornaam"]) && !has(&["achternaam", "familienaam"])).then_some("naam");
    let mut taken: Vec<ImportTarget> = Vec::new();
    let mut found = Vec::new();
    for (heading, plain) in headings.iter().zip(&plain) {
        let is_family = [family, familie].contains(&Some(plain.as_str()));
        let plain = if is_family { "familyname" } else { plain.as_str() };
        let guessed = match of(heading, plain, capabilities) {
            Ok(target) if taken.contains(&target) => (ImportTarget::Nothing, Some(ImportNote::Repeated)),
            Ok(target) => {
                taken.push(target.clone());
                (target, None)
            }
            Err(note) => (ImportTarget::Nothing, Some(note)),
        };
        found.push(guessed);
    }
    found
}

/// The column with the ids that the users have in the account that the file comes from.
pub fn id_column(headings: &[String]) -> Option<usize> {
    headings.iter().position(|heading| plain(heading) == "id")
}

/// The path of the value that a heading or a word is; `None` where the account has no such value.
pub fn path_of(heading: &str, capabilities: &Capabilities) -> Option<String> {
    match of(heading, &plain(heading), capabilities) {
        Ok(ImportTarget::Field { path }) => Some(path),
        Ok(ImportTarget::Nothing | ImportTarget::Roles | ImportTarget::Active) | Err(_) => None,
    }
}

fn of(heading: &str, plain: &str, capabilities: &Capabilities) -> Result<ImportTarget, ImportNote> {
    let fields = &capabilities.user_fields;
    let field = |path: &str| ImportTarget::Field { path: path.to_owned() };
    if let Some(own) = fields.iter().find(|field| field.path.eq_ignore_ascii_case(heading.trim())) {
        return Ok(field(&own.path));
    }
    if let Some(key) = custom_key(heading) {
        let holder = fields.iter().find(|field| field.kind == FieldKind::Json);
        return holder.map(|holder| field(&format!("{}.{key}", holder.path))).ok_or(ImportNote::NotEditable);
    }
    if ROLES.contains(&plain) {
        return can(capabilities, EditKind::AssignRole)
            .then_some(ImportTarget::Roles)
            .ok_or(ImportNote::NotEditable);
    }
    if ACTIVE.contains(&plain) {
        let can = can(capabilities, EditKind::SetUserActive);
        return can.then_some(ImportTarget::Active).ok_or(ImportNote::NotEditable);
    }
    if let Some(known) = KNOWN.iter().find(|known| known.headings.contains(&plain)) {
        let mut paths = known.paths.iter().filter_map(|path| named(fields, path));
        return paths.next().map(|own| field(&own.path)).ok_or(ImportNote::NotEditable);
    }
    if SERVICES_OWN.contains(&plain) {
        return Err(ImportNote::ServicesOwn);
    }
    // `address.locality`, `urn:…:department`: by the last part of the service's own name.
    let last = fields.iter().find(|field| self::plain(last_part(&field.path)) == plain && !plain.is_empty());
    last.map(|own| field(&own.path)).ok_or(ImportNote::Unknown)
}

/// The field of this path, or of this name in an extension.
fn named<'f>(fields: &'f [EditableField], path: &str) -> Option<&'f EditableField> {
    let exact = fields.iter().find(|field| field.path == path);
    exact.or_else(|| {
        fields.iter().find(|field| field.path.rsplit_once(':').is_some_and(|(_, name)| name == path))
    })
}

fn last_part(path: &str) -> &str {
    path.rsplit([':', '.']).next().unwrap_or(path)
}

/// `custom.team`, as filters name it, or `customData.team`, as the service does.
fn custom_key(heading: &str) -> Option<&str> {
    let heading = heading.trim();
    let prefix = ["customData.", "custom."]
        .into_iter()
        .find(|prefix| heading.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix)))?;
    heading.get(prefix.len()..).map(str::trim).filter(|key| !key.is_empty())
}

/// Any case, without accents, letters and digits only.
fn plain(heading: &str) -> String {
    fold(heading).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paging;

    fn capabilities() -> Capabilities {
        let field = |path: &str, kind| EditableField {
            path: path.to_owned(),
            kind,
            required: false,
            max_length: None,
        };
        Capabilities {
            described: true,
            users: true,
            groups: true,
            streams: Vec::new(),
            details: false,
            sign_ins: false,
            log: false,
            paging: Paging::Page,
            max_page_size: None,
            filter: false,
            sort: false,
            etag: false,
            patch: true,
            bulk: false,
            change_password: true,
            edits: vec![EditKind::CreateUser, EditKind::AssignRole, EditKind::SetUserActive],
            user_fields: vec![
                field("name", FieldKind::Text),
                field("username", FieldKind::UserName),
                field("primaryEmail", FieldKind::Email),
                field("primaryPhone", FieldKind::Phone),
                field("profile.givenName", FieldKind::Text),
                field("profile.familyName", FieldKind::Text),
                field("profile.address.locality", FieldKind::Text),
                field("urn:x:User:department", FieldKind::Text),
                field("customData", FieldKind::Json),
            ],
            group_fields: Vec::new(),
            role_fields: Vec::new(),
            invitations: None,
            facts: None,
            documentation: None,
        }
    }

    fn guessed(headings: &[&str]) -> Vec<String> {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let found = guess(&headings, &capabilities()).into_iter();
        found
            .map(|(target, note)| match target {
                ImportTarget::Field { path } => path,
                ImportTarget::Roles => "roles".to_owned(),
                ImportTarget::Active => "active".to_owned(),
                ImportTarget::Nothing => format!("{note:?}"),
            })
            .collect()
    }

    #[test]
    fn headings_are_understood_in_three_languages_and_as_our_own_files_have_them() {
        for names in [
            ["displayName", "userName", "email", "phone", "givenName", "familyName", "active"],
            ["Name", "User name", "E-mail", "Phone", "First name", "Last name", "Status"],
            ["Nom", "Identifiant", "E-mail", "Téléphone", "Prénom", "Nom de famille", "État"],
            ["Naam", "Gebruikersnaam", "E-mail", "Telefoon", "Voornaam", "Achternaam", "Status"],
        ] {
            assert_eq!(
                guessed(&names),
                [
                    "name",
                    "username",
                    "primaryEmail",
                    "primaryPhone",
                    "profile.givenName",
                    "profile.familyName",
                    "active"
                ],
                "{names:?}"
            );
        }
        let people = guessed(&["Nom", "Prénom", "Courriel"]);
        assert_eq!(people, ["profile.familyName", "profile.givenName", "primaryEmail"]);
    }

    #[test]
    fn what_a_column_cannot_become_is_said() {
        assert_eq!(
            guessed(&[
                "id",
                "e-mail",
                "mail",
                "custom.team",
                "Rollen",
                "locality",
                "Service",
                "job title",
                "???",
                ""
            ]),
            [
                "Some(ServicesOwn)",
                "primaryEmail",
                "Some(Repeated)",
                "customData.team",
                "roles",
                "profile.address.locality",
                "urn:x:User:department",
                "Some(NotEditable)",
                "Some(Unknown)",
                "Some(Unknown)"
            ]
        );
    }
}
