//! The fingerprint that tells an unchanged record from a changed one.

use serde::{Deserialize, Serialize};

/// First 128 bits of the BLAKE3 hash of a record as the service sent it, in canonical JSON (keys sorted).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContentHash([u8; 16]);

impl ContentHash {
    /// Of canonical bytes.
    pub fn of(canonical: &[u8]) -> Self {
        let mut first = [0; 16];
        for (to, from) in first.iter_mut().zip(blake3::hash(canonical).as_bytes()) {
            *to = *from;
        }
        Self(first)
    }

    /// As stored.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// As stored.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}
