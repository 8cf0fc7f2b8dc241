//! What somebody may still do once a right is taken back, and what gives it.

use rusqlite::Connection;

use super::account::{AccountRights, highest};
use super::level::level_of;
use crate::api::StillView;
use crate::model::{AccountId, Edit, GrantHolder, Right, Stream, account_word};
use crate::query::accounts::stream_state;
use crate::store::StoreError;

/// By place in `asked`: what the holder may do there once all of `edits` are done; `None` for a group, and where rights of that
/// kind are not visible.
///
/// # Errors
/// When the store cannot be read.
pub fn still_held<'e>(
    conn: &Connection,
    account: AccountId,
    edits: impl IntoIterator<Item = &'e Edit>,
    asked: &[Right],
) -> Result<Vec<Option<StillView>>, StoreError> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let mut rights = AccountRights::load(conn, account)?;
    for edit in edits {
        carry_out(&mut rights, edit);
    }
    let in_account = stream_state(conn, account, Stream::Grants)?.is_some();
    let on_resources = stream_state(conn, account, Stream::ResourceGrants)?.is_some();
    let of = |right: &Right| {
        let visible = if right.resource.is_some() { on_resources } else { in_account };
        (visible && right.holder_kind == GrantHolder::User).then(|| held(&rights, right))
    };
    Ok(asked.iter().map(of).collect())
}

fn held(rights: &AccountRights, right: &Right) -> StillView {
    let user = right.holder.as_str();
    let origins = match &right.resource {
        None => rights.in_account(user).remove(account_word(&right.permission)).unwrap_or_default(),
        Some(resource) => rights.of_user_on(user, resource.as_str()),
    };
    let level = highest(&origins);
    // What reaches less far says nothing more.
    let reaches = |permission: &str| level.is_none() || level_of(permission) == level;
    StillView { level, origins: origins.into_iter().filter(|origin| reaches(&origin.permission)).collect() }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named moves no right")]
fn carry_out(rights: &mut AccountRights, edit: &Edit) {
    let on = |right: &Right| right.resource.as_ref().map_or("", |resource| resource.as_str()).to_owned();
    match edit {
        Edit::TakeRight { right } => {
            rights.take(&on(right), &right.permission, right.holder_kind, right.holder.as_str());
        }
        Edit::GiveRight { right } => {
            for word in right.brings().iter().copied().chain([right.permission.as_str()]) {
                rights.put(&on(right), word, right.holder_kind, right.holder.as_str());
            }
        }
        Edit::AddMember { group, member, .. } => rights.join(group.as_str(), member.as_str()),
        Edit::RemoveMember { group, member, .. } => rights.leave(group.as_str(), member.as_str()),
        Edit::DeleteGroup { group, .. } => rights.forget_group(group.as_str()),
        _ => {}
    }
}
