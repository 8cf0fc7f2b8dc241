//! The rules of an organisation kept by hand: which roles there are, what each allows, how long an invitation is good for.
//! Those of Isocarto are its documentation's (its role list, "Rôles et permissions", and its page of members). Pure.

use super::words::Words;
use crate::api::{Language, RosterAction, RosterRefusal};
use crate::model::{Permission, RemoteId, RosterPreset, Timestamp};

/// The one organisation of a roster.
pub const ORGANIZATION: &str = "organization";
/// Who pays, and decides about everything.
pub const OWNER: &str = "owner";
/// Who looks after members.
pub const ADMINISTRATOR: &str = "administrator";
/// Everybody else.
pub const MEMBER: &str = "member";

/// States of an invitation, in the words that every provider's are shown by.
pub const PENDING: &str = "Pending";
/// Somebody came.
pub const ACCEPTED: &str = "Accepted";
/// Nobody came in time.
pub const EXPIRED: &str = "Expired";
/// It was taken back.
pub const REVOKED: &str = "Revoked";

/// Days that an invitation of Isocarto is good for.
const ISOCARTO_DAYS: u32 = 7;
/// One day in milliseconds.
pub const DAY: i64 = 24 * 60 * 60 * 1000;

/// A role of the preset.
struct Preset {
    id: &'static str,
    name: Words,
    rights: &'static [&'static str],
}

/// A right of the preset.
struct Right {
    id: &'static str,
    name: Words,
}

const RIGHTS: [Right; 11] = [
    Right {
        id: "useFeatures",
        name: Words(
            "Use all features of the plan",
            "Utiliser toutes les fonctions de l’offre",
            "Alle functies van het abonnement gebruiken",
        ),
    },
    Right {
        id: "sharedResources",
        name: Words(
            "Use what the organisation shares",
            "Utiliser les ressources partagées",
            "Gedeelde bronnen gebruiken",
        ),
    },
    Right { id: "seeMembers", name: Words("See the members", "Voir les membres", "De leden zien") },
    Right { id: "invite", name: Words("Invite", "Inviter", "Uitnodigen") },
    Right {
        id: "revokeInvitation",
        name: Words("Revoke an invitation", "Annuler une invitation", "Een uitnodiging intrekken"),
    },
    Right {
        id: "removeMember",
        name: Words("Remove a member", "Supprimer un membre", "Een lid verwijderen"),
    },
    Right { id: "changeRole", name: Words("Change a role", "Changer un rôle", "Een rol wijzigen") },
    Right {
        id: "subscription",
        name: Words("Subscription and payment", "Abonnement et moyens de paiement", "Abonnement en betaling"),
    },
    Right {
        id: "invoices",
        name: Words(
            "Invoices and billing data",
            "Factures et données de facturation",
            "Facturen en factuurgegevens",
        ),
    },
    Right {
        id: "settings",
        name: Words(
            "Settings of the organisation",
            "Paramètres de l’organisation",
            "Instellingen van de organisatie",
        ),
    },
    Right {
        id: "reportData",
        name: Words("Data in reports", "Données des rapports", "Gegevens in rapporten"),
    },
];

const ROLES: [Preset; 3] = [
    Preset {
        id: OWNER,
        name: Words("Owner", "Propriétaire", "Eigenaar"),
        rights: &[
            "useFeatures",
            "sharedResources",
            "seeMembers",
            "invite",
            "revokeInvitation",
            "removeMember",
            "changeRole",
            "subscription",
            "invoices",
            "settings",
            "reportData",
        ],
    },
    Preset {
        id: ADMINISTRATOR,
        name: Words("Administrator", "Administrateur", "Beheerder"),
        rights: &[
            "useFeatures",
            "sharedResources",
            "seeMembers",
            "invite",
            "revokeInvitation",
            "removeMember",
        ],
    },
    Preset {
        id: MEMBER,
        name: Words("Member", "Membre", "Lid"),
        rights: &["useFeatures", "sharedResources"],
    },
];

