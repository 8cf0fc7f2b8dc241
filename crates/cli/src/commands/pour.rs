//! Rows on their way from the core to the output, one after another.

use std::sync::{Arc, Mutex, PoisonError};

use rollcall_core::hub::Take;
use rollcall_sheets::{Sink, WriteError};

use crate::exit::Failure;
use crate::sheet::Cell;

/// Rows of several accounts into one output.
pub struct Pour(Arc<Mutex<State>>);

struct State {
    sink: Box<dyn Sink>,
    /// Rows that may still come.
    left: u64,
    problem: Option<WriteError>,
}

impl Pour {
    pub fn new(sink: Box<dyn Sink>, limit: Option<u64>) -> Self {
        Self(Arc::new(Mutex::new(State { sink, left: limit.unwrap_or(u64::MAX), problem: None })))
    }

    /// Takes a row; false when no more are wanted.
    pub fn row(&self, cells: Vec<Cell>) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).row(cells)
    }

    /// True when no more rows are wanted.
    pub fn is_full(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_full()
    }

    /// For the core to hand rows of `account` to; those that `keep` refuses are passed over.
    pub fn take<T: 'static>(
        &self,
        account: &str,
        keep: impl Fn(&T) -> bool + Send + 'static,
        cells: impl Fn(&str, T) -> Vec<Cell> + Send + 'static,
    ) -> Take<T> {
        let (state, account) = (Arc::clone(&self.0), account.to_owned());
        Box::new(move |row| {
            !keep(&row) || state.lock().unwrap_or_else(PoisonError::into_inner).row(cells(&account, row))
        })
    }

    /// Ends the output.
    pub fn finish(self) -> Result<(), Failure> {
        let state = Arc::into_inner(self.0)
            .ok_or_else(|| Failure::failed("BUG: the output is still in use"))?
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        match state.problem {
            Some(problem) => Err(problem.into()),
            None => Ok(state.sink.finish()?),
        }
    }
}

impl State {
    const fn is_full(&self) -> bool {
        self.left == 0 || self.problem.is_some()
    }

    fn row(&mut self, cells: Vec<Cell>) -> bool {
        if self.is_full() {
            return false;
        }
        self.left -= 1;
        self.problem = self.sink.row(cells).err();
        !self.is_full()
    }
}
