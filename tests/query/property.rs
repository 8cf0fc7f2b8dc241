//! The index answers like filtering and sorting by hand, for any users, filters and orders.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rollcall_core::api::{UserColumn, UserQueryRequest, UserSort};
use rollcall_core::model::{Timestamp, User};
use rollcall_core::query::UserIndexCache;

use crate::fixture::{Mirror, moment, query_users, user};
use crate::naive::{self, Known};
use crate::tree::{Tree, tree};

const ROLES: [&str; 3] = ["Admin", "Éditeur", "Admin of nothing"];

const COLUMNS: [UserColumn; 19] = [
    UserColumn::DisplayName,
    UserColumn::UserName,
    UserColumn::Email,
    UserColumn::Status,
    UserColumn::GivenName,
    UserColumn::FamilyName,
    UserColumn::Title,
    UserColumn::Department,
    UserColumn::Organization,
    UserColumn::EmployeeNumber,
    UserColumn::UserType,
    UserColumn::Phone,
    UserColumn::Locale,
    UserColumn::ExternalId,
    UserColumn::Groups,
    UserColumn::CreatedAt,
    UserColumn::ModifiedAt,
    UserColumn::LastSignInAt,
    UserColumn::Account,
];

fn given() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["Zoë", "Anna", "Jean Pierre", "Ève", "Ann", "李", "Łukasz", "a", ""])
        .prop_map(str::to_owned)
}

fn family() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Dubois",
        "de Vries",
        "Müller-Weiß",
        "O'Neil",
        "Van den Bergh-Castelein",
        "b",
        "Ørsted",
    ])
    .prop_map(str::to_owned)
}

fn address(local: String) -> impl Strategy<Value = String> {
    let domains = vec!["@acme.example", "@b.example", "@x@y.example", "@", "", "@ACME.example"];
    prop::sample::select(domains).prop_map(move |domain| format!("{local}{domain}"))
}

/// How the display name is made of its parts, and the user name of the address: most are, some are not.
fn a_user() -> impl Strategy<Value = User> {
    let names = (given(), family(), 0..6_u8).prop_flat_map(|(given, family, style)| {
        let local =
            if style == 5 { "someone else".to_owned() } else { format!("{given}.{family}").replace(' ', "") };
        (Just((given, family, style)), address(local.clone()), Just(local), 0..4_u8)
    });
    let shared = (
        option::of(prop::sample::select(vec!["Engineer", "Ingénieure", "CTO"])),
        option::of(prop::sample::select(vec!["Sales", "R&D", "sales"])),
        option::of(0..4_u8),
        option::of("[+][0-9]{2} [0-9]{2}"),
        option::of(any::<bool>()),
        (option::of(-3_i64..3), option::of(prop::num::i64::ANY)),
    );
    (names, shared).prop_map(|(((given, family, style), email, local, login), shared)| {
        let (title, department, number, phone, active, (created, modified)) = shared;
        let display = match style {
            0 | 1 => format!("{given} {family}"),
            2 => format!("{family}, {given}"),
            3 => family.clone(),
            _ => format!("{given}  {family} (ext)"),
        };
        let user_name = match login {
            0 | 1 => email.clone(),
            2 => local,
            _ => format!("u-{family}"),
        };
        User {
            user_name,
            given_name: Some(given).filter(|given| !given.is_empty()),
            family_name: Some(family),
            email: Some(email).filter(|_| style != 4),
            phone,
            active,
            title: title.map(str::to_owned),
            department: department.map(str::to_owned),
            employee_number: number.map(|number| format!("E-00{number}")),
            external_id: number.map(|number| format!("{number}@ext@{number}")),
            created_at: created.map(Timestamp::from_millis),
            modified_at: modified.filter(|at| *at != i64::MIN).map(Timestamp::from_millis),
            ..user("", &display)
        }
    })
}

