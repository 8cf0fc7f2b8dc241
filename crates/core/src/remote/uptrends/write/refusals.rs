//! What a refusal means where the service says why: its message is the reason, whatever the status. For some a person is told
//! more than the message, in their own language; the words are looked for as loosely as the service changes them.

use super::super::super::http::Answer;
use super::super::super::{Refusal, RemoteError};

/// The refusal with `said`, the service's own words; `None` where it gives no reason of its own.
pub fn read(answer: &Answer, template: &'static str, said: Option<String>) -> Option<RemoteError> {
    let words = said?;
    let refusal = meaning(template, answer.status, &words);
    let detail = Some(words);
    let template = template.to_owned();
    match (answer.status, refusal) {
        (_, Some(refusal)) => Some(RemoteError::Refused { template, refusal, field: None, detail }),
        (400 | 403, None) => Some(RemoteError::Rejected { template, status: answer.status, detail }),
        _ => None,
    }
}

fn meaning(template: &str, status: u16, words: &str) -> Option<Refusal> {
    let words = words.to_ascii_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
    match (status, template) {
        (404, _) => Some(Refusal::UnknownRecord),
        (400 | 403, "DELETE /Operator/{id}") if says(&["sub account", "subaccount", "sub-account"]) => {
            Some(Refusal::InSubAccount)
        }
        (400 | 403, _) if template.starts_with("DELETE") && says(&["at least one", "last "]) => {
            Some(Refusal::LastHolder)
        }
        (400 | 403, "DELETE /Operator/{id}") if says(&["dashboard", "status page", "report"]) => {
            Some(Refusal::OwnsThings)
        }
        (400 | 403, "POST /Operator") if says(&["no room", "limit", "maximum"]) => {
            Some(Refusal::LimitReached)
        }
        (400 | 403, "POST /Operator" | "PATCH /Operator/{id}")
            if says(&["another operator", "already"]) && says(&["mail"]) =>
        {
            Some(Refusal::EmailTaken)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_words_are_understood_where_something_can_be_done() {
        let delete = "DELETE /Operator/{id}";
        for (template, status, words, expected) in [
            (delete, 403, "It owns 2 dashboards. Transfer them first.", Some(Refusal::OwnsThings)),
            (delete, 400, "A member of a sub account.", Some(Refusal::InSubAccount)),
            (delete, 400, "At least one operator must keep TechnicalContact.", Some(Refusal::LastHolder)),
            (delete, 404, "Not found.", Some(Refusal::UnknownRecord)),
            (delete, 403, "You cannot delete your own operator.", None),
            ("POST /Operator", 403, "Another operator has this e-mail address.", Some(Refusal::EmailTaken)),
            ("POST /Operator/{id}/DutySchedule", 403, "EndTime is required.", None),
        ] {
            assert_eq!(meaning(template, status, words), expected, "{words}");
        }
    }
}
