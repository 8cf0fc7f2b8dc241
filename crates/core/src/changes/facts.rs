//! What the mirror knows about the records that some edits name: the ground on which plan and guards stand.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use serde_json::Value;

use super::parts::{self, Named};
use super::permissions;
use super::{own, rights_guard};
use crate::api::{LossKind, LossView, PlanSubject};
use crate::model::{
    AccountId, Authentication, ChangeBase, Edit, GrantHolder, RemoteId, Roster, rules_others,
};
use crate::roster::rules;
use crate::store::StoreError;
use crate::store::account_holders::{self as holders, AccountHolders};
use crate::store::facts::{self as table, Listed};
use crate::store::permissions as known;
use crate::store::rosters;

/// Names of members at the most.
const NAMES: usize = 20;

/// A role, and the organisation in which it is held.
pub type Held = (RemoteId, Option<RemoteId>);

/// What is known.
#[derive(Debug, Default)]
pub struct Facts {
    /// Names by id.
    pub names: BTreeMap<RemoteId, String>,
    /// Records of subjects, as the mirror has them.
    pub records: BTreeMap<RemoteId, Value>,
    /// Roles of holders who may lose some.
    pub held: BTreeMap<RemoteId, BTreeSet<Held>>,
    /// How many hold the roles that somebody may lose.
    pub holders: BTreeMap<Held, u32>,
    /// Roles that give power over others.
    pub powerful: BTreeSet<RemoteId>,
    /// What goes with a deletion, by the id of what is deleted.
    pub losses: BTreeMap<RemoteId, Vec<LossView>>,
    /// What goes when a member leaves a group, by member and group.
    pub left_losses: BTreeMap<(RemoteId, RemoteId), Vec<LossView>>,
    /// What is said about the service of an organisation kept by hand.
    pub roster: Option<Roster>,
    /// The application that Rollcall signs in with.
    pub own_application: Option<RemoteId>,
    /// The user that Rollcall signs in as, where it is one.
    pub own_user: Option<RemoteId>,
    /// Who holds the rights that somebody must hold, where the account has rights of that kind.
    pub rights: Option<AccountHolders>,
    /// By group: the members for whom an edit of the whole group makes a difference.
    pub reached: BTreeMap<RemoteId, Vec<RemoteId>>,
    /// By holder and what the right is on: rights that were given there.
    pub given: BTreeMap<(RemoteId, Option<RemoteId>), Vec<String>>,
}

