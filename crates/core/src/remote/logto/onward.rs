//! Where a walk goes on, and what will probably be asked for after it.

use super::super::PagePosition;
use super::catalogue::{Parent, Parents};
use super::lists::Lists;
use super::position::{At, Position, after, first_inside};
use super::session::PAGE_SIZE;
use super::wire::Listed;
use crate::model::{HolderKind, Stream};

impl Lists {
    /// Positions that will probably be asked for after `position`, the next first.
    pub fn coming(&self, stream: Stream, position: &Position) -> Vec<Position> {
        const HOW_MANY: usize = 3;
        let users = self.users.load(std::sync::atomic::Ordering::Relaxed);
        let held = match stream {
            Stream::RoleAssignments => self.holders.get(),
            Stream::Memberships => self.members.get(),
            Stream::Users
            | Stream::Groups
            | Stream::Roles
            | Stream::Invitations
            | Stream::Applications
            | Stream::ApiUsers
            | Stream::OffDutyPeriods
            | Stream::Resources
            | Stream::Grants
            | Stream::ResourceGrants
            | Stream::Recipients => None,
        };
        let mut coming = Vec::new();
        let mut from = position.clone();
        while coming.len() < HOW_MANY {
            let count = match (&from.parent, &held) {
                (None, _) if stream == Stream::Users => users,
                (Some(parent), Some(parents)) => parents.find(parent).map_or(0, |parent| parent.count),
                _ => break,
            };
            let Some(next) = next_of(&from, count, is_probably_large(&from.at, count), held.as_deref())
            else {
                break;
            };
            coming.push(next.clone());
            from = next;
        }
        coming
    }
}

/// Where the next page begins. The records of a part that must be cut come again with the parts inside it.
pub fn next_page(
    position: &Position,
    listed: &mut Listed,
    parents: Option<&Parents>,
) -> Option<PagePosition> {
    let received = listed.records.len() as u64;
    let count = listed.total.unwrap_or(received);
    let is_large = match &position.at {
        At::Page(_) => received > 0,
        At::Part(part) => {
            let is_large = count > PAGE_SIZE;
            if is_large && first_inside(part).is_some() {
                listed.records.clear();
            }
            is_large
        }
    };
    next_of(position, count, is_large, parents).map(|next| next.encode())
}

/// Where a walk goes on after `position`: within its list of `count`, or to the next list. `is_large` says whether a
/// page may have one after it, and whether a part must be cut.
fn next_of(position: &Position, count: u64, is_large: bool, parents: Option<&Parents>) -> Option<Position> {
    let within = match &position.at {
        At::Page(page) => (is_large && page * PAGE_SIZE < count).then(|| At::Page(page + 1)),
        At::Part(part) if is_large => first_inside(part).or_else(|| after(part)).map(At::Part),
        At::Part(part) => after(part).map(At::Part),
    };
    if let Some(at) = within {
        return Some(Position { at, ..position.clone() });
    }
    let next = parents?.after(position.parent.as_deref())?;
    Some(begin_of(next, position.in_parts))
}

/// Where the list of `parent` begins. Applications are few and are listed by pages in every walk.
pub fn begin_of(parent: &Parent, in_parts: bool) -> Position {
    let cut = in_parts && parent.kind == HolderKind::User;
    let at = if cut { At::Part(String::new()) } else { At::Page(1) };
    Position { parent: Some(parent.id.clone()), at, in_parts }
}

/// Whether so many records, spread evenly, would not fit into the part.
fn is_probably_large(at: &At, count: u64) -> bool {
    match at {
        At::Page(_) => true,
        At::Part(part) => part.chars().fold(count, |left, _| left / 36) > PAGE_SIZE,
    }
}
