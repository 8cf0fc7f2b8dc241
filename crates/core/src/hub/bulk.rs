//! One edit for each of many selected rows. The selection is resolved here against the list as it is, so that a hundred
//! thousand edits cross no border: the window gets the beginning of their plan, and its name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Hub, crossing, left};
use crate::api::{
    BulkAccountView, BulkAction, BulkKeptView, BulkPlanView, BulkProposedView, CommandError, HubEvent,
    InvitationRow, ListRequest, MemberView, PreviewBulkRequest, ProposeBulkRequest, RowKey, Selection,
    TokenRow, UserRow,
};
use crate::changes::bulk::{self, Bulk, Invited, Known, Target};
use crate::changes::invite::{There, folded};
use crate::changes::{self, Extent};
use crate::clock;
use crate::error::{Error, InputReason};
use crate::model::{
    Account, AccountId, Capabilities, GroupKind, HolderKind, MemberKind, ProviderKind, RemoteId,
};
use crate::query::lists::{ListRow, Listing};
use crate::store::{self, StoreError, changes as table, facts, off_duty};

/// Lines of a plan that the window is handed at once.
const LINES: u32 = 500;

impl Hub {
    /// What an edit of everybody who is selected would do, without keeping anything.
    ///
    /// # Errors
    /// When the filter cannot be understood, or a row of the list cannot have the edit; those of the store.
    pub async fn preview_bulk(&self, request: PreviewBulkRequest) -> Result<BulkPlanView, CommandError> {
        let PreviewBulkRequest { list, selection, account_id, action, offset, most } = request;
        let resolved = self.resolve_bulk(list, selection, account_id, action).await?;
        let extent = match (offset, most.min(LINES)) {
            (0, most) => Extent::first(Some(most)),
            (offset, most) => Extent::page(offset, most),
        };
        self.bulk_plan(resolved, extent).await.map_err(crossing)
    }

    /// Keeps an edit of everybody who is selected as changes, all of them or none.
    ///
    /// # Errors
    /// As [`Self::preview_bulk`].
    pub async fn propose_bulk(&self, request: ProposeBulkRequest) -> Result<BulkProposedView, CommandError> {
        let ProposeBulkRequest { list, selection, account_id, action, seen } = request;
        let resolved = self.resolve_bulk(list, selection, account_id, action).await?;
        if resolved.seen != seen {
            return Ok(BulkProposedView { kept: None });
        }
        let (accounts, right) = self.check_bulk(resolved.accounts).await.map_err(crossing)?;
        // The plan says at which line.
        if !right {
            return Ok(BulkProposedView { kept: None });
        }
        let kept = self.keep_bulk(accounts).await.map_err(crossing)?;
        Ok(BulkProposedView { kept: Some(kept) })
    }

    /// Whether all of it can be sent as it is.
    async fn check_bulk(&self, accounts: Vec<OfAccount>) -> Result<(Vec<OfAccount>, bool), Error> {
        let now = clock::now();
        let store = self.open()?.store;
        let checked = store
            .read(move |conn| {
                for of in &accounts {
                    let (capabilities, edits) = (of.capabilities.as_ref(), &of.bulk.edits);
                    if !changes::problems_of(conn, &of.account, capabilities, edits, now)?.is_empty() {
                        return Ok((accounts, false));
                    }
                }
                Ok((accounts, true))
            })
            .await?;
        Ok(checked)
    }

    async fn bulk_plan(&self, resolved: Resolved, extent: Extent) -> Result<BulkPlanView, Error> {
        let Resolved { accounts, gone, elsewhere, seen } = resolved;
        let now = clock::now();
        let store = self.open()?.store;
        let accounts = store
            .read(move |conn| {
                let mut views = Vec::new();
                for OfAccount { account, capabilities, selected, bulk, seen } in accounts {
                    let Bulk { edits, left_out } = bulk;
                    let plan =
                        changes::preview(conn, &account, capabilities.as_ref(), &edits, (now, extent))?;
                    let mut plan = plan.view;
                    left::add_left(conn, account.id, &edits, &mut plan)?;
                    views.push(BulkAccountView { selected, left_out, plan, seen });
                }
                Ok(views)
            })
            .await?;
        Ok(BulkPlanView { accounts, gone, elsewhere, seen })
    }

