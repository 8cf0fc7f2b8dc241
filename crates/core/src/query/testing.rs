//! A store in memory, filled by SQL.