/// A role with its name and what it allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleOfPreset {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it allows.
    pub permissions: Vec<Permission>,
    /// Newcomers get it.
    pub is_default: bool,
}

/// The roles of a new organisation of this preset, the mightiest first. One with its own roles begins with these three as
/// well, and without rights.
pub fn roles(preset: RosterPreset, language: Language) -> Vec<RoleOfPreset> {
    let all = rights(preset, language);
    let allowed = |role: &Preset| {
        let is_allowed = |right: &&Permission| role.rights.contains(&right.remote_id.as_str());
        all.iter().filter(is_allowed).cloned().collect()
    };
    let role = |role: &Preset| RoleOfPreset {
        id: role.id,
        name: role.name.of(language),
        permissions: allowed(role),
        is_default: role.id == MEMBER,
    };
    ROLES.iter().map(role).collect()
}

/// All rights that roles of this preset have; one with its own roles begins with none.
pub fn rights(preset: RosterPreset, language: Language) -> Vec<Permission> {
    let right = |right: &Right| permission(right.id, right.name.of(language));
    match preset {
        RosterPreset::Isocarto => RIGHTS.iter().map(right).collect(),
        RosterPreset::Empty => Vec::new(),
    }
}

/// A right.
pub fn permission(id: &str, name: &str) -> Permission {
    Permission {
        remote_id: RemoteId::new(id),
        name: name.to_owned(),
        description: None,
        resource_id: None,
        resource_name: None,
    }
}

/// Folded names in any language by which the roles of the preset are known, beside the names that they have now.
pub fn known_roles() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROLES.iter().flat_map(|role| role.name.all().map(|name| (role.id, name)))
}

/// One member holds one role at a time.
pub const fn has_one_role(preset: RosterPreset) -> bool {
    matches!(preset, RosterPreset::Isocarto)
}

/// Days that an invitation is good for; `None` where the service has no rule.
pub const fn invitation_days(preset: RosterPreset) -> Option<u32> {
    match preset {
        RosterPreset::Isocarto => Some(ISOCARTO_DAYS),
        RosterPreset::Empty => None,
    }
}

/// Until when an invitation sent at `sent` can be accepted.
pub fn expires(preset: RosterPreset, sent: Timestamp) -> Option<Timestamp> {
    invitation_days(preset).map(|days| sent.plus_millis(i64::from(days) * DAY))
}

/// The service deletes what a member made together with the member.
pub const fn loses_data(preset: RosterPreset) -> bool {
    matches!(preset, RosterPreset::Isocarto)
}

/// How mighty the role with this id is, the mightiest first.
pub fn rank(role: &str) -> usize {
    ROLES.iter().position(|known| known.id == role).unwrap_or(ROLES.len())
}

/// The right that `action` needs; `None` for what needs none.
const fn needed(action: RosterAction) -> &'static str {
    match action {
        RosterAction::SeeMembers => "seeMembers",
        RosterAction::Invite | RosterAction::Resend | RosterAction::Accept => "invite",
        RosterAction::Revoke => "revokeInvitation",
        RosterAction::Remove => "removeMember",
        RosterAction::ChangeRole | RosterAction::TransferOwnership => "changeRole",
        RosterAction::Subscription => "subscription",
        RosterAction::Invoices => "invoices",
        RosterAction::Settings => "settings",
    }
}

/// The person at this computer: their role's id and name; nothing where they did not say who they are.
pub type Me<'a> = Option<(&'a str, &'a str)>;

/// Why the person at this computer may not do `action`. Who they are is not always said, and an organisation with its own
/// roles has its own rights: then everything is offered.
pub fn refusal(preset: RosterPreset, me: Me<'_>, action: RosterAction) -> Option<RosterRefusal> {
    let (role, name) = me?;
    if preset == RosterPreset::Empty {
        return None;
    }
    let allowed = ROLES
        .iter()
        .find(|known| known.id == role)
        .is_some_and(|known| known.rights.contains(&needed(action)));
    (!allowed).then(|| RosterRefusal::OwnRole { role: name.to_owned() })
}

