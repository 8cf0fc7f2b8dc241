//! From selected rows to edits, one account's after the other, and who is left out for which reason. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::invite::folded;
use crate::api::{BulkAction, InvitationState, LeftOut, LeftOutView};
use crate::model::{AccountId, Capabilities, Edit, EditKind, GroupKind, HolderKind, RemoteId, TokenKind};

/// Names of those who are left out.
const NAMES: usize = 5;

/// A selected row, as far as edits need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The account.
    pub account: AccountId,
    /// The user, the holder, the member, or the owner of the token.
    pub id: RemoteId,
    /// A user, or not.
    pub kind: HolderKind,
    /// It is in the account.
    pub present: bool,
    /// Name for showing.
    pub name: String,
    /// A user who is let in.
    pub active: Option<bool>,
    /// The organisation in which a role is held.
    pub group: Option<RemoteId>,
    /// The token.
    pub token: Option<(TokenKind, String)>,
    /// The invitation.
    pub invitation: Option<Invited>,
}

/// A selected invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The address it went to.
    pub invitee: String,
    /// What became of it.
    pub state: InvitationState,
    /// To which group or organisation.
    pub group: Option<RemoteId>,
    /// Names of the roles that come with it.
    pub roles: Vec<String>,
}

/// What is known of one account beside its selected rows.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Who holds which of the roles, and where.
    pub held: BTreeSet<(RemoteId, RemoteId, Option<RemoteId>)>,
    /// Who is in which of the groups.
    pub members: BTreeSet<(RemoteId, RemoteId)>,
    /// Who has this very time without alerts already.
    pub off_duty: BTreeSet<RemoteId>,
    /// About whom something waits: an edit may take it back.
    pub waiting: BTreeSet<RemoteId>,
    /// What sets of users are called there.
    pub group_kind: Option<GroupKind>,
    /// Roles that can come with an invitation, by their name.
    pub roles: BTreeMap<String, RemoteId>,
    /// Groups and addresses, as [`folded`] has them, of which a member is or an invitation can be accepted.
    pub invited: BTreeSet<(RemoteId, String)>,
    /// Sending an invitation again starts its time anew, also when it has expired.
    pub resend_renews: bool,
}

/// The edits of one account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bulk {
    /// The edits, in the order of the list.
    pub edits: Vec<Edit>,
    /// Who has none.
    pub left_out: Vec<LeftOutView>,
}

/// The kind of the edits that an action makes.
pub const fn kind(action: &BulkAction) -> EditKind {
    match action {
        BulkAction::SetActive { .. } => EditKind::SetUserActive,
        BulkAction::Delete => EditKind::DeleteUser,
        BulkAction::AssignRoles { .. } => EditKind::AssignRole,
        BulkAction::UnassignRoles { .. } => EditKind::UnassignRole,
        BulkAction::AddToGroups { .. } => EditKind::AddMember,
        BulkAction::RemoveFromGroups { .. } => EditKind::RemoveMember,
        BulkAction::RevokeTokens => EditKind::DeleteToken,
        BulkAction::AddOffDuty { .. } => EditKind::AddOffDuty,
        BulkAction::ResendInvitations { .. } => EditKind::ResendInvitation,
        BulkAction::InviteAgain { .. } => EditKind::InviteUser,
        BulkAction::RevokeInvitations => EditKind::RevokeInvitation,
        BulkAction::DeleteInvitations => EditKind::DeleteInvitation,
    }
}

/// The edits that `action` makes of the selected rows of one account.
pub fn edits(
    action: &BulkAction,
    targets: &[Target],
    known: &Known,
    capabilities: Option<&Capabilities>,
) -> Bulk {
    let supported = capabilities.is_some_and(|can| can.edits.contains(&kind(action)));
    let mut edits = Vec::new();
    let mut left_out: BTreeMap<LeftOut, (u32, Vec<String>)> = BTreeMap::new();
    for target in targets {
        let made = if supported { of_target(action, target, known) } else { Err(LeftOut::NotSupported) };
        match made {
            Ok(made) => edits.extend(made),
            Err(reason) => {
                let (count, names) = left_out.entry(reason).or_default();
                *count += 1;
                if names.len() < NAMES {
                    names.push(target.name.clone());
                }
            }
        }
    }
    let left_out = left_out.into_iter().map(|(reason, (count, names))| LeftOutView { reason, count, names });
    Bulk { edits, left_out: left_out.collect() }
}

