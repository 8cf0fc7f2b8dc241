//! What a role allows, in an edit: ids there, names for whoever reads it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::parts;
use crate::model::{BlockReason, Edit, FieldConflict, FieldEdit, PERMISSIONS, RemoteId};

/// What the role is to allow; empty where the edit is not about that.
pub fn wanted(edit: &Edit) -> BTreeSet<RemoteId> {
    match (edit, of(edit)) {
        (Edit::CreateRole { permissions, .. }, _) => permissions.iter().cloned().collect(),
        (_, Some(field)) => ids(&field.after),
        (_, None) => BTreeSet::new(),
    }
}

/// What the role would not allow any more.
pub fn taken(edit: &Edit) -> BTreeSet<RemoteId> {
    of(edit)
        .map(|field| ids(&field.before).difference(&ids(&field.after)).cloned().collect())
        .unwrap_or_default()
}

/// Everything that the edit names, before and after.
pub fn named(edit: &Edit) -> BTreeSet<RemoteId> {
    let mut named = wanted(edit);
    named.extend(of(edit).into_iter().flat_map(|field| ids(&field.before)));
    named
}

/// Everything that a conflict is about.
pub fn in_conflict(reason: Option<&BlockReason>) -> BTreeSet<RemoteId> {
    let Some(BlockReason::Conflict { fields }) = reason else { return BTreeSet::new() };
    let fields = fields.iter().filter(|field| field.path == PERMISSIONS);
    fields.flat_map(|field| [&field.base, &field.mine, &field.theirs]).flat_map(ids).collect()
}

/// `fields` with names in the place of ids.
pub fn with_names(fields: Vec<FieldEdit>, names: &BTreeMap<RemoteId, String>) -> Vec<FieldEdit> {
    let shown = |field: FieldEdit| {
        if field.path != PERMISSIONS {
            return field;
        }
        let FieldEdit { path, before, after } = field;
        FieldEdit { path, before: as_names(before, names), after: as_names(after, names) }
    };
    fields.into_iter().map(shown).collect()
}

/// A conflict with names in the place of ids.
pub fn conflict_with_names(reason: BlockReason, names: &BTreeMap<RemoteId, String>) -> BlockReason {
    let BlockReason::Conflict { fields } = reason else { return reason };
    let shown = |field: FieldConflict| {
        if field.path != PERMISSIONS {
            return field;
        }
        let FieldConflict { path, base, mine, theirs } = field;
        let shown = |value| as_names(value, names);
        FieldConflict { path, base: shown(base), mine: shown(mine), theirs: shown(theirs) }
    };
    BlockReason::Conflict { fields: fields.into_iter().map(shown).collect() }
}

/// Of an update, the value that is what the role allows.
fn of(edit: &Edit) -> Option<&FieldEdit> {
    let Edit::UpdateRole { .. } = edit else { return None };
    parts::fields(edit).iter().find(|field| field.path == PERMISSIONS)
}

fn ids(value: &Value) -> BTreeSet<RemoteId> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(RemoteId::new).collect()
}

/// Sorted as a person reads; what has no name keeps its id.
fn as_names(value: Value, names: &BTreeMap<RemoteId, String>) -> Value {
    if !value.is_array() {
        return value;
    }
    let name = |id: RemoteId| names.get(&id).cloned().unwrap_or_else(|| id.as_str().to_owned());
    let mut shown: Vec<String> = ids(&value).into_iter().map(name).collect();
    shown.sort_by_cached_key(|name| crate::model::fold(name));
    Value::from(shown)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{HolderKind, RoleScope};

    fn update(before: Value, after: Value) -> Edit {
        let fields = vec![FieldEdit { path: PERMISSIONS.to_owned(), before, after }];
        Edit::UpdateRole { role: RemoteId::new("r"), scope: RoleScope::Account, fields }
    }

    fn set(ids: &[&str]) -> BTreeSet<RemoteId> {
        ids.iter().map(|id| RemoteId::new(*id)).collect()
    }

    #[test]
    fn what_is_wanted_taken_and_named_is_told_apart() {
        let edit = update(json!(["a", "b"]), json!(["c", "b"]));
        assert_eq!(
            (wanted(&edit), taken(&edit), named(&edit)),
            (set(&["b", "c"]), set(&["a"]), set(&["a", "b", "c"]))
        );
        let create = Edit::CreateRole {
            scope: RoleScope::Account,
            holder_kind: HolderKind::User,
            fields: Vec::new(),
            permissions: vec![RemoteId::new("a")],
        };
        assert_eq!((wanted(&create), taken(&create), named(&create)), (set(&["a"]), set(&[]), set(&["a"])));
        assert_eq!(named(&Edit::DeleteUser { user: RemoteId::new("u") }), set(&[]));
    }

    #[test]
    fn a_person_reads_names_in_their_order() {
        let names = BTreeMap::from([
            (RemoteId::new("a"), "write (Shop)".to_owned()),
            (RemoteId::new("b"), "Élire".to_owned()),
        ]);
        let Edit::UpdateRole { fields, .. } = update(json!(["a"]), json!(["a", "b", "x"])) else {
            unreachable!()
        };
        let shown = with_names(fields, &names);
        assert_eq!(
            (&shown[0].before, &shown[0].after),
            (&json!(["write (Shop)"]), &json!(["Élire", "write (Shop)", "x"]))
        );
        let field = |path: &str| FieldConflict {
            path: path.to_owned(),
            base: json!(["a"]),
            mine: json!(["b"]),
            theirs: json!([]),
        };
        let reason = BlockReason::Conflict { fields: vec![field(PERMISSIONS), field("name")] };
        assert_eq!(in_conflict(Some(&reason)), set(&["a", "b"]));
        let BlockReason::Conflict { fields } = conflict_with_names(reason, &names) else { unreachable!() };
        assert_eq!((&fields[0].mine, &fields[1]), (&json!(["Élire"]), &field("name")));
    }
}
