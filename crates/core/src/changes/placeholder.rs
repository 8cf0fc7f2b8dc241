//! Ids of what does not exist yet: an edit may name what another one creates. Pure.
//!
//! Asked about, an edit names another one of the same list by its place (`␟new␟0`); queued, by its number (`␟new␟c12`);
//! and as soon as that one is applied, by the id that the service gave.

use serde_json::Value;

use crate::model::{ChangeId, Edit, KEY_SEPARATOR, RemoteId};

/// What stands for an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placeholder {
    /// What the edit at this place creates.
    Place(usize),
    /// What this change creates.
    Change(ChangeId),
}

impl Placeholder {
    /// What `id` stands for; `None` for the id of a service.
    pub fn parse(id: &str) -> Option<Self> {
        let rest = id.strip_prefix(KEY_SEPARATOR)?.strip_prefix("new")?.strip_prefix(KEY_SEPARATOR)?;
        match rest.strip_prefix('c') {
            Some(number) => number.parse().ok().map(|number| Self::Change(ChangeId(number))),
            None => rest.parse().ok().map(Self::Place),
        }
    }

    /// In the place of an id.
    pub fn id(self) -> RemoteId {
        let mark = KEY_SEPARATOR;
        match self {
            Self::Place(place) => RemoteId::new(format!("{mark}new{mark}{place}")),
            Self::Change(ChangeId(number)) => RemoteId::new(format!("{mark}new{mark}c{number}")),
        }
    }
}

/// Everything that `edit` names and that does not exist yet, each once.
pub fn named_in(edit: &Edit) -> Vec<Placeholder> {
    let mut found: Vec<Placeholder> = super::parts::all(edit)
        .iter()
        .filter_map(|named| Placeholder::parse(named.id.as_ref()?.as_str()))
        .collect();
    if let Edit::CreateRole { permissions, .. } = edit {
        found.extend(permissions.iter().filter_map(|id| Placeholder::parse(id.as_str())));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// `edit` with another id wherever `other` has one for what stands there.
pub fn replaced(edit: &Edit, other: &dyn Fn(Placeholder) -> Option<RemoteId>) -> Edit {
    if named_in(edit).is_empty() {
        return edit.clone();
    }
    let replaced = serde_json::to_value(edit).ok().and_then(|mut value| {
        replace(&mut value, other);
        serde_json::from_value(value).ok()
    });
    replaced.unwrap_or_else(|| edit.clone())
}

fn replace(value: &mut Value, other: &dyn Fn(Placeholder) -> Option<RemoteId>) {
    match value {
        Value::String(text) => {
            if let Some(id) = Placeholder::parse(text).and_then(other) {
                id.as_str().clone_into(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, other)),
        Value::Object(members) => members.values_mut().for_each(|member| replace(member, other)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GroupKind;

    #[test]
    fn what_does_not_exist_yet_is_named_and_replaced() {
        let edit = Edit::AddMember {
            group: RemoteId::new("g"),
            group_kind: GroupKind::Group,
            member: Placeholder::Place(0).id(),
        };
        assert_eq!(named_in(&edit), [Placeholder::Place(0)]);
        let queued = replaced(&edit, &|_| Some(Placeholder::Change(ChangeId(7)).id()));
        assert_eq!(named_in(&queued), [Placeholder::Change(ChangeId(7))]);
        let known = replaced(&queued, &|_| Some(RemoteId::new("u1")));
        assert!(matches!(&known, Edit::AddMember { member, .. } if member.as_str() == "u1"));
        assert_eq!(named_in(&known), []);
        assert_eq!(Placeholder::parse("new"), None);
    }
}
