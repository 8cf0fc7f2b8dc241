//! Organisations kept by hand, for services without an API. Their mirror is what a person said; there is nobody to ask.
//!
//! Reading order: `rules` (roles, rights, how long an invitation is good for), `cost`, `book` (everything the mirror has of one),
//! `writer` and `after` (a tick carries an edit out on it), `reader` (an import is a sync of what was pasted), `paste` and
//! `import` (from text to rows, and what they would change), `check` (what own role and rules forbid), `guards`, `view`.
//! `rules`, `words`, `cost` and `paste` are pure.

mod after;
mod book;
mod cost;
mod new;
mod paste;
mod reader;
pub mod rules;
pub mod terms;
pub mod view;
mod words;
mod writer;

pub use book::{Book, new_id};
pub use new::{Beginning, begin};
pub use reader::RosterDirectory;
pub use writer::{RosterWriter, Tick};

/// Whether `text` can be an address that somebody is written to: `^\S+@\S+\.\S+$`, and one at sign.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let dotted = domain.char_indices().any(|(at, c)| c == '.' && at > 0 && at + 1 < domain.len());
    dotted && !local.is_empty() && !domain.contains('@') && !text.contains(char::is_whitespace)
}
