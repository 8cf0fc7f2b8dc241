//! Files of rows that others made: bytes into text, text into rows. A row is read again at its place rather than kept, so
//! that a file takes little more memory than its own size.

pub mod book;
mod guard;
mod rows;
mod text;

pub use guard::{Unguarded, unguarded};
pub use rows::{Layout, Place, Rows, Separator, is_open, row_at};
pub use text::{Encoding, Text, Unreadable};