    /// All accounts in one transaction.
    async fn keep_bulk(&self, accounts: Vec<OfAccount>) -> Result<Vec<BulkKeptView>, Error> {
        let now = clock::now();
        let store = self.open()?.store;
        let kept = store
            .write(move |tx| {
                let mut kept = Vec::new();
                for OfAccount { account, capabilities, bulk, .. } in accounts {
                    if bulk.edits.is_empty() {
                        continue;
                    }
                    let proposed = changes::propose(tx, &account, capabilities.as_ref(), &bulk.edits, now)?;
                    let taken_back = proposed.changes.iter().filter(|change| change.is_none()).count();
                    kept.push(BulkKeptView {
                        account_id: account.id,
                        changes: proposed.changes.into_iter().flatten().collect(),
                        taken_back: u32::try_from(taken_back).unwrap_or(u32::MAX),
                    });
                }
                Ok(kept)
            })
            .await?;
        for BulkKeptView { account_id, .. } in &kept {
            self.inner.told.note(*account_id);
            self.send(HubEvent::ChangesChanged { account_id: *account_id });
        }
        Ok(kept)
    }

    async fn resolve_bulk(
        &self,
        list: ListRequest,
        selection: Selection,
        only: Option<AccountId>,
        action: BulkAction,
    ) -> Result<Resolved, CommandError> {
        if !fits(&list, &action) {
            return Err(crossing(Error::InvalidInput {
                field: "action",
                reason: InputReason::Other,
                problem: "rows of this list cannot have this edit".to_owned(),
            }));
        }
        let named: BTreeSet<RowKey> =
            if selection.all { BTreeSet::new() } else { selection.rows.iter().cloned().collect() };
        let whole = super::lists::whole(&list, Some(selection)).map_err(|error| *error)?;
        let found = self.walk_list(whole, Found { missing: named, ..Found::default() }).await;
        let found = found.map_err(crossing)?;
        self.edits_of(found, only, action).await.map_err(crossing)
    }

    async fn edits_of(
        &self,
        found: Found,
        only: Option<AccountId>,
        action: BulkAction,
    ) -> Result<Resolved, Error> {
        let gone = u32::try_from(found.missing.len()).unwrap_or(u32::MAX);
        let mut elsewhere = 0_u32;
        let mut by_account: Vec<(AccountId, Vec<Target>)> = Vec::new();
        let mut places: BTreeMap<AccountId, usize> = BTreeMap::new();
        for target in found.targets {
            if only.is_some_and(|only| only != target.account) {
                elsewhere += 1;
                continue;
            }
            let place = *places.entry(target.account).or_insert_with(|| {
                by_account.push((target.account, Vec::new()));
                by_account.len() - 1
            });
            if let Some((_, targets)) = by_account.get_mut(place) {
                targets.push(target);
            }
        }
        let store = self.open()?.store;
        let mut accounts = Vec::new();
        let mut seen = blake3::Hasher::new();
        for (id, targets) in by_account {
            let (account, capabilities) = self.account_with_capabilities(id).await?;
            let group_kind = group_kind_of(account.provider);
            let (asked, selected) = (action.clone(), u32::try_from(targets.len()).unwrap_or(u32::MAX));
            let can = capabilities.clone();
            let bulk = store
                .read(move |conn| {
                    let mut known = known(conn, id, &asked, &targets, group_kind)?;
                    let rules = can.as_ref().and_then(|can| can.invitations.as_ref());
                    known.resend_renews = rules.is_some_and(|rules| rules.resend_renews);
                    Ok(bulk::edits(&asked, &targets, &known, can.as_ref()))
                })
                .await?;
            let mut own = blake3::Hasher::new();
            own.update(&id.0.to_le_bytes());
            for edit in &bulk.edits {
                own.update(&serde_json::to_vec(edit).unwrap_or_default());
            }
            let own = own.finalize().to_hex().to_string();
            seen.update(own.as_bytes());
            accounts.push(OfAccount { account, capabilities, selected, bulk, seen: own });
        }
        Ok(Resolved { accounts, gone, elsewhere, seen: seen.finalize().to_hex().to_string() })
    }
}

