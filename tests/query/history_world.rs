//! A small account that is another one after every sync, taken over by the real store, and what is different done the slow
//! and obvious way, to compare with.

use std::collections::{BTreeMap, BTreeSet};

use rollcall_core::model::*;
use rollcall_core::remote::read_kept_user;
use rollcall_core::store::users::Target;
use rollcall_core::store::{
    Staging, Store, accounts, changed_fields, groups, members, records, role_assignments, roles, runs,
    staged_groups, staged_users, users,
};
use serde_json::{Value, json};

/// An account at one time.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Records by id.
    pub users: BTreeMap<String, Value>,
    /// The service lists members apart from its organisations, and has no other groups.
    pub apart: bool,
    /// Name and members by id.
    pub groups: BTreeMap<String, (String, BTreeSet<String>)>,
    /// Organisations like groups, with the roles that each member holds there.
    pub organizations: BTreeMap<String, (String, BTreeMap<String, BTreeSet<String>>)>,
    /// Role and holder.
    pub assignments: BTreeSet<(String, String)>,
}

/// One difference as the comparison lists it: subject, action, id, member, field, before, after.
pub type Told = (Subject, Action, String, Option<String>, Option<String>, Option<Value>, Option<Value>);

const ROLES: [&str; 2] = ["r0", "r1"];

fn account() -> Account {
    Account {
        id: AccountId(0),
        key: "key".to_owned(),
        provider: ProviderKind::Scim,
        name: "Acme".to_owned(),
        address: Address::parse("https://id.example.com/scim").unwrap(),
        authentication: Authentication::Bearer,
        certificate_authority: None,
        sample: false,
        signed_in: true,
        sync_interval_minutes: None,
        created_at: Timestamp::from_millis(1),
    }
}

/// The key by which the store knows how a service was reached.
pub fn connect(store: &Store) -> AccountId {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(store.write(|tx| accounts::insert(tx, &account()))).unwrap()
}

/// Takes `world` over as a sync that began at `at` would; returns the run.
pub fn sync(store: &Store, account: AccountId, at: i64, world: &World) -> i64 {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let at = Timestamp::from_millis(at);
    let target = runtime
        .block_on(store.write(move |tx| {
            let baseline = !runs::has_succeeded(tx, account)?;
            let run = runs::insert(tx, account, at, baseline, false)?;
            Ok(Target { account, run, at, baseline })
        }))
        .unwrap();
    let staging = Staging::open(store, account).unwrap();
    staging
        .stage(|tx, sql| {
            for record in world.users.values() {
                let user = read_kept_user(ProviderKind::Scim, record.clone()).unwrap();
                staged_users::stage(tx, sql, account, 1, &user)?;
            }
            for group in world.group_records() {
                staged_groups::stage(tx, sql, account, 1, &group)?;
            }
            for record in world.other_records() {
                records::stage(tx, sql, account, 1, &record)?;
            }
            Ok(())
        })
        .unwrap();
    staging
        .apply(|tx, sql| {
            let tick = &mut |_| Ok(());
            users::apply(tx, sql, target, true, tick)?;
            groups::apply(tx, sql, target, true, tick)?;
            roles::apply(tx, sql, target, true, tick)?;
            role_assignments::apply(tx, sql, target, true, tick)?;
            if world.apart {
                members::apply(tx, sql, target, true, tick)?;
            }
            let outcome = runs::Outcome {
                state: RunState::Succeeded,
                finished_at: at.plus_millis(5),
                counts: Counts::default(),
                proofs: &[],
                error: None,
            };
            runs::finish(tx, target.run, &outcome)
        })
        .unwrap();
    staging.discard().unwrap();
    target.run.0
}

fn group(id: &str, name: &str, kind: GroupKind, members: &BTreeSet<String>) -> Group {
    let raw = json!({ "id": id, "displayName": name }).to_string();
    let members: Vec<Membership> = members
        .iter()
        .map(|member| Membership {
            member: RemoteId::new(member.as_str()),
            kind: MemberKind::User,
            display: None,
        })
        .collect();
    Group {
        remote_id: RemoteId::new(id),
        kind,
        display_name: name.to_owned(),
        description: None,
        external_id: None,
        created_at: None,
        modified_at: None,
        version: None,
        hash: ContentHash::of(format!("{raw}{members:?}").as_bytes()),
        raw,
        members,
    }
}

impl World {
    fn group_records(&self) -> Vec<Group> {
        let own = self.groups.iter().map(|(id, (name, members))| group(id, name, GroupKind::Group, members));
        let nobody = BTreeSet::new();
        let organizations = self
            .organizations
            .iter()
            .map(|(id, (name, _))| group(id, name, GroupKind::Organization, &nobody));
        own.chain(organizations).collect()
    }

