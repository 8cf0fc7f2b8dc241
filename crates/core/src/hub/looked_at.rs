//! The one import that is looked at: in memory only, because it holds names and addresses; another one takes its place.

use std::sync::{Arc, Mutex};

use super::lock;
use crate::model::AccountId;

/// An import of an account, under a number of its own.
type Numbered<T> = (u32, AccountId, Arc<T>);

/// The one import of this kind that is looked at.
pub struct LookedAt<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    /// How many there were.
    given: u32,
    current: Option<Numbered<T>>,
}

impl<T> Default for LookedAt<T> {
    fn default() -> Self {
        Self { state: Mutex::new(State { given: 0, current: None }) }
    }
}

impl<T> LookedAt<T> {
    /// Looks at `import`, under `id` where it is the same in another way; the number it has.
    pub fn put(&self, id: Option<u32>, account: AccountId, import: Arc<T>) -> u32 {
        let mut state = lock(&self.state);
        let id = id.unwrap_or_else(|| {
            state.given = state.given.wrapping_add(1);
            state.given
        });
        state.current = Some((id, account, import));
        id
    }

    /// The one with this number; `None` when it is not looked at any more.
    pub fn find(&self, id: u32) -> Option<(AccountId, Arc<T>)> {
        let state = lock(&self.state);
        let found = state.current.as_ref().filter(|(own, ..)| *own == id);
        found.map(|(_, account, import)| (*account, Arc::clone(import)))
    }

    /// Gives it up; whether it was there.
    pub fn end(&self, id: u32) -> bool {
        lock(&self.state).current.take_if(|(own, ..)| *own == id).is_some()
    }
}
