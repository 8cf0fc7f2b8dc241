//! From what was pasted to rows.

mod dates;
