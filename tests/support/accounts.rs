//! Accounts as tests need them.

use rollcall_core::model::{
    Account, AccountId, Address, Authentication, Credential, ProviderKind, Secret, Timestamp,
};

/// An account with a bearer token at `address`.
pub fn bearer(address: &str) -> Account {
    Account {
        id: AccountId(1),
        key: "test".to_owned(),
        provider: ProviderKind::Scim,
        name: "Test".to_owned(),
        address: Address::parse(address).expect("an address"),
        authentication: Authentication::Bearer,
        certificate_authority: None,
        sample: false,
        signed_in: true,
        sync_interval_minutes: None,
        created_at: Timestamp::from_millis(0),
    }
}

/// What an account signs in with.
pub fn credential(secret: &str) -> Credential {
    Credential::new(&Secret::new(secret.to_owned()))
}
