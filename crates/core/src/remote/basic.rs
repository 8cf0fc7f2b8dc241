//! The `Authorization` header of HTTP Basic (RFC 7617) and its like.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use super::RemoteError;

/// `scheme` with `value`, marked so that nothing prints it.
///
/// # Errors
/// [`RemoteError::Settings`] for a value that no header can hold.
pub fn header(scheme: &str, value: &str) -> Result<HeaderValue, RemoteError> {
    let text = Zeroizing::new(format!("{scheme} {value}"));
    let mut header = HeaderValue::from_str(&text).map_err(|_| RemoteError::Settings {
        reason: "the credential contains characters that cannot be sent (line breaks?)".to_owned(),
    })?;
    header.set_sensitive(true);
    Ok(header)
}

/// Name and password as HTTP Basic writes them.
pub fn encode(name: &str, secret: &str) -> Zeroizing<String> {
    let pair = Zeroizing::new(format!("{name}:{secret}"));
    Zeroizing::new(STANDARD.encode(pair.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_do_not_print_the_credential() {
        let sent = header("Bearer", "s3cret").unwrap();
        assert!(!format!("{sent:?}").contains("s3cret"));
        assert!(header("Bearer", "two\nlines").is_err());
    }
}
