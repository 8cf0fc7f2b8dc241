//! A new edit beside those that wait: edited again it is one change, edited back it is none. Pure.

use super::open::Open;
use super::parts;
use super::placeholder::Placeholder;
use super::precondition::same_at;
use crate::model::{ChangeId, ChangeState, Edit, FieldEdit};

/// What becomes of a new edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Merged {
    /// A change of its own.
    New(Edit),
    /// A waiting change becomes this.
    Replace(ChangeId, Edit),
    /// A waiting change says this already.
    Same(ChangeId),
    /// Together with a waiting change nothing is left to do.
    Cancel(ChangeId),
    /// There is nothing to do.
    Nothing,
}

/// Puts `edit` beside `open`. `is_active`: what the mirror says of the user whom the edit suspends or lets in.
pub fn merge(open: &Open, edit: &Edit, is_active: Option<bool>) -> Merged {
    if let Some(id) = creating(edit)
        && let Some(change) = open.find(id).filter(|change| change.state != ChangeState::Sent)
    {
        return Merged::Replace(id, with_fields(&change.edit, parts::fields(edit), false));
    }
    let Some(change) = open.about_the_same(edit) else {
        return alone(edit);
    };
    match (&change.edit, edit) {
        (Edit::UpdateUser { .. }, _) | (Edit::UpdateRole { .. }, _) | (Edit::UpdateGroup { .. }, _) => {
            let merged = with_fields(&change.edit, parts::fields(edit), true);
            if parts::fields(&merged).is_empty() {
                Merged::Cancel(change.id)
            } else if merged == change.edit {
                Merged::Same(change.id)
            } else {
                Merged::Replace(change.id, merged)
            }
        }
        (waiting, edit) if waiting == edit => Merged::Same(change.id),
        (Edit::SetUserActive { .. }, Edit::SetUserActive { active, .. }) if is_active == Some(*active) => {
            Merged::Cancel(change.id)
        }
        (Edit::AssignRole { .. }, Edit::UnassignRole { .. })
        | (Edit::UnassignRole { .. }, Edit::AssignRole { .. })
        | (Edit::AddMember { .. }, Edit::RemoveMember { .. })
        | (Edit::RemoveMember { .. }, Edit::AddMember { .. })
        | (Edit::GiveRight { .. }, Edit::TakeRight { .. })
        | (Edit::TakeRight { .. }, Edit::GiveRight { .. }) => Merged::Cancel(change.id),
        // What it was made against stays.
        (Edit::ChangeOffDuty { before, .. }, Edit::ChangeOffDuty { user, period, after, .. }) => {
            if before == after {
                return Merged::Cancel(change.id);
            }
            let (user, period, before, after) = (user.clone(), period.clone(), before.clone(), after.clone());
            Merged::Replace(change.id, Edit::ChangeOffDuty { user, period, before, after })
        }
        (Edit::DescribeToken { before, .. }, Edit::DescribeToken { owner, name, after, .. }) => {
            if before == after {
                return Merged::Cancel(change.id);
            }
            let (owner, name, before, after) = (owner.clone(), name.clone(), before.clone(), after.clone());
            Merged::Replace(change.id, Edit::DescribeToken { owner, name, before, after })
        }
        (_, Edit::RenameToken { name, new_name, .. }) if name == new_name => Merged::Cancel(change.id),
        (_, edit) => Merged::Replace(change.id, edit.clone()),
    }
}

/// The waiting creation that `edit` gives other values.
fn creating(edit: &Edit) -> Option<ChangeId> {
    if !is_update(edit) {
        return None;
    }
    match Placeholder::parse(parts::subject(edit).id?.as_str())? {
        Placeholder::Change(id) => Some(id),
        Placeholder::Place(_) => None,
    }
}

fn alone(edit: &Edit) -> Merged {
    if let Edit::RenameToken { name, new_name, .. } = edit
        && name == new_name
    {
        return Merged::Nothing;
    }
    if matches!(edit, Edit::ChangeOffDuty { before, after, .. } if before == after)
        || matches!(edit, Edit::DescribeToken { before, after, .. } if before == after)
    {
        return Merged::Nothing;
    }
    let mut edit = edit.clone();
    if is_update(&edit)
        && let Some(fields) = parts::fields_mut(&mut edit)
    {
        let given = fields.len();
        fields.retain(|field| !same_at(&field.path, &field.before, &field.after));
        if fields.is_empty() && given > 0 {
            return Merged::Nothing;
        }
    }
    Merged::New(edit)
}

const fn is_update(edit: &Edit) -> bool {
    matches!(edit, Edit::UpdateUser { .. } | Edit::UpdateRole { .. } | Edit::UpdateGroup { .. })
}

