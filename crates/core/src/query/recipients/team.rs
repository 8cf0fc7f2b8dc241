//! Who stands behind a list of recipients: groups become the people in them, and whoever is not active or off duty is not
//! told.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use serde_json::Value;

use super::left::Silenced;
use crate::model::{AccountId, LocalSeconds, Recipient, RecipientKind, Stream};
use crate::query::accounts::stream_state;
use crate::query::rights::each;
use crate::store::{StoreError, off_duty};

const USERS: &str = "SELECT remote_id, display_name, active FROM users WHERE account_id = :account_id";
const GROUPS: &str = "SELECT remote_id, display_name, raw FROM groups WHERE account_id = :account_id";
const MEMBERS: &str = "SELECT group_id, member_id FROM memberships WHERE account_id = :account_id";

/// Somebody, as far as alerts ask.
#[derive(Clone, Debug, Default)]
pub struct Person {
    pub name: String,
    /// The switch of the service; `None` where it does not say.
    pub active: Option<bool>,
    /// An off-duty period covers now.
    pub off: bool,
}

/// A group, as far as alerts ask.
#[derive(Clone, Debug, Default)]
pub struct Team {
    pub name: String,
    pub members: BTreeSet<String>,
    /// Everybody is in it, whether or not they are listed there.
    pub everybody: bool,
}

/// Everybody who could be told.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub users: BTreeMap<String, Person>,
    pub groups: BTreeMap<String, Team>,
    /// No user and no member of a group is hidden from this credential, as far as the service tells.
    pub whole: bool,
}

/// Why somebody is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways<'p> {
    /// In the list themselves.
    pub direct: bool,
    /// In these groups of the list.
    pub groups: BTreeSet<&'p str>,
}

/// Whom a list reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach<'p> {
    /// Everybody in it, on duty or not, active or not.
    pub people: BTreeMap<&'p str, Ways<'p>>,
    /// Those of them who are active.
    pub active: BTreeSet<&'p str>,
    /// Those of them who would be told right now.
    pub now: BTreeSet<&'p str>,
    /// Addresses of nobody in the account.
    pub addresses: usize,
    /// Somebody in it is not visible, or it is not known whether they are active.
    pub unsure: bool,
}

impl People {
    /// Reads everybody; `now` is what the account's clock shows.
    pub fn load(conn: &Connection, account: AccountId, now: LocalSeconds) -> Result<Self, StoreError> {
        let off: BTreeSet<String> = off_duty::list_all(conn, account)?
            .into_iter()
            .filter(|period| period.rule.covers(now))
            .map(|period| period.user.as_str().to_owned())
            .collect();
        let mut people = Self::default();
        each(conn, USERS, account, |row| {
            let id: String = row.get("remote_id")?;
            let (name, active) = (row.get("display_name")?, row.get("active")?);
            let person = Person { name, active, off: off.contains(&id) };
            people.users.insert(id, person);
            Ok(())
        })?;
        each(conn, GROUPS, account, |row| {
            let raw: Value = serde_json::from_str(&row.get::<_, String>("raw")?).unwrap_or_default();
            let everybody = raw.get("IsEveryone").and_then(Value::as_bool) == Some(true);
            let team = Team { name: row.get("display_name")?, everybody, ..Team::default() };
            people.groups.insert(row.get("remote_id")?, team);
            Ok(())
        })?;
        each(conn, MEMBERS, account, |row| {
            if let Some(team) = people.groups.get_mut(&row.get::<_, String>("group_id")?) {
                team.members.insert(row.get("member_id")?);
            }
            Ok(())
        })?;
        people.whole = [Stream::Users, Stream::Groups].into_iter().try_fold(true, |whole, stream| {
            let state = stream_state(conn, account, stream)?;
            Ok::<_, StoreError>(whole && state.is_some_and(|state| state.proof.complete))
        })?;
        Ok(people)
    }

    /// Whom `recipients` reach.
    pub fn reach<'p>(&'p self, recipients: &'p [Recipient]) -> Reach<'p> {
        let mut reach = Reach::default();
        for Recipient { kind, id } in recipients {
            match kind {
                RecipientKind::Address => reach.addresses += 1,
                RecipientKind::User => self.add(&mut reach, id.as_str(), None),
                RecipientKind::Group => match self.groups.get_key_value(id.as_str()) {
                    Some((id, team)) => {
                        reach.unsure |= !self.whole;
                        self.members(team).for_each(|member| self.add(&mut reach, member, Some(id)));
                    }
                    None => reach.unsure = true,
                },
            }
        }
        reach
    }

    /// Everybody in a group.
    pub fn members<'p>(&'p self, team: &'p Team) -> Box<dyn Iterator<Item = &'p str> + 'p> {
        if team.everybody {
            return Box::new(self.users.keys().map(String::as_str));
        }
        Box::new(team.members.iter().map(String::as_str))
    }

    fn add<'p>(&'p self, reach: &mut Reach<'p>, user: &'p str, group: Option<&'p str>) {
        let Some(person) = self.users.get(user) else {
            reach.unsure = true;
            return;
        };
        let ways = reach.people.entry(user).or_default();
        match group {
            Some(group) => {
                ways.groups.insert(group);
            }
            None => ways.direct = true,
        }
        match person.active {
            None => reach.unsure = true,
            Some(false) => {}
            Some(true) => {
                reach.active.insert(user);
                if !person.off {
                    reach.now.insert(user);
                }
            }
        }
    }

    /// As it is once this is done.
    pub fn silence(&mut self, silenced: &Silenced) {
        let Silenced { users, groups, members, joining, switched } = silenced;
        for (user, active) in switched {
            if let Some(person) = self.users.get_mut(user) {
                person.active = Some(*active);
            }
        }
        self.users.retain(|id, _| !users.contains(id));
        self.groups.retain(|id, _| !groups.contains(id));
        for (id, team) in &mut self.groups {
            team.members
                .extend(joining.iter().filter(|(group, _)| group == id).map(|(_, user)| user.clone()));
            team.members
                .retain(|user| !users.contains(user) && !members.contains(&(id.clone(), user.clone())));
        }
    }
}