/// Pieces of what is there, and what is not.
fn typed() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "a",
        "e",
        "zo",
        "ZOË",
        "ann",
        "ann.dub",
        "dubois@acme",
        "@acme",
        "is@",
        "@",
        "x@y",
        "acme.example",
        "s@a",
        "ø",
        "-",
        "e-00",
        "r&d",
        "ingen",
        "eng",
        "+",
        "李",
        "weiss",
        "nobody",
        "1@ext@1",
        "vandenbergh-castelein@b",
        "du bo",
        "\u{a0}vries",
        "ann ann",
        "jean p",
        "u-",
        "t@",
        "@x",
    ]);
    vec(word, 0..3).prop_map(|words| words.join(" "))
}

/// A request without its text, and what it asks for.
fn request() -> impl Strategy<Value = (UserQueryRequest, Tree)> {
    let sort = (prop::sample::select(COLUMNS.to_vec()), any::<bool>());
    let words = typed().prop_map(Tree::Words);
    (option::of(0..3_usize), prop_oneof![words, tree()], sort, 0..40_u32, 0..60_u32).prop_map(
        |(account, tree, (column, descending), offset, limit)| {
            let request = UserQueryRequest {
                account_id: account.map(|at| rollcall_core::model::AccountId(at as u32 + 1)),
                text: tree.typed(),
                sort: UserSort { column, descending },
                offset,
                limit,
            };
            (request, tree)
        },
    )
}

/// Accounts one, two and three; the names of two fold to the same.
fn fill(mirror: &Mirror, users: Vec<(usize, User, u32)>) -> Vec<Known> {
    let names = ["Beta", "Álpha", "alpha"];
    let accounts = names.map(|name| mirror.account(name));
    for account in accounts {
        (0..3).for_each(|group| mirror.group(account, &format!("g{group}"), "group", None));
        ROLES.iter().for_each(|role| mirror.role(account, role, role));
    }
    users
        .into_iter()
        .enumerate()
        .map(|(at, (account, user, groups))| {
            // Ids of the service in another order than ours.
            let user = User {
                remote_id: rollcall_core::model::RemoteId::new(format!("{}", at * 7919 % 1000)),
                ..user
            };
            let id = mirror.add(accounts[account], &user);
            for group in 0..groups {
                mirror.member(accounts[account], &format!("g{group}"), user.remote_id.as_str(), None);
            }
            // A group that the account does not have counts for nothing.
            mirror.member(accounts[account], "gone", user.remote_id.as_str(), None);
            let mut known = Known::new(id, (accounts[account], names[account]), groups, user);
            for role in ROLES.iter().filter(|role| (at + role.len()) % 3 == 0) {
                mirror.assign(accounts[account], role, "", known.user.remote_id.as_str());
                known.roles.push((*role).to_owned());
            }
            known.factors = (at % 4 != 3).then(|| u32::try_from(at % 3).unwrap());
            mirror.details(accounts[account], known.user.remote_id.as_str(), known.factors);
            known.last_sign_in = (at % 5 != 0).then(|| moment().now.as_millis() - at as i64 * 86_400_000);
            known.last_sign_in.into_iter().for_each(|at| mirror.last_sign_in(id, at));
            known
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// One cache for all requests: what earlier ones left in it must not show.
    #[test]
    fn a_query_is_filtering_and_sorting_by_hand(
        users in vec((0..3_usize, a_user(), 0..4_u32), 0..150),
        requests in vec(request(), 1..25),
    ) {
        let mirror = Mirror::new();
        let known = fill(&mirror, users);
        let cache = UserIndexCache::new();
        for (request, tree) in requests {
            let expected = naive::query(&known, &request, |known| tree.holds(known));
            let view = query_users(&cache, &mirror.conn, &request);
            prop_assert_eq!(view.total as usize, expected.len(), "{:?}", request);
            let of = |id: &i64| {
                let known = known.iter().find(|known| known.id == *id).unwrap();
                (known.account, known.user.remote_id.as_str().to_owned(), known.groups)
            };
            let window = expected.iter().skip(request.offset as usize).take(request.limit as usize);
            let expected: Vec<_> = window.map(of).collect();
            let shown: Vec<_> =
                view.rows.into_iter().map(|row| (row.account_id, row.remote_id, row.groups)).collect();
            prop_assert_eq!(shown, expected, "{:?}", request);
        }
    }
}
