//! The key of the local data: 32 random bytes in the keychain, never anywhere else.

use zeroize::Zeroizing;

use super::StoreError;
use crate::Error;
use crate::model::Secret;
use crate::secrets::SecretStore;

/// Name of the keychain entry.
pub const KEY_NAME: &str = "database-key";

/// Raw SQLCipher key.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<String>);

impl DatabaseKey {
    /// 32 random bytes.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn generate() -> Result<Self, StoreError> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        getrandom::fill(bytes.as_mut())
            .map_err(|error| StoreError::Bug(format!("no randomness: {error}")))?;
        let mut hex = Zeroizing::new(String::with_capacity(64));
        for byte in bytes.iter() {
            for digit in [byte >> 4, byte & 15] {
                hex.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
        Ok(Self(hex))
    }

    /// From its 64 hexadecimal digits, as the keychain keeps it.
    fn parse(secret: &Secret) -> Option<Self> {
        // Stays inside the key.
        let hex = secret.expose();
        let valid = hex.len() == 64 && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
        valid.then(|| Self(Zeroizing::new(hex.to_owned())))
    }

    /// In the form that skips SQLCipher's slow derivation from a passphrase: `x'…'`.
    pub fn pragma(&self) -> Zeroizing<String> {
        let mut value = Zeroizing::new(String::with_capacity(68));
        value.push_str("x'");
        value.push_str(&self.0);
        value.push('\'');
        value
    }
}

/// The key in the keychain; a new one, written and read back, when there is neither a key nor a database.
///
/// # Errors
/// [`StoreError::KeyMissing`] when there is a database (`exists`) but no usable key; the keychain's own error.
pub fn find_or_create(secrets: &dyn SecretStore, exists: bool) -> Result<DatabaseKey, Error> {
    if let Some(secret) = secrets.find(KEY_NAME)? {
        return match DatabaseKey::parse(&secret) {
            Some(key) => Ok(key),
            None if exists => Err(StoreError::KeyMissing.into()),
            None => create(secrets),
        };
    }
    if exists {
        return Err(StoreError::KeyMissing.into());
    }
    create(secrets)
}

/// Writes a new key and reads it back: a database whose key was not kept would be lost with this process.
fn create(secrets: &dyn SecretStore) -> Result<DatabaseKey, Error> {
    let key = DatabaseKey::generate()?;
    secrets.set(KEY_NAME, &Secret::new(key.0.to_string()))?;
    let kept = secrets.find(KEY_NAME)?.as_ref().and_then(DatabaseKey::parse);
    if kept.is_none_or(|kept| *kept.0 != *key.0) {
        return Err(crate::secrets::SecretError::Unavailable(
            "it did not keep the key of the local data".to_owned(),
        )
        .into());
    }
    Ok(key)
}