fn of_target(action: &BulkAction, target: &Target, known: &Known) -> Result<Vec<Edit>, LeftOut> {
    let Target { id, kind, group, .. } = target;
    // Whoever is gone can still lose what the service lists of them.
    let fits = match action {
        BulkAction::UnassignRoles { .. }
        | BulkAction::RevokeTokens
        | BulkAction::ResendInvitations { .. }
        | BulkAction::InviteAgain { .. }
        | BulkAction::RevokeInvitations
        | BulkAction::DeleteInvitations => true,
        BulkAction::RemoveFromGroups { .. } => *kind == HolderKind::User,
        BulkAction::SetActive { .. }
        | BulkAction::Delete
        | BulkAction::AddOffDuty { .. }
        | BulkAction::AssignRoles { .. }
        | BulkAction::AddToGroups { .. } => *kind == HolderKind::User && target.present,
    };
    if !fits {
        return Err(LeftOut::NoUser);
    }
    let edits: Vec<Edit> = match action {
        BulkAction::SetActive { active } => {
            if target.active == Some(*active) && !known.waiting.contains(id) {
                return Err(LeftOut::AlreadySo);
            }
            vec![Edit::SetUserActive { user: id.clone(), active: *active }]
        }
        BulkAction::Delete => vec![Edit::DeleteUser { user: id.clone() }],
        BulkAction::AddOffDuty { .. } if known.off_duty.contains(id) => Vec::new(),
        BulkAction::AddOffDuty { rule } => {
            vec![Edit::AddOffDuty { user: id.clone(), rule: rule.clone() }]
        }
        BulkAction::AssignRoles { roles } => {
            let held = |role: &RemoteId| known.held.contains(&(role.clone(), id.clone(), None));
            let missing = roles.iter().filter(|role| !held(role) || known.waiting.contains(id));
            missing
                .map(|role| Edit::AssignRole {
                    role: role.clone(),
                    holder: id.clone(),
                    holder_kind: HolderKind::User,
                    group: None,
                })
                .collect()
        }
        BulkAction::UnassignRoles { roles } => {
            let held = |role: &RemoteId| known.held.contains(&(role.clone(), id.clone(), group.clone()));
            let holding = roles.iter().filter(|role| held(role) || known.waiting.contains(id));
            holding
                .map(|role| Edit::UnassignRole {
                    role: role.clone(),
                    holder: id.clone(),
                    holder_kind: *kind,
                    group: group.clone(),
                })
                .collect()
        }
        BulkAction::AddToGroups { groups } | BulkAction::RemoveFromGroups { groups } => {
            let group_kind = known.group_kind.unwrap_or(GroupKind::Group);
            let joins = matches!(action, BulkAction::AddToGroups { .. });
            let is_in = |group: &RemoteId| known.members.contains(&(group.clone(), id.clone()));
            let concerned = groups.iter().filter(|group| is_in(group) != joins || known.waiting.contains(id));
            concerned
                .map(|group| {
                    let (group, member) = (group.clone(), id.clone());
                    if joins {
                        Edit::AddMember { group, group_kind, member }
                    } else {
                        Edit::RemoveMember { group, group_kind, member }
                    }
                })
                .collect()
        }
        BulkAction::RevokeTokens => match &target.token {
            Some((TokenKind::PersonalAccessToken | TokenKind::ApiUser, name)) => {
                vec![Edit::DeleteToken { owner: id.clone(), name: name.clone() }]
            }
            Some((TokenKind::ApplicationSecret, _)) | None => return Err(LeftOut::OtherToken),
        },
        BulkAction::ResendInvitations { .. }
        | BulkAction::InviteAgain { .. }
        | BulkAction::RevokeInvitations
        | BulkAction::DeleteInvitations => return of_invitation(action, target, known),
    };
    if edits.is_empty() { Err(LeftOut::AlreadySo) } else { Ok(edits) }
}

