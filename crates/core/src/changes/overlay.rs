//! What is pending about the rows of a list: marks, and the values they would have. Only for showing; the mirror stays what
//! the service confirmed. Pure.

use std::collections::BTreeMap;

use super::{guard, parts};
use crate::api::PendingView;
use crate::model::{ChangeState, Edit, FieldEdit, RemoteId};

/// The open changes of one account, by what they name.
#[derive(Debug, Default)]
pub struct Overlay {
    by_id: BTreeMap<RemoteId, PendingView>,
}

impl Overlay {
    /// Of open changes in the person's order: of two about the same value the later one shows.
    pub fn new(open: &[(ChangeState, Edit)]) -> Self {
        let mut by_id: BTreeMap<RemoteId, PendingView> = BTreeMap::new();
        for (state, edit) in open {
            let subject = parts::subject(edit).id;
            for id in parts::all(edit).into_iter().filter_map(|named| named.id) {
                let is_subject = subject.as_ref() == Some(&id);
                let view = by_id.entry(id).or_default();
                if !view.kinds.contains(&edit.kind()) {
                    view.kinds.push(edit.kind());
                }
                view.blocked |= *state == ChangeState::Blocked;
                if is_subject {
                    show(edit, view);
                }
            }
        }
        Self { by_id }
    }

    /// What is pending about the record with this id.
    pub fn of(&self, id: &str) -> Option<PendingView> {
        self.by_id.get(&RemoteId::new(id)).cloned()
    }
}

fn show(edit: &Edit, view: &mut PendingView) {
    view.removed |= guard::deletes(edit.kind()) || matches!(edit, Edit::DeleteInvitation { .. });
    if let Edit::SetUserActive { active, .. } = edit {
        view.active = Some(*active);
    }
    parts::fields(edit).iter().for_each(|field| show_field(field, view));
}

/// The usual places of the three values that lists show first, in the words of either provider.
fn show_field(FieldEdit { path, after, .. }: &FieldEdit, view: &mut PendingView) {
    let text = || Some(after.as_str().unwrap_or_default().to_owned());
    match path.to_ascii_lowercase().as_str() {
        "displayname" | "name" => view.display_name = text(),
        "username" => view.user_name = text(),
        "primaryemail" | "emails[primary].value" => view.email = text(),
        "active" => view.active = after.as_bool(),
        "issuspended" => view.active = after.as_bool().map(|suspended| !suspended),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{EditKind, GroupKind};

    #[test]
    fn rows_show_what_they_would_be_and_what_is_pending() {
        let user = || RemoteId::new("u");
        let name = |after: &str| {
            let (path, before, after) = ("name".to_owned(), json!("A"), json!(after));
            Edit::UpdateUser { user: user(), fields: vec![FieldEdit { path, before, after }] }
        };
        let join = Edit::AddMember {
            group: RemoteId::new("g"),
            group_kind: GroupKind::Organization,
            member: user(),
        };
        let overlay = Overlay::new(&[
            (ChangeState::Pending, name("B")),
            (ChangeState::Blocked, join),
            (ChangeState::Pending, Edit::SetUserActive { user: user(), active: false }),
        ]);
        let expected = PendingView {
            kinds: vec![EditKind::UpdateUser, EditKind::AddMember, EditKind::SetUserActive],
            blocked: true,
            removed: false,
            active: Some(false),
            display_name: Some("B".to_owned()),
            user_name: None,
            email: None,
        };
        assert_eq!(overlay.of("u"), Some(expected));
        let of_group = overlay.of("g").unwrap();
        assert_eq!(
            (of_group.kinds.as_slice(), of_group.display_name),
            ([EditKind::AddMember].as_slice(), None)
        );
        assert_eq!(overlay.of("x"), None);
    }
}