/// What a selection came to.
struct Resolved {
    accounts: Vec<OfAccount>,
    gone: u32,
    elsewhere: u32,
    seen: String,
}

struct OfAccount {
    account: Account,
    capabilities: Option<Capabilities>,
    selected: u32,
    bulk: Bulk,
    seen: String,
}

/// Whether rows of a list can have an edit.
const fn fits(list: &ListRequest, action: &BulkAction) -> bool {
    match list {
        ListRequest::Users(_) => !is_of_tokens(action) && !is_of_invitations(action),
        ListRequest::Members(_) => matches!(
            action,
            BulkAction::RemoveFromGroups { .. }
                | BulkAction::SetActive { .. }
                | BulkAction::AddOffDuty { .. }
        ),
        ListRequest::Holders(_) => matches!(action, BulkAction::UnassignRoles { .. }),
        ListRequest::Tokens(_) => is_of_tokens(action),
        ListRequest::Invitations(_) => is_of_invitations(action),
        ListRequest::Groups(_)
        | ListRequest::Roles(_)
        | ListRequest::Matrix(_)
        | ListRequest::Log(_)
        | ListRequest::History(_)
        | ListRequest::Runs(_)
        | ListRequest::Resources(_)
        | ListRequest::Access(_)
        | ListRequest::Receipt(_)
        | ListRequest::Review(_) => false,
    }
}

const fn is_of_tokens(action: &BulkAction) -> bool {
    matches!(action, BulkAction::RevokeTokens)
}

const fn is_of_invitations(action: &BulkAction) -> bool {
    matches!(
        action,
        BulkAction::ResendInvitations { .. }
            | BulkAction::InviteAgain { .. }
            | BulkAction::RevokeInvitations
            | BulkAction::DeleteInvitations
    )
}

/// What sets of users are at a service.
const fn group_kind_of(provider: ProviderKind) -> GroupKind {
    match provider {
        ProviderKind::Logto | ProviderKind::Roster => GroupKind::Organization,
        ProviderKind::Scim | ProviderKind::Uptrends => GroupKind::Group,
    }
}

fn known(
    conn: &rusqlite::Connection,
    account: AccountId,
    action: &BulkAction,
    targets: &[Target],
    group_kind: GroupKind,
) -> Result<Known, StoreError> {
    let mut known = Known { group_kind: Some(group_kind), ..Known::default() };
    match action {
        BulkAction::AssignRoles { roles } | BulkAction::UnassignRoles { roles } => {
            for role in roles {
                let held = facts::list_holder_ids(conn, account, role)?;
                known.held.extend(held.into_iter().map(|(holder, group)| (role.clone(), holder, group)));
            }
        }
        BulkAction::AddToGroups { groups } | BulkAction::RemoveFromGroups { groups } => {
            for group in groups {
                let members = facts::list_member_ids(conn, account, group)?;
                known.members.extend(members.into_iter().map(|member| (group.clone(), member)));
            }
        }
        BulkAction::AddOffDuty { rule } => known.off_duty = off_duty::list_users_with(conn, account, rule)?,
        BulkAction::InviteAgain { .. } => {
            let roles = store::known::list_group_roles(conn, account)?;
            known.roles = roles.into_iter().map(|(id, name)| (name, id)).collect();
            known.invited = invited(conn, account, targets)?;
        }
        BulkAction::SetActive { .. }
        | BulkAction::Delete
        | BulkAction::RevokeTokens
        | BulkAction::ResendInvitations { .. }
        | BulkAction::RevokeInvitations
        | BulkAction::DeleteInvitations => {}
    }
    let (_, open) = table::list_open_edits(conn, account)?;
    let open = table::read_edits(open)?;
    known.waiting = open.iter().filter_map(|(_, edit)| changes::subject(edit).id).collect();
    Ok(known)
}

