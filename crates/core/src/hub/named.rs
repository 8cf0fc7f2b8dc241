//! Who and what a name may mean, for the command line: every match, so that whoever asks can tell when it is not clear.

use super::{Hub, crossing};
use crate::api::CommandError;
use crate::model::AccountId;
use crate::store::known;

pub use known::{KnownUser as NamedUser, NamedGroup, NamedRole};

impl Hub {
    /// Users of `account` with this id, address or name for signing in, the latter two in any case.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn find_users(&self, account: AccountId, name: String) -> Result<Vec<NamedUser>, CommandError> {
        let store = self.open().map_err(crossing)?.store;
        let found = store.read(move |conn| known::find_users(conn, account, &name)).await;
        found.map_err(|error| crossing(error.into()))
    }

    /// Roles of `account` with this id or name, in any case.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn find_roles(&self, account: AccountId, name: String) -> Result<Vec<NamedRole>, CommandError> {
        let store = self.open().map_err(crossing)?.store;
        let found = store.read(move |conn| known::find_roles(conn, account, &name)).await;
        found.map_err(|error| crossing(error.into()))
    }

    /// Groups and organisations of `account` with this id or name, in any case.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn find_groups(
        &self,
        account: AccountId,
        name: String,
    ) -> Result<Vec<NamedGroup>, CommandError> {
        let store = self.open().map_err(crossing)?.store;
        let found = store.read(move |conn| known::find_groups(conn, account, &name)).await;
        found.map_err(|error| crossing(error.into()))
    }
}