    fn other_records(&self) -> Vec<Record> {
        let role = |id: &&str| {
            let raw = json!({ "id": id }).to_string();
            Record::Role(Box::new(Role {
                remote_id: RemoteId::new(*id),
                scope: RoleScope::Account,
                holder_kind: HolderKind::User,
                display_name: id.to_uppercase(),
                description: None,
                is_default: None,
                permissions: Vec::new(),
                hash: ContentHash::of(raw.as_bytes()),
                raw,
            }))
        };
        let assignment = |(role, holder): &(String, String)| {
            let (role, holder) = (RemoteId::new(role.as_str()), RemoteId::new(holder.as_str()));
            Record::Assignment(RoleAssignment::new(role, holder, HolderKind::User))
        };
        let members = self.organizations.iter().flat_map(|(id, (_, members))| {
            members.iter().map(move |(member, roles)| {
                let roles = roles.iter().map(|role| RemoteId::new(role.as_str())).collect();
                let (id, member) = (RemoteId::new(id.as_str()), RemoteId::new(member.as_str()));
                Record::Member(OrganizationMember::new(id, member, None, roles))
            })
        });
        let roles = ROLES.iter().map(role);
        roles.chain(self.assignments.iter().map(assignment)).chain(members).collect()
    }

    /// Name of every group and organisation that `user` is in, with the roles there.
    pub fn groups_of(&self, user: &str) -> Vec<(String, String, Vec<String>)> {
        let groups = self.groups.iter().filter(|(_, (_, members))| members.contains(user));
        let groups = groups.map(|(id, (name, _))| (id.clone(), name.clone(), Vec::new()));
        let organizations = self.organizations.iter().filter_map(|(id, (name, members))| {
            let roles = members.get(user)?.iter().map(|role| role.to_uppercase()).collect();
            Some((id.clone(), name.clone(), roles))
        });
        let mut all: Vec<_> = groups.chain(organizations).collect();
        all.sort();
        all
    }

    fn memberships(&self) -> BTreeSet<(String, String)> {
        let groups = self
            .groups
            .iter()
            .flat_map(|(id, (_, members))| members.iter().map(move |member| (id.clone(), member.clone())));
        let organizations = self
            .organizations
            .iter()
            .flat_map(|(id, (_, members))| members.keys().map(move |member| (id.clone(), member.clone())));
        groups.chain(organizations).collect()
    }

    /// Role, where it is held, holder.
    fn holdings(&self) -> BTreeSet<(String, String, String)> {
        let everywhere =
            self.assignments.iter().map(|(role, holder)| (role.clone(), String::new(), holder.clone()));
        let inside = self.organizations.iter().flat_map(|(id, (_, members))| {
            members.iter().flat_map(move |(member, roles)| {
                roles.iter().map(move |role| (role.clone(), id.clone(), member.clone()))
            })
        });
        everywhere.chain(inside).collect()
    }

    fn group_raws(&self) -> BTreeMap<String, Value> {
        let raws = self.group_records().into_iter();
        raws.map(|group| (group.remote_id.as_str().to_owned(), serde_json::from_str(&group.raw).unwrap()))
            .collect()
    }
}

/// What is different between two worlds, sorted.
pub fn differences(before: &World, after: &World) -> Vec<Told> {
    let mut told = Vec::new();
    records_of(Subject::User, &before.users, &after.users, &mut told);
    records_of(Subject::Group, &before.group_raws(), &after.group_raws(), &mut told);
    let (old, new) = (before.memberships(), after.memberships());
    let edge = |subject, action, id: &str, member: &str| {
        (subject, action, id.to_owned(), Some(member.to_owned()), None, None, None)
    };
    told.extend(
        new.difference(&old).map(|(id, member)| edge(Subject::Membership, Action::Added, id, member)),
    );
    told.extend(
        old.difference(&new).map(|(id, member)| edge(Subject::Membership, Action::Removed, id, member)),
    );
    let (old, new) = (before.holdings(), after.holdings());
    told.extend(
        new.difference(&old).map(|(id, _, who)| edge(Subject::RoleAssignment, Action::Added, id, who)),
    );
    told.extend(
        old.difference(&new).map(|(id, _, who)| edge(Subject::RoleAssignment, Action::Removed, id, who)),
    );
    told.sort_by_key(|told| format!("{told:?}"));
    told
}

fn records_of(
    subject: Subject,
    before: &BTreeMap<String, Value>,
    after: &BTreeMap<String, Value>,
    told: &mut Vec<Told>,
) {
    let presence = |id: &String, action| (subject, action, id.clone(), None, None, None, None);
    for (id, record) in after {
        let Some(old) = before.get(id) else {
            told.push(presence(id, Action::Added));
            continue;
        };
        for change in changed_fields(&old.to_string(), &record.to_string()) {
            let value = |text: Option<String>| text.map(|text| serde_json::from_str(&text).unwrap());
            let (before, after) = (value(change.before), value(change.after));
            told.push((subject, Action::Changed, id.clone(), None, Some(change.field), before, after));
        }
    }
    told.extend(before.keys().filter(|id| !after.contains_key(*id)).map(|id| presence(id, Action::Removed)));
}
