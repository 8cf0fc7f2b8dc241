//! What a person types about a service without an API. Pure.

use crate::Error;
use crate::error::InputReason;
use crate::model::{Address, AddressError, RosterTerms};

/// Most cents of a price.
const DEAREST: i64 = 100_000_000_000;
/// Most characters of a plan's name, and of a page.
const LONGEST: usize = 2_000;
/// Where prices are in unless somebody says so.
const CURRENCY: &str = "EUR";

fn wrong(field: &'static str, problem: &str) -> Error {
    Error::InvalidInput { field, reason: InputReason::Other, problem: problem.to_owned() }
}

/// The terms as they are kept.
///
/// # Errors
/// [`Error::InvalidInput`] naming the first field to correct.
pub fn check(terms: RosterTerms) -> Result<RosterTerms, Error> {
    let text = |text: Option<String>| {
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty() && text.len() <= LONGEST)
    };
    let page = text(terms.page);
    if let Some(page) = &page {
        address(page)?;
    }
    for (field, price) in [("terms.planPrice", terms.plan_price), ("terms.memberPrice", terms.member_price)] {
        if price.is_some_and(|price| !(0..=DEAREST).contains(&price)) {
            return Err(wrong(field, "a price is at least 0 and has at most ten digits before the cents"));
        }
    }
    let as_of = text(terms.price_as_of);
    if as_of.as_deref().is_some_and(|day| day.parse::<jiff::civil::Date>().is_err()) {
        return Err(wrong("terms.priceAsOf", "this is no day: it is written like 2025-12-01"));
    }
    let currency = match terms.currency.trim() {
        "" => CURRENCY.to_owned(),
        code => code.to_ascii_uppercase(),
    };
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(wrong("terms.currency", "a currency has three letters, like EUR"));
    }
    if terms.member_limit == Some(0) {
        return Err(wrong("terms.memberLimit", "the limit is at least 1; nothing for an unknown one"));
    }
    Ok(RosterTerms { page, plan: text(terms.plan), price_as_of: as_of, currency, ..terms })
}

/// The server of `page`, for showing where an account is; nowhere without a page. A page may have a query and a part of
/// itself behind it: nothing is ever sent there but the person's own browser.
///
/// # Errors
/// [`Error::InvalidInput`] for what is no page that a browser should open.
pub fn address(page: &str) -> Result<Address, Error> {
    let refused = |error: AddressError| Error::InvalidInput {
        field: "terms.page",
        reason: InputReason::Address(error),
        problem: error.to_string(),
    };
    let plain = page.split(['?', '#']).next().unwrap_or_default();
    let address = Address::parse(plain).map_err(refused)?;
    if !page.starts_with("https://") {
        return Err(refused(AddressError::NotEncrypted));
    }
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(terms: RosterTerms) -> Option<&'static str> {
        match check(terms) {
            Err(Error::InvalidInput { field, .. }) => Some(field),
            _ => None,
        }
    }

    #[test]
    fn terms_are_taken_as_people_type_them() {
        let typed = RosterTerms {
            page: Some(" https://app.example.com/#/members?tab=1 ".to_owned()),
            plan: Some("  ".to_owned()),
            price_as_of: Some("2025-12-01".to_owned()),
            currency: "eur ".to_owned(),
            ..RosterTerms::default()
        };
        let kept = check(typed).unwrap();
        assert_eq!(kept.page.as_deref(), Some("https://app.example.com/#/members?tab=1"));
        assert_eq!((kept.plan, kept.currency.as_str()), (None, "EUR"));
        assert_eq!(
            address("https://app.example.com/#/members").unwrap().to_string(),
            "https://app.example.com"
        );
    }

    #[test]
    fn terms_that_cannot_be_are_refused_at_their_field() {
        let page = |page: &str| RosterTerms { page: Some(page.to_owned()), ..RosterTerms::default() };
        for (terms, expected) in [
            (page("javascript:alert(1)"), "terms.page"),
            (page("file:///etc/passwd"), "terms.page"),
            (page("http://example.com"), "terms.page"),
            (page("https://me:secret@example.com/"), "terms.page"),
            (RosterTerms { plan_price: Some(-1), ..RosterTerms::default() }, "terms.planPrice"),
            (RosterTerms { member_price: Some(i64::MAX), ..RosterTerms::default() }, "terms.memberPrice"),
            (
                RosterTerms { price_as_of: Some("soon".to_owned()), ..RosterTerms::default() },
                "terms.priceAsOf",
            ),
            (RosterTerms { currency: "euros".to_owned(), ..RosterTerms::default() }, "terms.currency"),
            (RosterTerms { member_limit: Some(0), ..RosterTerms::default() }, "terms.memberLimit"),
        ] {
            assert_eq!(field(terms), Some(expected));
        }
        assert_eq!(field(RosterTerms::default()), None);
    }
}
