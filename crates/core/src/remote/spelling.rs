//! How a service writes values that people write in several ways, and which values it has only once. Pure.

use std::borrow::Cow;

use crate::model::{FieldKind, ProviderKind};

/// `text` as the service writes it, where that is a matter of spelling only: `+32 (0)470 12 34 56` is `32470123456`.
pub fn spelled(provider: ProviderKind, kind: FieldKind, text: &str) -> Cow<'_, str> {
    if kind != FieldKind::Phone || provider != ProviderKind::Logto {
        return Cow::Borrowed(text);
    }
    let plain: String =
        text.replace("(0)", "").chars().filter(|letter| !" .-/()\u{a0}".contains(*letter)).collect();
    let digits = plain.strip_prefix('+').or_else(|| plain.strip_prefix("00")).unwrap_or(&plain);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Cow::Owned(digits.to_owned()) } else { Cow::Borrowed(text) }
}

/// Whether `text`, spelled as the service does, lacks what the service needs although it looks well: a number without its
/// country.
pub fn is_incomplete(provider: ProviderKind, kind: FieldKind, text: &str) -> bool {
    kind == FieldKind::Phone && provider == ProviderKind::Logto && text.starts_with('0')
}

/// Whether lists of such an account show something else in the place of a name for signing in that a user does not have.
pub fn has_stand_in_names(provider: ProviderKind) -> bool {
    provider == ProviderKind::Logto
}

/// What two users of a service cannot both have, in a form that is the same for the same; `None` for values that they can.
/// An e-mail address is taken for a person everywhere, also where the service would take it twice.
pub fn unique(provider: ProviderKind, kind: FieldKind, text: &str) -> Option<String> {
    let logto = provider == ProviderKind::Logto;
    match kind {
        FieldKind::Email => Some(text.to_lowercase()),
        // RFC 7643 section 4.1.1: in any case; Logto tells `ada` from `ADA`.
        FieldKind::UserName if logto => Some(text.to_owned()),
        FieldKind::UserName => Some(text.to_lowercase()),
        // Elsewhere a whole office has one.
        FieldKind::Phone if logto => Some(text.to_owned()),
        FieldKind::Phone
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Url
        | FieldKind::Flag
        | FieldKind::Json
        | FieldKind::Permissions
        | FieldKind::Choice => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_the_service_does() {
        for (typed, written) in [
            ("+32 (0)470 12.34-56", "32470123456"),
            ("0032470123456", "32470123456"),
            ("32470123456", "32470123456"),
            ("soon", "soon"),
            ("+", "+"),
        ] {
            assert_eq!(spelled(ProviderKind::Logto, FieldKind::Phone, typed), written, "{typed}");
            assert_eq!(spelled(ProviderKind::Scim, FieldKind::Phone, typed), typed);
        }
        assert!(is_incomplete(ProviderKind::Logto, FieldKind::Phone, "0470123456"));
        assert!(!is_incomplete(ProviderKind::Scim, FieldKind::Phone, "0470123456"));
    }

    #[test]
    fn what_is_unique_is_the_same_in_the_spellings_that_the_service_takes_for_one() {
        let (logto, scim) = (ProviderKind::Logto, ProviderKind::Scim);
        assert_eq!(unique(logto, FieldKind::Email, "A@X.be"), unique(logto, FieldKind::Email, "a@x.BE"));
        assert_ne!(unique(logto, FieldKind::UserName, "ADA"), unique(logto, FieldKind::UserName, "ada"));
        assert_eq!(unique(scim, FieldKind::UserName, "ADA"), unique(scim, FieldKind::UserName, "ada"));
        assert_eq!(unique(scim, FieldKind::Phone, "1"), None);
    }
}