/// Why the person at this computer may not do `action` with a member who has these roles.
pub fn refusal_about(
    preset: RosterPreset,
    me: Me<'_>,
    roles: &[RemoteId],
    action: RosterAction,
) -> Option<RosterRefusal> {
    let is = |id: &str| roles.iter().any(|role| role.as_str() == id);
    if preset == RosterPreset::Isocarto && is(OWNER) {
        return Some(RosterRefusal::Owner);
    }
    refusal(preset, me, action)
}

/// Everything that a role may or may not allow, in the order in which it is shown.
pub const ACTIONS: [RosterAction; 11] = [
    RosterAction::SeeMembers,
    RosterAction::Invite,
    RosterAction::Resend,
    RosterAction::Revoke,
    RosterAction::Accept,
    RosterAction::Remove,
    RosterAction::ChangeRole,
    RosterAction::TransferOwnership,
    RosterAction::Subscription,
    RosterAction::Invoices,
    RosterAction::Settings,
];

#[cfg(test)]
mod tests {
    use super::*;

    const ISOCARTO: RosterPreset = RosterPreset::Isocarto;

    fn allowed(role: &str) -> Vec<RosterAction> {
        let me = Some((role, "x"));
        ACTIONS.into_iter().filter(|action| refusal(ISOCARTO, me, *action).is_none()).collect()
    }

    #[test]
    fn an_administrator_invites_revokes_and_removes_and_changes_no_role() {
        use RosterAction::{Accept, Invite, Remove, Resend, Revoke, SeeMembers};
        assert_eq!(allowed(OWNER), ACTIONS);
        assert_eq!(allowed(ADMINISTRATOR), [SeeMembers, Invite, Resend, Revoke, Accept, Remove]);
        assert_eq!(allowed(MEMBER), []);
        let role = "Administrateur".to_owned();
        let why = refusal(ISOCARTO, Some((ADMINISTRATOR, &role)), RosterAction::ChangeRole);
        assert_eq!(why, Some(RosterRefusal::OwnRole { role }));
    }

    #[test]
    fn the_owners_row_has_no_actions() {
        for me in [None, Some((OWNER, "Owner")), Some((ADMINISTRATOR, "Administrator"))] {
            for action in [RosterAction::Remove, RosterAction::ChangeRole, RosterAction::TransferOwnership] {
                let about = refusal_about(ISOCARTO, me, &[RemoteId::new(OWNER)], action);
                assert_eq!(about, Some(RosterRefusal::Owner));
            }
        }
        let member = [RemoteId::new(MEMBER)];
        assert_eq!(refusal_about(ISOCARTO, Some((OWNER, "o")), &member, RosterAction::Remove), None);
        // With its own roles an organisation has its own rules.
        let empty = refusal_about(RosterPreset::Empty, None, &[RemoteId::new(OWNER)], RosterAction::Remove);
        assert_eq!(empty, None);
    }

    #[test]
    fn an_invitation_of_the_second_of_december_expires_on_the_ninth() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let expired = expires(ISOCARTO, at("2025-12-02T15:11:00+01:00"));
        assert_eq!(expired, Some(at("2025-12-09T15:11:00+01:00")));
        assert_eq!(expires(RosterPreset::Empty, at("2025-12-02T15:11:00Z")), None);
    }

    #[test]
    fn the_matrix_is_the_documented_one() {
        let count = |language| {
            roles(ISOCARTO, language).iter().map(|role| role.permissions.len()).collect::<Vec<_>>()
        };
        assert_eq!(count(Language::Fr), [11, 6, 2]);
        let names = |language| roles(ISOCARTO, language).iter().map(|role| role.name).collect::<Vec<_>>();
        assert_eq!(names(Language::Nl), ["Eigenaar", "Beheerder", "Lid"]);
        assert!(roles(RosterPreset::Empty, Language::En).iter().all(|role| role.permissions.is_empty()));
    }
}