/// The edits of a selected invitation.
fn of_invitation(action: &BulkAction, target: &Target, known: &Known) -> Result<Vec<Edit>, LeftOut> {
    let Some(invited) = &target.invitation else { return Err(LeftOut::NoUser) };
    let invitation = target.id.clone();
    let is_open = invited.state == InvitationState::Pending;
    match action {
        BulkAction::ResendInvitations { expires_at, message } => {
            let renewed = known.resend_renews && invited.state == InvitationState::Expired;
            if !is_open && !renewed {
                return Err(LeftOut::InvitationOver);
            }
            let (expires_at, message) = (*expires_at, message.clone());
            Ok(vec![Edit::ResendInvitation { invitation, expires_at, message }])
        }
        BulkAction::InviteAgain { expires_at, message } => {
            let Some(group) = &invited.group else { return Err(LeftOut::InvitationOver) };
            let is_there = known.invited.contains(&(group.clone(), folded(&invited.invitee)));
            if invited.state == InvitationState::Accepted || (is_there && !is_open) {
                return Err(LeftOut::InvitedAlready);
            }
            // Nobody has two that can be accepted.
            let first = is_open.then_some(Edit::RevokeInvitation { invitation });
            let roles = invited.roles.iter().filter_map(|name| known.roles.get(name).cloned()).collect();
            let anew = Edit::InviteUser {
                group: group.clone(),
                invitee: invited.invitee.clone(),
                roles,
                expires_at: *expires_at,
                message: message.clone(),
            };
            Ok(first.into_iter().chain([anew]).collect())
        }
        BulkAction::RevokeInvitations if is_open => Ok(vec![Edit::RevokeInvitation { invitation }]),
        BulkAction::RevokeInvitations => Err(LeftOut::InvitationOver),
        BulkAction::DeleteInvitations => Ok(vec![Edit::DeleteInvitation { invitation }]),
        BulkAction::SetActive { .. }
        | BulkAction::Delete
        | BulkAction::AssignRoles { .. }
        | BulkAction::UnassignRoles { .. }
        | BulkAction::AddToGroups { .. }
        | BulkAction::RemoveFromGroups { .. }
        | BulkAction::AddOffDuty { .. }
        | BulkAction::RevokeTokens => Err(LeftOut::NoUser),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> RemoteId {
        RemoteId::new(text)
    }

    fn user(name: &str, active: bool) -> Target {
        Target {
            account: AccountId(1),
            id: id(name),
            kind: HolderKind::User,
            present: true,
            name: name.to_owned(),
            active: Some(active),
            group: None,
            token: None,
            invitation: None,
        }
    }

    fn all() -> Capabilities {
        let kinds = [
            EditKind::SetUserActive,
            EditKind::AssignRole,
            EditKind::UnassignRole,
            EditKind::RemoveMember,
            EditKind::DeleteToken,
            EditKind::InviteUser,
            EditKind::ResendInvitation,
            EditKind::RevokeInvitation,
            EditKind::DeleteInvitation,
        ];
        let text = serde_json::json!({
            "described": true, "users": true, "groups": true, "paging": "index", "maxPageSize": null,
            "filter": true, "sort": true, "etag": false, "patch": true, "bulk": false,
            "changePassword": true, "documentation": null,
        });
        Capabilities { edits: kinds.to_vec(), ..serde_json::from_value(text).unwrap() }
    }

    fn left(bulk: &Bulk) -> Vec<(LeftOut, u32)> {
        bulk.left_out.iter().map(|view| (view.reason, view.count)).collect()
    }

    #[test]
    fn who_is_suspended_already_is_left_out_unless_something_waits_about_them() {
        let suspend = BulkAction::SetActive { active: false };
        let targets = [user("ada", true), user("bob", false), user("cy", false)];
        let known = Known { waiting: BTreeSet::from([id("cy")]), ..Known::default() };
        let bulk = edits(&suspend, &targets, &known, Some(&all()));
        let suspended = |name: &str| Edit::SetUserActive { user: id(name), active: false };
        assert_eq!(bulk.edits, [suspended("ada"), suspended("cy")]);
        assert_eq!(left(&bulk), [(LeftOut::AlreadySo, 1)]);
        assert_eq!(bulk.left_out[0].names, ["bob"]);
    }

    #[test]
    fn an_account_that_does_not_take_it_says_so_of_everybody() {
        let targets = [user("ada", true), user("bob", false)];
        let bulk = edits(&BulkAction::Delete, &targets, &Known::default(), Some(&all()));
        assert_eq!((bulk.edits.len(), left(&bulk)), (0, vec![(LeftOut::NotSupported, 2)]));
        let unread = edits(&BulkAction::Delete, &targets, &Known::default(), None);
        assert_eq!(left(&unread), [(LeftOut::NotSupported, 2)]);
    }

    #[test]
    fn roles_are_given_to_who_lacks_them_and_taken_where_they_are_held() {
        let known = Known {
            held: BTreeSet::from([(id("r"), id("ada"), None), (id("r"), id("bob"), Some(id("g")))]),
            ..Known::default()
        };
        let roles = vec![id("r")];
        let give = BulkAction::AssignRoles { roles: roles.clone() };
        let bulk = edits(&give, &[user("ada", true), user("bob", true)], &known, Some(&all()));
        assert_eq!((bulk.edits.len(), left(&bulk)), (1, vec![(LeftOut::AlreadySo, 1)]));
        let in_group = Target { group: Some(id("g")), present: false, ..user("bob", true) };
        let take = BulkAction::UnassignRoles { roles };
        let bulk = edits(&take, &[in_group, user("bob", true)], &known, Some(&all()));
        let expected = Edit::UnassignRole {
            role: id("r"),
            holder: id("bob"),
            holder_kind: HolderKind::User,
            group: Some(id("g")),
        };
        assert_eq!(
            (bulk.edits, left(&Bulk { edits: vec![], left_out: bulk.left_out })),
            (vec![expected], vec![(LeftOut::AlreadySo, 1)])
        );
    }

    #[test]
    fn only_personal_access_tokens_are_revoked() {
        let of = |kind, name: &str| Target { token: Some((kind, name.to_owned())), ..user("ada", true) };
        let targets = [of(TokenKind::PersonalAccessToken, "ci"), of(TokenKind::ApplicationSecret, "main")];
        let bulk = edits(&BulkAction::RevokeTokens, &targets, &Known::default(), Some(&all()));
        assert_eq!(bulk.edits, [Edit::DeleteToken { owner: id("ada"), name: "ci".to_owned() }]);
        assert_eq!(left(&bulk), [(LeftOut::OtherToken, 1)]);
    }

    #[test]
    fn each_invitation_has_what_fits_what_became_of_it() {
        use InvitationState::{Accepted, Expired, Pending, Revoked};
        let of = |state: InvitationState| Target {
            invitation: Some(Invited {
                invitee: format!("{state:?}@example.org"),
                state,
                group: Some(id("acme")),
                roles: vec!["editor".to_owned(), "gone".to_owned()],
            }),
            ..user(&format!("{state:?}"), true)
        };
        let targets = [of(Pending), of(Expired), of(Revoked), of(Accepted)];
        let known = Known {
            roles: BTreeMap::from([("editor".to_owned(), id("r"))]),
            // Whoever has expired was invited once more already.
            invited: BTreeSet::from([
                (id("acme"), "pending@example.org".to_owned()),
                (id("acme"), "expired@example.org".to_owned()),
            ]),
            ..Known::default()
        };
        let bulk = |action: &BulkAction, known: &Known| edits(action, &targets, known, Some(&all()));
        let resend = BulkAction::ResendInvitations { expires_at: None, message: None };
        let sent = bulk(&resend, &known);
        assert_eq!((sent.edits.len(), left(&sent)), (1, vec![(LeftOut::InvitationOver, 3)]));
        let renewing = Known { resend_renews: true, ..Known::default() };
        assert_eq!(bulk(&resend, &renewing).edits.len(), 2);
        let revoked = bulk(&BulkAction::RevokeInvitations, &known);
        assert_eq!(revoked.edits, [Edit::RevokeInvitation { invitation: id("Pending") }]);
        assert_eq!(bulk(&BulkAction::DeleteInvitations, &known).edits.len(), 4);
        let again = bulk(&BulkAction::InviteAgain { expires_at: None, message: None }, &known);
        let anew = |state: &str| Edit::InviteUser {
            group: id("acme"),
            invitee: format!("{state}@example.org"),
            roles: vec![id("r")],
            expires_at: None,
            message: None,
        };
        let pending = Edit::RevokeInvitation { invitation: id("Pending") };
        assert_eq!(again.edits, [pending, anew("Pending"), anew("Revoked")]);
        assert_eq!(left(&again), [(LeftOut::InvitedAlready, 2)]);
    }
}
