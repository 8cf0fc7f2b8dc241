//! What changed since, and the account as it was: the same as keeping every state and comparing by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use rollcall_core::api::*;
use rollcall_core::model::{AccountId, Action, Subject};
use rollcall_core::query::{PastCache, compare, get_past_user, query_past_users};
use rollcall_core::remote::read_kept_user;
use rollcall_core::store::{Store, StoreError};
use serde_json::{Value, json};

use crate::history_world::{Told, World, connect, differences, sync};

const URN: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// An account with what was kept of every sync.
struct Past {
    store: Store,
    account: AccountId,
    runs: Vec<i64>,
    cache: Arc<PastCache>,
}

impl Past {
    fn new(worlds: &[World]) -> Self {
        let store = Store::open_session().unwrap();
        let account = connect(&store);
        let mut past = Self { store, account, runs: Vec::new(), cache: Arc::default() };
        worlds.iter().for_each(|world| past.sync(world));
        past
    }

    /// The first begins at 1,000, the next at 2,000, and so on.
    fn sync(&mut self, world: &World) {
        let at = (self.runs.len() as i64 + 1) * 1_000;
        self.runs.push(sync(&self.store, self.account, at, world));
    }

    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        tokio::runtime::Runtime::new().unwrap().block_on(self.store.read(work)).unwrap()
    }

    fn compare(&self, change: impl FnOnce(&mut CompareRequest)) -> CompareView {
        let mut request = CompareRequest {
            account_id: None,
            since: PastMoment::Run { run_id: self.runs[0] },
            until: None,
            remote_id: None,
            subject: None,
            action: None,
            text: String::new(),
            offset: 0,
            limit: 500,
        };
        change(&mut request);
        let cache = Arc::clone(&self.cache);
        self.ask(move |conn| compare(&cache, conn, &request))
    }

    fn told(&self, since: PastMoment, until: Option<PastMoment>) -> Vec<Told> {
        let view = self.compare(|request| (request.since, request.until) = (since, until));
        assert_eq!(view.total as usize, view.rows.len());
        let told = |row: DifferenceView| {
            assert!(!row.returned, "{row:?}");
            (row.subject, row.action, row.remote_id, row.member_id, row.field, row.before, row.after)
        };
        let mut told: Vec<Told> = view.rows.into_iter().map(told).collect();
        told.sort_by_key(|told| format!("{told:?}"));
        told
    }

    fn users(&self, moment: PastMoment, change: impl FnOnce(&mut PastUserQueryRequest)) -> PastUserPageView {
        let mut request = PastUserQueryRequest {
            account_id: None,
            moment,
            text: String::new(),
            sort: UserSort { column: UserColumn::ExternalId, descending: false },
            offset: 0,
            limit: 500,
        };
        change(&mut request);
        // The cache is shared by all questions: what earlier ones left in it must not show.
        let cache = Arc::clone(&self.cache);
        self.ask(move |conn| query_past_users(&cache, conn, &request, read_kept_user))
    }

    fn user(&self, id: &str, moment: PastMoment) -> Option<PastUserView> {
        let request = PastUserRequest { account_id: self.account, remote_id: id.to_owned(), moment };
        self.ask(move |conn| get_past_user(conn, &request, read_kept_user))
    }
}

