//! Organisations kept by hand, for services without an API. Their mirror is what a person said; there is nobody to ask.
//!
//! Reading order: `rules` (roles, rights, how long an invitation is good for), `cost`, `book` (everything the mirror has of one),
//! `writer` (a tick carries an edit out on it), `reader` (an import is a sync of what was pasted), `paste` and `import` (from
//! text to rows, and what they would change), `check` (what own role and rules forbid), `guards`, `view`. `rules`, `words`,
//! `cost` and `paste` are pure.

mod cost;
mod paste;
mod rules;
mod words;
