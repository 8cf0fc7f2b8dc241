//! Accounts with the size and age of their mirrors.

use rollcall_core::api::{ForgetPreviewView, SyncStateView};
use rollcall_core::model::{AccountId, Authentication, Stream};
use rollcall_core::query::{UserIndexCache, forget_preview, stored_account, stored_accounts};

use crate::fixture::{Mirror, user};

#[test]
fn accounts_are_listed_by_name_with_what_they_hold() {
    let mirror = Mirror::new();
    let (zeta, alpha) = (mirror.account("Zeta"), mirror.account("álpha"));
    mirror.add(zeta, &user("1", "Ann"));
    mirror.group(zeta, "g", "Staff", None);
    let run = mirror.run(zeta, "succeeded");
    mirror.stream(zeta, Stream::Users, run, 100);
    let failed = mirror.run(zeta, "failed");
    let cache = UserIndexCache::new();
    for warm in [false, true] {
        if warm {
            cache.warm(&mirror.conn, zeta).unwrap();
        }
        let accounts = stored_accounts(&cache, &mirror.conn).unwrap();
        assert_eq!(accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [alpha, zeta]);
        assert_eq!((accounts[0].users, accounts[0].groups), (0, 0));
        assert_eq!((accounts[1].users, accounts[1].groups), (1, 1));
        assert_eq!(accounts[1].users_state.as_ref().unwrap().synced_at, 100);
        assert_eq!(accounts[1].groups_state, None);
        assert_eq!(accounts[1].last_run.as_ref().unwrap().id, failed);
        assert_eq!(accounts[0].last_run, None);
    }
    let account = stored_account(&cache, &mirror.conn, zeta).unwrap().unwrap();
    assert_eq!(account, stored_accounts(&cache, &mirror.conn).unwrap()[1]);
    let sync = SyncStateView {
        run_id: None,
        state: None,
        progress: None,
        error: None,
        finished_at: None,
        next_at: None,
    };
    let view = account.into_view(sync);
    assert_eq!(
        (view.name.as_str(), view.authentication, view.signed_in),
        ("Zeta", Authentication::Bearer, true)
    );
    assert_eq!(stored_account(&cache, &mirror.conn, AccountId(99)).unwrap(), None);
}

#[test]
fn forgetting_is_previewed_with_everything_that_goes() {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.add(alpha, &user("1", "Ann"));
    mirror.add(alpha, &user("2", "Bea"));
    mirror.add(beta, &user("1", "Cid"));
    let run = mirror.run(alpha, "succeeded");
    mirror.history(alpha, run, ("user", "1", "Ann", None, "added"));
    assert_eq!(
        forget_preview(&mirror.conn, alpha, true).unwrap(),
        ForgetPreviewView { users: 2, groups: 0, history: 1, runs: 1, credential: true }
    );
}