impl Facts {
    /// Looks everything up that `edits` of this account need; `records`: the records of subjects, too.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(
        conn: &Connection,
        account: AccountId,
        authentication: &Authentication,
        edits: &[&Edit],
        records: bool,
    ) -> Result<Self, StoreError> {
        let mut facts = Self::default();
        match authentication {
            Authentication::Application { application_id, .. } => {
                facts.own_application = Some(RemoteId::new(application_id.clone()));
            }
            Authentication::OauthClientCredentials { client_id, .. } => {
                facts.own_application = Some(RemoteId::new(client_id.clone()));
            }
            Authentication::Basic { user_name } => {
                facts.own_user = match own::load(conn, account)?.own_user {
                    Some(own) => Some(RemoteId::new(own)),
                    None => table::find_user_named(conn, account, user_name)?,
                };
            }
            Authentication::ByHand => facts.roster = rosters::find(conn, account)?,
            Authentication::Bearer => {}
        }
        for edit in edits {
            facts.add(conn, account, edit, records)?;
        }
        if edits.iter().any(|edit| rights_guard::may_take(edit)) {
            facts.rights = AccountHolders::load(conn, account)?;
        }
        Ok(facts)
    }

    /// Roles that `holder` holds in `group`.
    fn held_in(&self, holder: &RemoteId, group: Option<&RemoteId>) -> Vec<RemoteId> {
        let held = self.held.get(holder).into_iter().flatten();
        held.filter(|(_, place)| place.as_ref() == group).map(|(role, _)| role.clone()).collect()
    }

    /// Whether giving a role takes the one that was held before.
    pub fn has_one_role(&self) -> bool {
        self.roster.as_ref().is_some_and(|roster| rules::has_one_role(roster.preset))
    }

    /// Whether a member who is removed is gone altogether: an organisation kept by hand is all there is of its account.
    pub const fn removes_all(&self, edit: &Edit) -> bool {
        self.roster.is_some() && matches!(edit, Edit::RemoveMember { .. })
    }

    /// The name of what `named` is, else its id.
    pub fn name(&self, named: &Named, edit: &Edit) -> String {
        match &named.id {
            Some(id) => self.names.get(id).cloned().unwrap_or_else(|| id.as_str().to_owned()),
            None => parts::new_name(edit).unwrap_or_default().to_owned(),
        }
    }

    /// What a change of `edit` is made against.
    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not named takes no role with it")]
    pub fn base(&self, edit: &Edit) -> ChangeBase {
        let named = parts::all(edit);
        let ids = named.into_iter().filter_map(|named| named.id).chain(permissions::named(edit));
        let names = ids.filter_map(|id| self.names.get(&id).cloned().map(|name| (id, name))).collect();
        let record = parts::subject(edit)
            .id
            .and_then(|id| self.records.get(&id).cloned())
            .filter(|_| keeps_record(edit) || self.removes_all(edit));
        let roles = match edit {
            Edit::RemoveMember { group, member, .. } => self.held_in(member, Some(group)),
            // What is taken by it.
            Edit::AssignRole { holder, group, role, .. } if self.has_one_role() => {
                let mut held = self.held_in(holder, group.as_ref());
                held.retain(|own| own != role);
                held
            }
            _ => Vec::new(),
        };
        let members = match edit {
            Edit::AddGroupOffDuty { group, .. } | Edit::SetGroupActive { group, .. } => {
                self.reached.get(group).cloned().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let rights = match edit {
            Edit::GiveRight { right } => {
                let place = (right.holder.clone(), right.resource.clone());
                self.given.get(&place).cloned().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        ChangeBase { names, record, roles, members, rights }
    }

    fn add(
        &mut self,
        conn: &Connection,
        account: AccountId,
        edit: &Edit,
        records: bool,
    ) -> Result<(), StoreError> {
        for Named { kind, id } in parts::all(edit) {
            let Some(id) = id else { continue };
            if self.names.contains_key(&id) {
                continue;
            }
            if let Some((name, raw)) = table::find_record(conn, account, table_of(kind), &id)? {
                self.names.insert(id.clone(), name);
                if records && let Ok(raw) = serde_json::from_str(&raw) {
                    self.records.insert(id, raw);
                }
            }
        }
        self.add_permissions(conn, account, permissions::named(edit))?;
        self.add_losses(conn, account, edit)?;
        self.add_rights(conn, account, edit)?;
        self.add_holders(conn, account, edit)
    }

    /// Looks up what these permissions are called.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_permissions(
        &mut self,
        conn: &Connection,
        account: AccountId,
        ids: BTreeSet<RemoteId>,
    ) -> Result<(), StoreError> {
        for id in ids {
            if !self.names.contains_key(&id)
                && let Some(permission) = known::find(conn, account, &id)?
            {
                self.names.insert(id, permission.full_name());
            }
        }
        Ok(())
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not named loses nothing of others")]
    fn add_losses(&mut self, conn: &Connection, account: AccountId, edit: &Edit) -> Result<(), StoreError> {
        let (id, losses) = match edit {
            Edit::DeleteUser { user } => (user, self.losses_of_user(conn, account, user)?),
            Edit::DeleteGroup { group, .. } => (
                group,
                losses([
                    (LossKind::Memberships, table::list_members_of(conn, account, group)?),
                    (LossKind::Invitations, table::list_invitations(conn, account, group, true)?),
                    (LossKind::Rights, table::list_grants_of(conn, account, GrantHolder::Group, group)?),
                ]),
            ),
            Edit::DeleteRole { role, .. } => (
                role,
                losses([
                    (LossKind::Holders, table::list_holders(conn, account, role)?),
                    (LossKind::Permissions, table::list_permissions(conn, account, role)?),
                ]),
            ),
            Edit::RemoveMember { member, .. } if self.roster.is_some() => {
                (member, self.losses_of_user(conn, account, member)?)
            }
            Edit::RemoveMember { group, member, .. } => {
                let roles = table::list_group_roles(conn, account, member, Some(group))?;
                let rights = table::list_grants_of(conn, account, GrantHolder::Group, group)?;
                let found = [(LossKind::OrganizationRoles, roles), (LossKind::GroupRights, rights)];
                self.left_losses.insert((member.clone(), group.clone()), losses(found));
                return Ok(());
            }
            Edit::AddGroupOffDuty { group, .. } | Edit::SetGroupActive { group, .. } => {
                let switched = match edit {
                    Edit::SetGroupActive { active, .. } => Some(*active),
                    _ => None,
                };
                let reached = holders::list_members(conn, account, group, switched)?;
                let names: Vec<String> = reached.iter().take(NAMES).map(|(_, name)| name.clone()).collect();
                let count = u32::try_from(reached.len()).unwrap_or(u32::MAX);
                self.reached.insert(group.clone(), reached.into_iter().map(|(id, _)| id).collect());
                (group, losses([(LossKind::Alerts, (count, names))]))
            }
            Edit::SetUserActive { user, active: false } => {
                let depth = table::find_depth(conn, account, user)?.unwrap_or_default();
                (
                    user,
                    losses([(
                        LossKind::Sessions,
                        (depth.first().copied().flatten().unwrap_or(0), Vec::new()),
                    )]),
                )
            }
            _ => return Ok(()),
        };
        // A deletion says more than a suspension of the same user.
        if matches!(edit, Edit::SetUserActive { .. }) && self.losses.contains_key(id) {
            return Ok(());
        }
        self.losses.insert(id.clone(), losses);
        Ok(())
    }

    /// What was given beside a right that is given or taken.
    fn add_rights(&mut self, conn: &Connection, account: AccountId, edit: &Edit) -> Result<(), StoreError> {
        let (Edit::GiveRight { right } | Edit::TakeRight { right }) = edit else { return Ok(()) };
        let given = holders::list_given(conn, account, right)?;
        self.given.insert((right.holder.clone(), right.resource.clone()), given);
        Ok(())
    }

    fn losses_of_user(
        &self,
        conn: &Connection,
        account: AccountId,
        user: &RemoteId,
    ) -> Result<Vec<LossView>, StoreError> {
        let [sessions, grants, factors, identities] = table::find_depth(conn, account, user)?
            .unwrap_or_default()
            .map(|count| (count.unwrap_or(0), Vec::new()));
        Ok(losses([
            (LossKind::Roles, table::list_account_roles(conn, account, user)?),
            (LossKind::Memberships, table::list_groups_of(conn, account, user)?),
            (LossKind::OrganizationRoles, table::list_group_roles(conn, account, user, None)?),
            (LossKind::Rights, table::list_grants_of(conn, account, GrantHolder::User, user)?),
            (LossKind::OffDutyPeriods, table::list_off_duty_of(conn, account, user)?),
            (LossKind::Tokens, table::list_tokens_of(conn, account, user)?),
            (LossKind::Invitations, table::list_invitations(conn, account, user, false)?),
            (LossKind::Sessions, sessions),
            (LossKind::Grants, grants),
            (LossKind::Factors, factors),
            (LossKind::Identities, identities),
        ]))
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not named loses nothing of others")]
    fn add_holders(&mut self, conn: &Connection, account: AccountId, edit: &Edit) -> Result<(), StoreError> {
        let roles: Vec<Held> = match edit {
            Edit::UnassignRole { holder, role, group, .. } => {
                self.add_held(conn, account, holder)?;
                vec![(role.clone(), group.clone())]
            }
            Edit::AssignRole { holder: user, .. } if self.has_one_role() => {
                self.add_held(conn, account, user)?;
                self.held.get(user).into_iter().flatten().cloned().collect()
            }
            Edit::RemoveMember { member: user, .. }
            | Edit::DeleteUser { user }
            | Edit::SetUserActive { user, active: false } => {
                self.add_held(conn, account, user)?;
                self.held.get(user).into_iter().flatten().cloned().collect()
            }
            Edit::DeleteRole { role, .. } => {
                if let Some(own) = self.own_application.clone() {
                    self.add_held(conn, account, &own)?;
                }
                vec![(role.clone(), None)]
            }
            Edit::UpdateRole { .. } if !permissions::taken(edit).is_empty() => {
                if let Some(own) = self.own_application.clone() {
                    self.add_held(conn, account, &own)?;
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        for held in roles {
            if self.holders.contains_key(&held) {
                continue;
            }
            let (role, group) = &held;
            let record = table::find_record(conn, account, "roles", role)?;
            let (_, permissions) = table::list_permissions(conn, account, role)?;
            let name = record.map(|(name, _)| name).unwrap_or_default();
            if rules_others(&name, permissions.iter().map(String::as_str)) {
                self.powerful.insert(role.clone());
            }
            if !name.is_empty() {
                self.names.insert(role.clone(), name);
            }
            if let Some(group) = group
                && let Some((name, _)) = table::find_record(conn, account, "groups", group)?
            {
                self.names.insert(group.clone(), name);
            }
            let count = table::count_holders(conn, account, role, group.as_ref())?;
            self.holders.insert(held, count);
        }
        Ok(())
    }

    fn add_held(
        &mut self,
        conn: &Connection,
        account: AccountId,
        holder: &RemoteId,
    ) -> Result<(), StoreError> {
        if !self.held.contains_key(holder) {
            let held = table::list_held(conn, account, holder)?.into_iter().collect();
            self.held.insert(holder.clone(), held);
        }
        Ok(())
    }
}

/// A receipt and an undo need the record of what is changed or deleted; of an edge the names do.
const fn keeps_record(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::UpdateUser { .. }
            | Edit::UpdateGroup { .. }
            | Edit::UpdateRole { .. }
            | Edit::DeleteUser { .. }
            | Edit::DeleteGroup { .. }
            | Edit::DeleteRole { .. }
            | Edit::RevokeInvitation { .. }
            | Edit::DeleteInvitation { .. }
            | Edit::AcceptInvitation { .. }
    )
}

pub(super) const fn table_of(kind: PlanSubject) -> &'static str {
    match kind {
        PlanSubject::User => "users",
        PlanSubject::Group => "groups",
        PlanSubject::Role => "roles",
        PlanSubject::Application => "applications",
        PlanSubject::Resource => "resources",
        PlanSubject::Invitation => "invitations",
    }
}

/// What is not nothing.
fn losses<const N: usize>(found: [(LossKind, Listed); N]) -> Vec<LossView> {
    let losses = found.into_iter().map(|(kind, (count, names))| LossView { kind, count, names });
    losses.filter(|loss| loss.count > 0).collect()
}