/// Groups and addresses of `targets` of which a member is or an invitation can be accepted.
fn invited(
    conn: &rusqlite::Connection,
    account: AccountId,
    targets: &[Target],
) -> Result<BTreeSet<(RemoteId, String)>, StoreError> {
    let own = targets.iter().filter_map(|target| target.invitation.as_ref());
    let pairs: BTreeSet<(RemoteId, String)> =
        own.filter_map(|own| Some((own.group.clone()?, folded(&own.invitee)))).collect();
    let groups = pairs.iter().map(|(group, _)| group.clone()).collect();
    let addresses = pairs.iter().map(|(_, address)| address.clone()).collect();
    let there = There::load(conn, account, &groups, &addresses, clock::now())?;
    let is_there = |(group, address): &(RemoteId, String)| {
        there.member(group, address).is_some() || !there.invited(group, address).is_empty()
    };
    Ok(pairs.into_iter().filter(is_there).collect())
}

/// The rows that a selection has now.
#[derive(Default)]
struct Found {
    targets: Vec<Target>,
    /// Named rows that did not come yet.
    missing: BTreeSet<RowKey>,
}

impl super::lists::Walked for Found {}

impl Listing<ListRow> for Found {
    fn begin(&mut self, _: usize) {}

    fn row(&mut self, row: ListRow) -> Result<(), StoreError> {
        if !self.missing.is_empty()
            && let Some(key) = row.key()
        {
            self.missing.remove(&key);
        }
        self.targets.extend(target(row));
        Ok(())
    }
}

fn target(row: ListRow) -> Option<Target> {
    match row {
        ListRow::User(row) => Some(user(*row)),
        ListRow::Member(account, row) => Some(member(account, row)),
        ListRow::Holder(account, row) => Some(Target {
            account,
            id: RemoteId::new(row.remote_id),
            kind: row.kind,
            present: !row.dangling,
            name: row.display_name,
            active: row.active,
            group: row.organization_id.map(RemoteId::new),
            token: None,
            invitation: None,
        }),
        ListRow::Token(row) => Some(token(*row)),
        ListRow::Invitation(row) => Some(invitation(*row)),
        ListRow::Group(_)
        | ListRow::Role(_)
        | ListRow::Right(..)
        | ListRow::Log(_)
        | ListRow::Change(_)
        | ListRow::Run(_)
        | ListRow::Resource(_)
        | ListRow::Access(_)
        | ListRow::Receipt(..)
        | ListRow::Review(..) => None,
    }
}

fn user(row: UserRow) -> Target {
    Target {
        account: row.account_id,
        id: RemoteId::new(row.remote_id),
        kind: HolderKind::User,
        present: true,
        name: row.display_name,
        active: row.active,
        group: None,
        token: None,
        invitation: None,
    }
}

fn member(account: AccountId, row: MemberView) -> Target {
    Target {
        account,
        id: RemoteId::new(row.remote_id),
        // A group in a group is no user.
        kind: if row.kind == MemberKind::Group { HolderKind::Application } else { HolderKind::User },
        present: !row.dangling,
        name: row.display_name,
        active: row.active,
        group: None,
        token: None,
        invitation: None,
    }
}

fn token(row: TokenRow) -> Target {
    Target {
        account: row.account_id,
        id: RemoteId::new(row.owner.remote_id),
        kind: row.owner.kind,
        present: true,
        name: row.name.clone(),
        active: None,
        group: None,
        token: Some((row.kind, row.name)),
        invitation: None,
    }
}

fn invitation(row: InvitationRow) -> Target {
    Target {
        account: row.account_id,
        id: RemoteId::new(row.remote_id),
        kind: HolderKind::User,
        present: true,
        name: row.invitee.clone(),
        active: None,
        group: None,
        token: None,
        invitation: Some(Invited {
            invitee: row.invitee,
            state: row.state,
            group: row.organization_id.map(RemoteId::new),
            roles: row.roles,
        }),
    }
}
