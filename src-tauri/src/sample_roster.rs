//! The made-up organisation that is kept by hand: a surveyors' office on a map service without an API.

use rollcall_core::api::{CreateRosterRequest, Language, RosterOwnerDraft};
use rollcall_core::clock;
use rollcall_core::hub::SampleRoster;
use rollcall_core::model::{BillingPeriod, Edit, GroupKind, HolderKind, RemoteId, RosterPreset, RosterTerms};
use rollcall_core::roster::{new_id, rules};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Name, address, role, and so many days ago they came.
const MEMBERS: [(&str, &str, &str, i64); 12] = [
    ("Camille Laurent", "camille.laurent@geometres-lumiere.example.fr", "Owner", 812),
    ("Joris van Dijk", "joris.vandijk@geometres-lumiere.example.fr", "Administrator", 640),
    ("Amina Benali", "amina.benali@geometres-lumiere.example.fr", "Administrator", 402),
    ("Théo Marchand", "theo.marchand@geometres-lumiere.example.fr", "Member", 388),
    ("Noor de Wit", "noor.dewit@geometres-lumiere.example.fr", "Member", 301),
    ("Élise Fontaine", "elise.fontaine@geometres-lumiere.example.fr", "Member", 247),
    ("Hugo Bernard", "hugo.bernard@geometres-lumiere.example.fr", "Member", 190),
    ("Sanne Bakker", "sanne.bakker@geometres-lumiere.example.fr", "Member", 133),
    ("Mehdi Roussel", "mehdi.roussel@geometres-lumiere.example.fr", "Member", 96),
    ("Chloé Garnier", "chloe.garnier@geometres-lumiere.example.fr", "Member", 58),
    ("Lucas Petit", "lucas.petit@geometres-lumiere.example.fr", "Member", 24),
    ("Inès Caron", "ines.caron@geometres-lumiere.example.fr", "Member", 6),
];

/// Address, and so many days ago they were invited.
const INVITATIONS: [(&str, i64); 3] = [
    ("paul.renaud@geometres-lumiere.example.fr", 2),
    ("eva.smit@geometres-lumiere.example.fr", 5),
    ("marc.olivier@geometres-lumiere.example.fr", 19),
];

/// It as a person would have typed and pasted it.
pub fn sample() -> SampleRoster {
    let (owner, owner_email, ..) = MEMBERS[0];
    let role = |member: &str, role: &str| Edit::AssignRole {
        role: RemoteId::new(role),
        holder: id_of(member),
        holder_kind: HolderKind::User,
        group: Some(RemoteId::new(rules::ORGANIZATION)),
    };
    let invite = Edit::InviteUser {
        group: RemoteId::new(rules::ORGANIZATION),
        invitee: "nina.faure@geometres-lumiere.example.fr".to_owned(),
        roles: Vec::new(),
        expires_at: None,
        message: None,
    };
    let remove = Edit::RemoveMember {
        group: RemoteId::new(rules::ORGANIZATION),
        group_kind: GroupKind::Organization,
        member: id_of(MEMBERS[6].1),
    };
    SampleRoster {
        create: CreateRosterRequest {
            name: "Géomètres Lumière".to_owned(),
            preset: RosterPreset::Isocarto,
            organization: None,
            language: Language::En,
            terms: RosterTerms {
                page: Some("https://isocarto.fr/account".to_owned()),
                plan: Some("Enterprise".to_owned()),
                plan_price: Some(36_000),
                billing_period: BillingPeriod::Month,
                member_price: Some(5_000),
                price_as_of: Some("2025-12-01".to_owned()),
                currency: "EUR".to_owned(),
                member_limit: Some(15),
            },
            owner: Some(RosterOwnerDraft { name: owner.to_owned(), email: owner_email.to_owned() }),
            owner_is_me: true,
        },
        text: text(),
        waiting: vec![invite, role(MEMBERS[9].1, rules::ADMINISTRATOR), remove],
        waiting_for: 4 * DAY,
    }
}

fn id_of(email: &str) -> RemoteId {
    new_id("member", email, &std::collections::BTreeSet::new())
}

/// Both tables of the page, one below the other.
fn text() -> String {
    let now = clock::now();
    let ago = |days: i64| rollcall_core::remote::roster::time_text(now.plus_millis(-days * DAY));
    let mut text = "email;status;invited_at\n".to_owned();
    for (email, days) in INVITATIONS {
        text.push_str(&format!("{email};Pending;{}\n", ago(days)));
    }
    text.push_str("name;email;role;registered_at\n");
    for (name, email, role, days) in MEMBERS {
        text.push_str(&format!("{name};{email};{role};{}\n", ago(days)));
    }
    text
}
