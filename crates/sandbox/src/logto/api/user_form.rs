//! The body that creates or changes a user, and the forms of its identifiers.

use serde_json::{Map, Value};

use crate::logto::call::Ctx;
use crate::logto::refusal::Refusal;
use crate::logto::store::{User, taken};
use crate::logto::validate::{optional_object, optional_text, wrong_form};

const ALGORITHMS: [&str; 8] = ["Argon2i", "Argon2id", "Argon2d", "SHA1", "SHA256", "MD5", "Bcrypt", "Legacy"];

/// Name on the wire, place in the user, and the form it must have.
type Field<'a> = (&'static str, &'a mut Option<String>, fn(&str) -> bool);

/// Puts what the body says into `user`; null and "" clear.
pub fn read_form(body: &Map<String, Value>, user: &mut User) -> Result<(), Refusal> {
    let fields: [Field<'_>; 5] = [
        ("username", &mut user.username, is_username),
        ("primaryEmail", &mut user.email, is_email),
        ("primaryPhone", &mut user.phone, is_phone),
        ("name", &mut user.name, |_| true),
        ("avatar", &mut user.avatar, is_url),
    ];
    for (name, field, fits) in fields {
        let Some(given) = optional_text(body, name)? else { continue };
        let given = given.filter(|text| !text.is_empty());
        if given.as_ref().is_some_and(|text| !fits(text) || text.chars().count() > longest(name)) {
            return Err(wrong_form(name));
        }
        *field = given;
    }
    if let Some(phone) = &user.phone {
        user.phone = Some(normal_phone(phone).ok_or_else(|| Refusal::new(422, "user.invalid_phone"))?);
    }
    if let Some(data) = optional_object(body, "customData")? {
        user.custom_data = Value::Object(data).to_string();
    }
    if let Some(profile) = optional_object(body, "profile")? {
        user.profile = Value::Object(profile).to_string();
    }
    read_password(body, user)
}

fn read_password(body: &Map<String, Value>, user: &mut User) -> Result<(), Refusal> {
    let plain = optional_text(body, "password")?.flatten();
    let ready = optional_text(body, "passwordDigest")?.flatten();
    match (plain, ready) {
        (Some(_), Some(_)) => Err(Refusal::new(400, "user.password_and_digest")),
        (Some(plain), None) => {
            user.password = Some(digest(&plain));
            Ok(())
        }
        (None, Some(ready)) => {
            let algorithm = optional_text(body, "passwordAlgorithm")?
                .flatten()
                .ok_or_else(|| Refusal::new(400, "user.password_algorithm_required"))?;
            crate::logto::validate::one_of("passwordAlgorithm", &algorithm, &ALGORITHMS)?;
            user.password = Some(ready);
            Ok(())
        }
        (None, None) => Ok(()),
    }
}

/// Refuses an identifier that another user has.
pub fn check_identifiers(ctx: &Ctx<'_>, user: &User) -> Result<(), Refusal> {
    match taken(&ctx.db.conn, ctx.id(), user)? {
        Some("username") => Err(Refusal::new(422, "user.username_already_in_use")),
        Some("email") => Err(Refusal::new(422, "user.email_already_in_use")),
        Some(_) => Err(Refusal::new(422, "user.phone_already_in_use")),
        None => Ok(()),
    }
}

/// What is kept of a password. Nobody signs in here, so it only has to be the same for the same password.
pub fn digest(password: &str) -> String {
    blake3::hash(password.as_bytes()).to_hex().to_string()
}

fn longest(name: &str) -> usize {
    if name == "avatar" { 2048 } else { 128 }
}

fn is_username(text: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(word)
}

/// `^\S+@\S+\.\S+$`
pub fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    !text.contains(char::is_whitespace)
        && parts.is_some_and(|(local, domain)| {
            let dot = domain.rsplit_once('.');
            !local.is_empty() && dot.is_some_and(|(host, end)| !host.is_empty() && !end.is_empty())
        })
}

fn is_phone(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_url(text: &str) -> bool {
    url::Url::parse(text).is_ok()
}

/// Without the zero that is dialled only inside the country.
fn normal_phone(digits: &str) -> Option<String> {
    const TRUNK_ZERO: [&str; 8] = ["31", "32", "33", "41", "44", "49", "61", "353"];
    if !(7..=15).contains(&digits.len()) {
        return None;
    }
    let trunk =
        TRUNK_ZERO.iter().find_map(|code| Some((code, digits.strip_prefix(code)?.strip_prefix('0')?)));
    Some(trunk.map_or_else(|| digits.to_owned(), |(code, rest)| format!("{code}{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_their_forms() {
        assert!(
            is_email("Ada.L+x@example.co.uk")
                && !is_email("nope")
                && !is_email("a b@c.d")
                && !is_email("a@b")
        );
        assert!(is_username("_ada1") && !is_username("1ada") && !is_username("a-b") && !is_username(""));
        assert_eq!(normal_phone("610412345678").as_deref(), Some("61412345678"));
        assert_eq!(normal_phone("33612341839").as_deref(), Some("33612341839"));
        assert_eq!(normal_phone("123"), None);
    }

    #[test]
    fn empty_texts_clear_and_unknown_fields_are_dropped() {
        let mut user = User { name: Some("Ada".into()), ..User::new("x".into(), 0) };
        let body = serde_json::json!({ "name": "", "nope": 1, "customData": { "a": 1 } });
        read_form(body.as_object().unwrap(), &mut user).unwrap();
        assert_eq!((user.name, user.custom_data.as_str()), (None, "{\"a\":1}"));
    }
}
