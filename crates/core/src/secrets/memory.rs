//! Secrets of one session: kept in memory, wiped when replaced, deleted or dropped.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{SecretError, SecretStore};
use crate::model::Secret;

/// Stands in for the keychain when the person chose "for this session only".
#[derive(Default)]
pub struct MemorySecrets {
    // A `Secret` wipes its own text when it is dropped.
    entries: Mutex<BTreeMap<String, Secret>>,
}

impl MemorySecrets {
    /// The names of all entries.
    pub fn names(&self) -> Vec<String> {
        self.entries().keys().cloned().collect()
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Secret>> {
        // No operation below can leave the map half changed.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SecretStore for MemorySecrets {
    fn find(&self, name: &str) -> Result<Option<Secret>, SecretError> {
        Ok(self.entries().get(name).map(Secret::duplicate))
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), SecretError> {
        self.entries().insert(name.to_owned(), secret.duplicate());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), SecretError> {
        self.entries().remove(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_replaces_and_forgets() {
        let secrets = MemorySecrets::default();
        assert!(secrets.find("key").unwrap().is_none());
        secrets.set("key", &Secret::new("one".to_owned())).unwrap();
        secrets.set("key", &Secret::new("two".to_owned())).unwrap();
        assert_eq!(secrets.find("key").unwrap().unwrap().expose(), "two");
        secrets.delete("key").unwrap();
        secrets.delete("key").unwrap();
        assert!(secrets.find("key").unwrap().is_none());
    }
}