#[cfg(test)]
pub(in crate::query) const STATEMENTS: &[&str] = &[USERS, GROUPS, MEMBERS];

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::RemoteId;

    /// Ada and Bo are on duty, Cy is off, Di is not active, of Ed the service does not say. Night: Cy and Di; Day: Ada and
    /// Cy; Ghost has a member who is not visible; Empty has nobody.
    pub fn people() -> People {
        let person = |active, off| Person { name: String::new(), active, off };
        let team = |members: &[&str], everybody| Team {
            name: String::new(),
            members: members.iter().map(|id| (*id).to_owned()).collect(),
            everybody,
        };
        People {
            users: [
                ("ada", person(Some(true), false)),
                ("bo", person(Some(true), false)),
                ("cy", person(Some(true), true)),
                ("di", person(Some(false), false)),
                ("ed", person(None, false)),
            ]
            .map(|(id, person)| (id.to_owned(), person))
            .into(),
            groups: [
                ("day", team(&["ada", "cy"], false)),
                ("night", team(&["cy", "di"], false)),
                ("ghost", team(&["zoe"], false)),
                ("empty", team(&[], false)),
                ("all", team(&["ada"], true)),
            ]
            .map(|(id, team)| (id.to_owned(), team))
            .into(),
            whole: true,
        }
    }

    /// `ada` is a user, `@day` a group, `x@y` an address.
    pub fn list(words: &str) -> Vec<Recipient> {
        let recipient = |word: &str| match word.strip_prefix('@') {
            Some(group) => Recipient { kind: RecipientKind::Group, id: RemoteId::new(group) },
            None if word.contains('@') => Recipient { kind: RecipientKind::Address, id: RemoteId::new(word) },
            None => Recipient { kind: RecipientKind::User, id: RemoteId::new(word) },
        };
        words.split_whitespace().map(recipient).collect()
    }

    fn joined<'p>(ids: impl IntoIterator<Item = &'p &'p str>) -> String {
        ids.into_iter().copied().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn whoever_is_active_and_on_duty_is_told_now() {
        let people = people();
        for (recipients, now, active, unsure) in [
            ("", "", "", false),
            ("ada", "ada", "ada", false),
            ("cy", "", "cy", false),
            ("di", "", "", false),
            ("ed", "", "", true),
            ("gone", "", "", true),
            ("@day", "ada", "ada cy", false),
            ("@night", "", "cy", false),
            ("@night bo", "bo", "bo cy", false),
            ("@empty", "", "", false),
            ("@ghost", "", "", true),
            ("@missing", "", "", true),
            ("@all", "ada bo", "ada bo cy", true),
            ("ada @day @night", "ada", "ada cy", false),
            ("out@example.com", "", "", false),
        ] {
            let list = list(recipients);
            let reach = people.reach(&list);
            assert_eq!(
                (joined(&reach.now), joined(&reach.active), reach.unsure),
                (now.to_owned(), active.to_owned(), unsure),
                "{recipients}"
            );
        }
    }

    #[test]
    fn each_way_to_somebody_is_named() {
        let people = people();
        let list = list("ada @day @all x@y");
        let reach = people.reach(&list);
        assert_eq!(reach.people["ada"], Ways { direct: true, groups: BTreeSet::from(["all", "day"]) });
        assert_eq!(reach.people["bo"], Ways { direct: false, groups: BTreeSet::from(["all"]) });
        assert_eq!(reach.addresses, 1);
    }

    #[test]
    fn who_is_in_a_group_is_not_sure_where_members_are_hidden() {
        let people = People { whole: false, ..people() };
        assert!(people.reach(&list("@night")).unsure);
        assert!(!people.reach(&list("cy")).unsure, "a person is known by itself");
    }

    #[test]
    fn nobody_is_told_after_all_have_gone() {
        let text = |text: &str| text.to_owned();
        let pair = |group: &str, user: &str| (text(group), text(user));
        for (silenced, told) in [
            (Silenced::default(), "ada bo"),
            (Silenced { users: [text("ada")].into(), ..Silenced::default() }, "bo"),
            (Silenced { groups: [text("day")].into(), ..Silenced::default() }, "bo"),
            (Silenced { members: [pair("day", "ada")].into(), ..Silenced::default() }, "bo"),
            (Silenced { switched: [(text("ada"), false)].into(), ..Silenced::default() }, "bo"),
            (Silenced { joining: [pair("empty", "di")].into(), ..Silenced::default() }, "ada bo"),
            (
                Silenced {
                    joining: [pair("empty", "di")].into(),
                    switched: [(text("di"), true)].into(),
                    ..Silenced::default()
                },
                "ada bo di",
            ),
        ] {
            let mut people = people();
            people.silence(&silenced);
            let list = list("@day bo @empty");
            assert_eq!(joined(&people.reach(&list).now), told, "{silenced:?}");
        }
    }
}
