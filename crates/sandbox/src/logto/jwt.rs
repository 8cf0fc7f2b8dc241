//! Access tokens: the form of the real ones (a JWT that says ES384), signed with a keyed hash instead, because only this
//! service reads them. They are really checked: signature, end, audience.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::refusal::Refusal;

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Malformed,
    UnknownKey,
    Signature,
    Audience,
}

/// A token with these claims.
pub fn sign(key: &[u8; 32], claims: &Value) -> String {
    let header = json!({ "alg": "ES384", "typ": "at+jwt", "kid": key_id(key) });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(claims));
    let signature = signature(key, &signed);
    format!("{signed}.{signature}")
}

/// The claims of a token with a good signature; whether it has ended is for the caller to see.
pub fn verify(key: &[u8; 32], token: &str) -> Result<Value, Fault> {
    let (signed, given) = token.rsplit_once('.').ok_or(Fault::Malformed)?;
    let (header, claims) = signed.split_once('.').ok_or(Fault::Malformed)?;
    let header = read(header).ok_or(Fault::Malformed)?;
    let claims = read(claims).ok_or(Fault::Malformed)?;
    if header.get("kid").and_then(Value::as_str) != Some(key_id(key).as_str()) {
        return Err(Fault::UnknownKey);
    }
    if signature(key, signed) != given {
        return Err(Fault::Signature);
    }
    Ok(claims)
}

/// 401 in the words of the library that the real one checks tokens with.
pub fn refusal(fault: Fault) -> Refusal {
    let (code, name) = match fault {
        Fault::Malformed => ("ERR_JWS_INVALID", "JWSInvalid"),
        Fault::UnknownKey => ("ERR_JWKS_NO_MATCHING_KEY", "JWKSNoMatchingKey"),
        Fault::Signature => ("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "JWSSignatureVerificationFailed"),
        Fault::Audience => ("ERR_JWT_CLAIM_VALIDATION_FAILED", "JWTClaimValidationFailed"),
    };
    Refusal::new(401, "auth.unauthorized").with("data", json!({ "code": code, "name": name }))
}

/// 401 of a token that has ended; it echoes the claims.
pub fn expired(claims: &Value) -> Refusal {
    let data = json!({
        "code": "ERR_JWT_EXPIRED", "name": "JWTExpired", "claim": "exp", "reason": "check_failed",
        "payload": claims,
    });
    Refusal::new(401, "auth.unauthorized").with("data", data)
}

fn read(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn key_id(key: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(blake3::hash(key).as_bytes())
}

fn signature(key: &[u8; 32], signed: &str) -> String {
    // As long as a signature of ES384.
    let mut bytes = [0; 96];
    blake3::Hasher::new_keyed(key).update(signed.as_bytes()).finalize_xof().fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_with_this_key_is_accepted() {
        let claims = json!({ "sub": "app", "exp": 5 });
        let token = sign(&[1; 32], &claims);
        assert_eq!(verify(&[1; 32], &token), Ok(claims));
        assert_eq!(verify(&[2; 32], &token), Err(Fault::UnknownKey));
        assert_eq!(verify(&[1; 32], "nonsense"), Err(Fault::Malformed));
        assert_eq!(verify(&[1; 32], "a.b.c"), Err(Fault::Malformed));
        let (signed, end) = token.rsplit_once('.').unwrap();
        let other = URL_SAFE_NO_PAD.encode(json!({ "sub": "other", "exp": 5 }).to_string());
        let forged = format!("{}.{other}.{end}", signed.split_once('.').unwrap().0);
        assert_eq!(verify(&[1; 32], &forged), Err(Fault::Signature));
    }
}