/// `edit` with other values beside or in place of its own.
fn with_fields(edit: &Edit, others: &[FieldEdit], back_is_nothing: bool) -> Edit {
    let mut merged = edit.clone();
    let Some(fields) = parts::fields_mut(&mut merged) else { return merged };
    for other in others {
        match fields.iter_mut().find(|field| field.path == other.path) {
            // The form showed what was waiting: what it was made against stays.
            Some(field) if same_at(&other.path, &other.before, &field.after) => {
                field.after.clone_from(&other.after)
            }
            Some(field) => *field = other.clone(),
            None => fields.push(other.clone()),
        }
    }
    if back_is_nothing {
        fields.retain(|field| !same_at(&field.path, &field.before, &field.after));
    }
    merged
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::{AccountId, Change, ChangeBase, HolderKind, PasswordChoice, RemoteId, Timestamp};

    fn waiting(edit: Edit) -> Open {
        Open::new(vec![Change {
            id: ChangeId(1),
            account: AccountId(1),
            position: 1,
            edit,
            base: ChangeBase::default(),
            state: ChangeState::Pending,
            block: None,
            schedule: None,
            secret_taken: None,
            created: None,
            created_at: Timestamp::from_millis(0),
            run: None,
        }])
    }

    fn fields(all: &[(&str, Value, Value)]) -> Vec<FieldEdit> {
        let field = |(path, before, after): &(&str, Value, Value)| FieldEdit {
            path: (*path).to_owned(),
            before: before.clone(),
            after: after.clone(),
        };
        all.iter().map(field).collect()
    }

    fn update(all: &[(&str, Value, Value)]) -> Edit {
        Edit::UpdateUser { user: RemoteId::new("u"), fields: fields(all) }
    }

    #[test]
    fn editing_again_is_one_change_and_editing_back_is_none() {
        let open = waiting(update(&[("name", json!("A"), json!("B"))]));
        for (edit, expected) in [
            // The form showed what was waiting, or what the mirror has.
            (
                update(&[("name", json!("B"), json!("C"))]),
                Merged::Replace(ChangeId(1), update(&[("name", json!("A"), json!("C"))])),
            ),
            (
                update(&[("name", json!("A"), json!("C"))]),
                Merged::Replace(ChangeId(1), update(&[("name", json!("A"), json!("C"))])),
            ),
            (update(&[("name", json!("B"), json!("A"))]), Merged::Cancel(ChangeId(1))),
            (update(&[("name", json!("A"), json!("A"))]), Merged::Cancel(ChangeId(1))),
            (update(&[("name", json!("A"), json!("B"))]), Merged::Same(ChangeId(1))),
            // Another value joins.
            (
                update(&[("avatar", json!(null), json!("x"))]),
                Merged::Replace(
                    ChangeId(1),
                    update(&[("name", json!("A"), json!("B")), ("avatar", json!(null), json!("x"))]),
                ),
            ),
        ] {
            assert_eq!(merge(&open, &edit, None), expected, "{edit:?}");
        }
        assert_eq!(
            merge(&Open::default(), &update(&[("name", json!("A"), json!("A"))]), None),
            Merged::Nothing
        );
    }

    #[test]
    fn the_opposite_of_what_waits_takes_it_back() {
        let id = || RemoteId::new("x");
        let assign =
            Edit::AssignRole { role: id(), holder: id(), holder_kind: HolderKind::User, group: None };
        let unassign =
            Edit::UnassignRole { role: id(), holder: id(), holder_kind: HolderKind::User, group: None };
        assert_eq!(merge(&waiting(assign.clone()), &unassign, None), Merged::Cancel(ChangeId(1)));
        assert_eq!(merge(&waiting(assign.clone()), &assign, None), Merged::Same(ChangeId(1)));
        let active = |active| Edit::SetUserActive { user: id(), active };
        assert_eq!(merge(&waiting(active(false)), &active(true), Some(true)), Merged::Cancel(ChangeId(1)));
        // Another person suspended the user meanwhile: to let them in again is something to do.
        let replaced = Merged::Replace(ChangeId(1), active(true));
        assert_eq!(merge(&waiting(active(false)), &active(true), Some(false)), replaced);
    }

    #[test]
    fn a_waiting_creation_gets_other_values() {
        let create = |name: &str| Edit::CreateUser {
            fields: fields(&[("name", json!(null), json!(name))]),
            password: PasswordChoice::None,
        };
        let user = Placeholder::Change(ChangeId(1)).id();
        let edit = Edit::UpdateUser { user, fields: fields(&[("name", json!(null), json!("B"))]) };
        assert_eq!(merge(&waiting(create("A")), &edit, None), Merged::Replace(ChangeId(1), create("B")));
        assert_eq!(merge(&waiting(create("A")), &create("A"), None), Merged::New(create("A")));
    }
}