fn person() -> impl Strategy<Value = Value> {
    let value = |texts: &[&str]| {
        prop::sample::select(texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    };
    let maybe = |texts: &[&str]| prop::option::of(value(texts));
    let names =
        (value(&["Zoë Müller", "Ann", "李", "Łukasz"]), maybe(&["Zoë", "Ann"]), maybe(&["M.", "de Vries"]));
    let work = (maybe(&["CTO", "Nurse"]), maybe(&["IT", "Care"]), maybe(&["m1", "m2"]));
    let own = prop::collection::btree_set(value(&["a@x.example", "b@x.example"]), 0..2);
    (names, work, own, any::<bool>()).prop_map(
        |((display, given, family), (title, department, manager), emails, active)| {
            let emails: Vec<Value> =
                emails.iter().map(|email| json!({ "value": email, "type": "work" })).collect();
            let mut person = json!({
                "userName": display, "displayName": display, "active": active, "emails": emails,
                "name": { "givenName": given, "familyName": family }, "title": title,
            });
            if department.is_some() || manager.is_some() {
                person[URN] = json!({ "department": department });
                if let Some(manager) = manager {
                    person[URN]["manager"] = json!({ "value": manager });
                }
            }
            person
        },
    )
}

fn ids(letter: &'static str, most: usize) -> impl Strategy<Value = BTreeSet<String>> {
    btree_set((0..6_usize).prop_map(move |at| format!("{letter}{at}")), 0..most)
}

fn worlds(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<World>> {
    any::<bool>().prop_flat_map(move |apart| vec(world(apart), count.clone()))
}

fn world(apart: bool) -> impl Strategy<Value = World> {
    let id = |letter: &'static str, most: usize| (0..most).prop_map(move |at| format!("{letter}{at}"));
    let users = btree_map(id("u", 6), person(), 0..6);
    let name = || prop::sample::select(vec!["Staff", "Board"]).prop_map(str::to_owned);
    let groups = btree_map(id("g", 3), (name(), ids("u", 5)), 0..3);
    let inside = btree_map(id("u", 6), btree_set(id("r", 2), 0..3), 0..4);
    let organizations = btree_map(id("o", 2), (name(), inside), 0..3);
    let assignments = btree_set((id("r", 2), id("u", 6)), 0..4);
    (users, groups, organizations, assignments).prop_map(
        move |(mut users, groups, organizations, assignments)| {
            for (id, user) in &mut users {
                user["id"] = json!(id);
                user["externalId"] = json!(id);
            }
            match apart {
                true => World { users, apart, organizations, assignments, ..World::default() },
                false => World { users, apart, groups, assignments, ..World::default() },
            }
        },
    )
}

/// What a list shows of a world: id, name, title, department, first address, active, number of groups.
type Shown = (String, String, Option<String>, Option<String>, Option<String>, Option<bool>, u32);

fn shown(row: &PastUserRow) -> Shown {
    let row = &row.row;
    let (title, department, email) = (row.title.clone(), row.department.clone(), row.email.clone());
    (row.remote_id.clone(), row.display_name.clone(), title, department, email, row.active, row.groups)
}

fn expected(world: &World) -> Vec<Shown> {
    let of = |(id, user): (&String, &Value)| {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let groups = u32::try_from(world.groups_of(id).len()).unwrap();
        let name = text(&user["displayName"]).unwrap();
        let (title, department) = (text(&user["title"]), text(&user[URN]["department"]));
        (
            id.clone(),
            name,
            title,
            department,
            text(&user["emails"][0]["value"]),
            user["active"].as_bool(),
            groups,
        )
    };
    world.users.iter().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_different_is_what_two_kept_states_differ_in(worlds in worlds(2..6)) {
        let past = Past::new(&worlds);
        for (at, before) in worlds.iter().enumerate() {
            let since = PastMoment::Run { run_id: past.runs[at] };
            let now = differences(before, worlds.last().unwrap());
            prop_assert_eq!(past.told(since, None), now, "since {}", at);
            for (later, after) in worlds.iter().enumerate().skip(at) {
                let until = PastMoment::At { at: (later as i64 + 1) * 1_000 + 1 };
                prop_assert_eq!(past.told(since, Some(until)), differences(before, after), "{} to {}", at, later);
            }
        }
    }

    #[test]
    fn the_account_as_it_was_is_the_state_that_was_kept_then(worlds in worlds(1..6)) {
        let past = Past::new(&worlds);
        for (at, world) in worlds.iter().enumerate() {
            let moment = PastMoment::At { at: (at as i64 + 1) * 1_000 + 1 };
            let view = past.users(moment, |_| {});
            prop_assert_eq!(view.rows.iter().map(shown).collect::<Vec<_>>(), expected(world), "{}", at);
            prop_assert_eq!((view.total as usize, view.all as usize), (world.users.len(), world.users.len()));
            let found = past.users(moment, |request| request.text = "ann".to_owned());
            let by_hand = expected(world).into_iter().filter(|row| {
                let record = world.users[&row.0].clone();
                [&record["displayName"], &record["name"]["givenName"]].iter().any(|name| name.as_str() == Some("Ann"))
            });
            prop_assert_eq!(found.rows.iter().map(shown).collect::<Vec<_>>(), by_hand.collect::<Vec<_>>());
            for id in (0..6).map(|at| format!("u{at}")) {
                let view = past.user(&id, moment);
                let Some(record) = world.users.get(&id) else {
                    prop_assert!(view.is_none());
                    continue;
                };
                let view = view.unwrap();
                let back = view.record.unwrap();
                let changed = rollcall_core::store::changed_fields(&back.to_string(), &record.to_string());
                prop_assert_eq!(changed, vec![], "{}", back);
                let of = |group: UserGroupView| {
                    let roles = group.roles.into_iter().map(|role| role.display_name).collect();
                    (group.remote_id, group.display_name, roles)
                };
                let mut groups: Vec<(String, String, Vec<String>)> = view.groups.into_iter().map(of).collect();
                groups.sort();
                prop_assert_eq!(groups, world.groups_of(&id), "{} at {}", id, at);
                let roles: Vec<_> = view.roles.into_iter().map(|role| role.remote_id).collect();
                let held = world.assignments.iter().filter(|(_, holder)| *holder == id);
                prop_assert_eq!(roles, held.map(|(role, _)| role.clone()).collect::<Vec<_>>());
            }
        }
    }
}

fn of_people(people: &[(&str, Value)]) -> World {
    let users = people.iter().map(|(id, person)| {
        let mut person = person.clone();
        person["id"] = json!(id);
        person["userName"] = json!(id);
        ((*id).to_owned(), person)
    });
    World { users: users.collect(), ..World::default() }
}

#[test]
fn before_the_first_sync_nothing_is_known_and_that_is_said() {
    let world = of_people(&[("ann", json!({ "displayName": "Ann" }))]);
    let past = Past::new(&[world.clone(), world]);
    let said = |moment| {
        let view = past.users(moment, |_| {});
        assert_eq!(view.rows.len(), 1, "what the first sync found stands for it");
        let PastAccountView { known_since, before_known, synced_at, .. } = view.accounts[0];
        (known_since, before_known, synced_at)
    };
    assert_eq!(said(PastMoment::At { at: 500 }), (Some(1_000), true, Some(1_000)));
    assert_eq!(said(PastMoment::At { at: 1_500 }), (Some(1_000), false, Some(1_000)));
    assert_eq!(said(PastMoment::Run { run_id: past.runs[1] }), (Some(1_000), false, Some(2_000)));
    let view = past.compare(|request| request.since = PastMoment::At { at: 500 });
    assert_eq!(view.accounts[0].until_synced_at, Some(2_000));
    assert!(view.accounts[0].before_known);
}

#[test]
fn differences_are_counted_filtered_searched_and_paged() {
    let old = of_people(&[
        ("ann", json!({ "displayName": "Ann", "title": "A", "locale": "fr" })),
        ("zoe", json!({ "displayName": "Zoë" })),
    ]);
    let mut new = of_people(&[
        ("ann", json!({ "displayName": "Ann", "title": "B", "locale": "nl" })),
        ("jo", json!({ "displayName": "Jo" })),
    ]);
    new.groups
        .insert("g0".to_owned(), ("Staff".to_owned(), BTreeSet::from(["jo".to_owned(), "ann".to_owned()])));
    let past = Past::new(&[old, new]);
    let lines = |change: fn(&mut CompareRequest)| {
        let view = past.compare(change);
        let line = |row: DifferenceView| {
            let who = row.member_name.unwrap_or(row.name);
            format!(
                "{who} {} {}{}",
                row.subject.as_str(),
                row.action.as_str(),
                row.field.map(|f| format!(" {f}")).unwrap_or_default()
            )
        };
        (view.total, view.rows.into_iter().map(line).collect::<Vec<_>>())
    };
    let all = [
        "Ann user changed locale",
        "Ann user changed title",
        "Ann membership added",
        "Jo user added",
        "Jo membership added",
        "Zoë user removed",
        "Staff group added",
    ];
    assert_eq!(lines(|_| {}), (7, all.map(str::to_owned).to_vec()));
    assert_eq!(
        lines(|request| (request.offset, request.limit) = (2, 2)),
        (7, all[2..4].iter().map(|line| (*line).to_owned()).collect())
    );
    assert_eq!(lines(|request| request.text = "ZOE".to_owned()).1, ["Zoë user removed"]);
    assert_eq!(lines(|request| request.text = "staff jo".to_owned()).1, ["Jo membership added"]);
    assert_eq!(lines(|request| request.text = "title".to_owned()).1, ["Ann user changed title"]);
    assert_eq!(lines(|request| request.subject = Some(Subject::Membership)).0, 2);
    assert_eq!(lines(|request| request.action = Some(Action::Changed)).0, 2);
    assert_eq!(lines(|request| request.remote_id = Some("jo".to_owned())).0, 2);
    let counts: BTreeMap<_, _> = past
        .compare(|_| {})
        .counts
        .into_iter()
        .map(|of| (of.subject, (of.added, of.changed, of.removed)))
        .collect();
    assert_eq!(
        counts,
        BTreeMap::from([
            (Subject::User, (1, 1, 1)),
            (Subject::Group, (1, 0, 0)),
            (Subject::Membership, (2, 0, 0))
        ])
    );
}

#[test]
fn who_left_is_in_the_list_as_it_was_with_the_whole_record() {
    let ann = json!({ "displayName": "Ann", "title": "A", "meta": { "created": "2026-01-02T03:04:05Z", "version": "7" } });
    let bob = json!({ "displayName": "Bob" });
    let old = of_people(&[("ann", ann), ("bob", bob.clone())]);
    let mut changed = old.clone();
    changed.users.get_mut("ann").unwrap()["title"] = json!("B");
    let past = Past::new(&[old, changed, of_people(&[("bob", bob)])]);
    let fates = |run: usize| {
        let view = past.users(PastMoment::Run { run_id: past.runs[run] }, |request| {
            request.sort.column = UserColumn::DisplayName
        });
        view.rows.into_iter().map(|row| (row.row.display_name, row.row.title, row.fate)).collect::<Vec<_>>()
    };
    let bob = ("Bob".to_owned(), None, Fate::Same);
    assert_eq!(fates(0), [("Ann".to_owned(), Some("A".to_owned()), Fate::Left), bob.clone()]);
    assert_eq!(fates(1), [("Ann".to_owned(), Some("B".to_owned()), Fate::Left), bob.clone()]);
    assert_eq!(fates(2), [bob]);
    let view = past.user("ann", PastMoment::Run { run_id: past.runs[0] }).unwrap();
    let expected = json!({ "id": "ann", "userName": "ann", "displayName": "Ann", "title": "A", "meta": { "created": "2026-01-02T03:04:05Z" } });
    assert_eq!(view.record, Some(expected));
    assert!(past.user("ann", PastMoment::Run { run_id: past.runs[2] }).is_none());
}

#[test]
fn of_who_left_before_records_were_kept_the_name_is_known() {
    let past = Past::new(&[of_people(&[("ann", json!({ "displayName": "Ann" }))]), World::default()]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let forget = |tx: &rusqlite::Transaction<'_>| {
        tx.execute("UPDATE history SET before = NULL", []).unwrap();
        Ok(())
    };
    runtime.block_on(past.store.write(forget)).unwrap();
    let moment = PastMoment::Run { run_id: past.runs[0] };
    let view = past.users(moment, |_| {});
    assert_eq!((view.rows[0].row.display_name.as_str(), view.rows[0].fate), ("Ann", Fate::Left));
    let view = past.user("ann", moment).unwrap();
    assert_eq!((view.record, view.row.row.active), (None, None));
}

#[test]
fn the_record_of_who_left_shows_nowhere_in_the_history_and_goes_with_the_account() {
    let mut past = Past::new(&[of_people(&[("ann", json!({ "displayName": "Ann", "title": "Secretary" }))])]);
    past.sync(&World::default());
    let request = HistoryQueryRequest {
        account_id: None,
        run_id: None,
        subject: None,
        action: None,
        text: String::new(),
        offset: 0,
        limit: 10,
    };
    let view = past.ask(move |conn| rollcall_core::query::query_history(conn, &request));
    assert_eq!((view.total, view.entries[0].before.clone()), (1, None));
    let moment = PastMoment::Run { run_id: past.runs[0] };
    past.users(moment, |_| {});
    let account = past.account;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime
        .block_on(past.store.write(move |tx| rollcall_core::store::accounts::delete(tx, account)))
        .unwrap();
    past.cache.forget(account);
    let left: i64 =
        past.ask(|conn| Ok(conn.query_row("SELECT count(*) FROM history", [], |row| row.get(0)).unwrap()));
    assert_eq!((left, past.users(moment, |_| {}).all), (0, 0));
}
