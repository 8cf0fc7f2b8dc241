//! Lists that are small enough to be held: roles, applications, and how many members each organisation has. What is
//! read role by role or organisation by organisation takes its order and its totals from them.
//!
//! Roles and organisations come in no order at all, so a page may repeat one and hide another: they are listed until as
//! many different ids as the service counts are there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::super::RemoteError;
use super::session::{PAGE_SIZE, Session};
use crate::model::{ContentHash, HolderKind};

/// A list without order is read this often at most.
const MOST_ROUNDS: u32 = 8;

/// Records by id, and how many there are as the service says.
pub type ById = BTreeMap<String, Value>;

/// One list of a list of lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Role or organisation.
    pub id: String,
    /// Who is listed.
    pub kind: HolderKind,
    /// How many, as the service says.
    pub count: u64,
}

/// The lists of a list of lists, by id.
#[derive(Debug, Default)]
pub struct Parents {
    /// The lists.
    pub list: Vec<Parent>,
    /// All their counts together.
    pub sum: u64,
}

impl Parents {
    fn new(list: Vec<Parent>) -> Self {
        let sum = list.iter().map(|parent| parent.count).sum();
        Self { list, sum }
    }

    /// The list of `id`.
    pub fn find(&self, id: &str) -> Option<&Parent> {
        self.list
            .get(self.list.partition_point(|parent| parent.id.as_str() < id))
            .filter(|parent| parent.id == id)
    }

    /// The list after that of `id`, which may be gone; the first for `None`.
    pub fn after(&self, id: Option<&str>) -> Option<&Parent> {
        let at = id.map_or(0, |id| self.list.partition_point(|parent| parent.id.as_str() <= id));
        self.list.get(at)
    }

    /// Differs as soon as one of the lists grows or shrinks.
    pub fn mark(&self) -> String {
        let parts = self.list.iter().map(|parent| format!("{}={}\n", parent.id, parent.count));
        mark(parts)
    }
}

/// A fingerprint of `parts`, in their order.
pub fn mark(parts: impl Iterator<Item = String>) -> String {
    let text: String = parts.collect();
    ContentHash::of(text.as_bytes()).as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A value that is asked for once and then held until it is refreshed.
pub struct Held<T>(Mutex<Option<Arc<T>>>);

impl<T> Held<T> {
    /// Not asked for yet.
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// As last put.
    pub fn get(&self) -> Option<Arc<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Holds `value` from now on.
    pub fn put(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&value));
        value
    }
}

/// Reads a paged list without order as a whole.
///
/// # Errors
/// See [`RemoteError`].
pub async fn read_all(
    session: &Session,
    path: &str,
    query: &[(&str, &str)],
    template: &'static str,
) -> Result<(ById, u64), RemoteError> {
    let mut records = ById::new();
    let mut total = 0;
    for _ in 0..MOST_ROUNDS {
        let mut page = 1_u64;
        loop {
            let (number, size) = (page.to_string(), PAGE_SIZE.to_string());
            let mut pairs = vec![("page", number.as_str()), ("page_size", size.as_str())];
            pairs.extend_from_slice(query);
            let listed = session.list(session.url([path], &pairs), template).await?;
            let received = listed.records.len() as u64;
            total = listed.total.unwrap_or(received);
            for record in listed.records {
                if let Some(id) = record.get("id").and_then(Value::as_str) {
                    records.insert(id.to_owned(), record);
                }
            }
            if received == 0 || page * PAGE_SIZE >= total {
                break;
            }
            page += 1;
        }
        if records.len() as u64 >= total {
            break;
        }
    }
    Ok((records, total))
}

/// Who holds the roles in `roles`.
pub fn of_roles(roles: &ById) -> Parents {
    let number = |role: &Value, name: &str| role.get(name).and_then(Value::as_u64).unwrap_or_default();
    let parents = roles.iter().map(|(id, role)| {
        let is_machine = role.get("type").and_then(Value::as_str) == Some("MachineToMachine");
        let (kind, count) = if is_machine {
            (HolderKind::Application, number(role, "applicationsCount"))
        } else {
            (HolderKind::User, number(role, "usersCount"))
        };
        Parent { id: id.clone(), kind, count }
    });
    Parents::new(parents.collect())
}

/// Members of the organisations in `organizations`.
pub fn of_organizations(organizations: &ById) -> Parents {
    let parents = organizations.iter().map(|(id, organization)| Parent {
        id: id.clone(),
        kind: HolderKind::User,
        count: organization.get("usersCount").and_then(Value::as_u64).unwrap_or_default(),
    });
    Parents::new(parents.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_in_their_order_even_after_one_is_gone() {
        let parent = |id: &str, count| Parent { id: id.to_owned(), kind: HolderKind::User, count };
        let parents = Parents::new(vec![parent("a", 2), parent("c", 0), parent("e", 3)]);
        assert_eq!(parents.sum, 5);
        for (from, next) in
            [(None, Some("a")), (Some("a"), Some("c")), (Some("b"), Some("c")), (Some("e"), None)]
        {
            assert_eq!(parents.after(from).map(|parent| parent.id.as_str()), next, "{from:?}");
        }
        assert_eq!(parents.find("c").map(|parent| parent.count), Some(0));
        assert_eq!(parents.find("b"), None);
        let other = Parents::new(vec![parent("a", 3), parent("c", 0), parent("e", 2)]);
        assert_ne!(parents.mark(), other.mark(), "the sum alone would not show it");
    }
}
