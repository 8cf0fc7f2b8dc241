//! The search of `/users`, `/roles` and applications ("style A"): `search`, `search.<field>`, `mode`, `joint`,
//! `isCaseSensitive`. Every mode becomes a regular expression, so that letters outside ASCII fold too.

use regex::{Regex, RegexBuilder};

use super::refusal::Refusal;

/// Fields of users that can be searched.
pub const USER_FIELDS: &[&str] = &["id", "primary_email", "primary_phone", "username", "name"];
/// Fields of roles and applications that can be searched.
pub const ENTITY_FIELDS: &[&str] = &["id", "name", "description"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Like,
    Exact,
    SimilarTo,
    Posix,
}

/// A search; empty when the query says nothing about one.
pub struct Search {
    items: Vec<Item>,
    all_must_match: bool,
    case_sensitive: bool,
}

struct Item {
    /// Nothing for all fields.
    field: Option<&'static str>,
    mode: Mode,
    values: Vec<String>,
    patterns: Vec<Regex>,
}

impl Search {
    /// From a query.
    pub fn read(query: &[(String, String)], fields: &'static [&'static str]) -> Result<Self, Refusal> {
        let case_sensitive = query.iter().any(|(name, value)| name == "isCaseSensitive" && value == "true");
        let joint = query.iter().find(|(name, _)| name == "joint").map_or("or", |(_, value)| value);
        if !matches!(joint, "or" | "and") {
            return Err(refused(format!("Search joint `{joint}` is not valid, expect one of or, and.")));
        }
        let mut search = Self { items: Vec::new(), all_must_match: joint == "and", case_sensitive };
        for (name, value) in query.iter().filter(|(name, _)| name.starts_with("search")) {
            let field = field_of(name, fields)?;
            if value.is_empty() {
                return Err(refused("Search value cannot be empty."));
            }
            match search.items.iter_mut().find(|item| item.field == field) {
                Some(item) => item.values.push(value.clone()),
                None => search.items.push(Item::new(field, value)),
            }
        }
        for (name, value) in query.iter().filter(|(name, _)| name.starts_with("mode")) {
            let field = field_of(name, fields)?;
            let mode = mode_of(value)?;
            let fitting = |item: &&mut Item| field.is_none() || item.field == field;
            search.items.iter_mut().filter(fitting).for_each(|item| item.mode = mode);
        }
        search.items.iter_mut().try_for_each(|item| item.compile(case_sensitive))?;
        Ok(search)
    }

    /// Whether everything matches.
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether an entity matches; `value` gives its fields.
    pub fn matches<'a>(&self, fields: &[&str], value: impl Fn(&str) -> Option<&'a str>) -> bool {
        let hit = |item: &Item| match item.field {
            Some(field) => value(field).is_some_and(|text| item.hits(text)),
            None => fields.iter().any(|field| value(field).is_some_and(|text| item.hits(text))),
        };
        if self.all_must_match {
            self.items.iter().all(hit)
        } else {
            self.is_empty() || self.items.iter().any(hit)
        }
    }

    /// The prefix, when this asks for ids that begin so and for nothing else.
    pub fn id_prefix(&self) -> Option<&str> {
        let [item] = self.items.as_slice() else { return None };
        let [value] = item.values.as_slice() else { return None };
        let prefix = value.strip_suffix('%')?;
        let plain = prefix.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (item.field == Some("id") && item.mode == Mode::Like && self.case_sensitive && plain)
            .then_some(prefix)
    }

    /// The ids, when this asks for exact ones and for nothing else.
    pub fn id_batch(&self) -> Option<&[String]> {
        let [item] = self.items.as_slice() else { return None };
        (item.field == Some("id") && item.mode == Mode::Exact).then_some(item.values.as_slice())
    }
}

impl Item {
    fn new(field: Option<&'static str>, value: &str) -> Self {
        Self { field, mode: Mode::Like, values: vec![value.to_owned()], patterns: Vec::new() }
    }

    fn compile(&mut self, case_sensitive: bool) -> Result<(), Refusal> {
        if self.values.len() > 1 && self.mode != Mode::Exact {
            return Err(refused("Only one search value is allowed when search mode is not `exact`."));
        }
        if self.mode == Mode::SimilarTo && !case_sensitive {
            return Err(refused("Search mode `similar_to` only supports case-sensitive search."));
        }
        for value in &self.values {
            let pattern = match self.mode {
                Mode::Exact => format!("^{}$", regex::escape(value)),
                Mode::Like => like(value),
                Mode::SimilarTo => similar(value),
                Mode::Posix => value.clone(),
            };
            let built = RegexBuilder::new(&pattern)
                .case_insensitive(!case_sensitive)
                .dot_matches_new_line(true)
                .build();
            // PostgreSQL refuses the pattern, and nobody catches that in the real one.
            self.patterns.push(built.map_err(|_| Refusal::crash())?);
        }
        Ok(())
    }

    fn hits(&self, text: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.is_match(text))
    }
}

fn refused(reason: impl Into<String>) -> Refusal {
    Refusal::input(400, reason).with("data", serde_json::json!({}))
}

/// The field a key names; nothing for all fields. Keys that only begin with `search` or `mode` count as these.
fn field_of(key: &str, fields: &'static [&'static str]) -> Result<Option<&'static str>, Refusal> {
    let Some((_, field)) = key.split_once('.') else { return Ok(None) };
    if field.contains('.') {
        return Err(refused(format!("Search nested path `{field}` is not supported.")));
    }
    let mut snake = String::new();
    for c in field.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    fields.iter().copied().find(|known| *known == snake).map(Some).ok_or_else(|| {
        refused(format!("Search field `{field}` is not valid, expect one of {}.", fields.join(", ")))
    })
}

fn mode_of(text: &str) -> Result<Mode, Refusal> {
    match text {
        "like" => Ok(Mode::Like),
        "exact" => Ok(Mode::Exact),
        "similar_to" => Ok(Mode::SimilarTo),
        "posix" => Ok(Mode::Posix),
        _ => Err(refused(format!(
            "Search mode `{text}` is not valid, expect one of exact, like, similar_to, posix."
        ))),
    }
}

/// SQL `LIKE` as a regular expression.
fn like(text: &str) -> String {
    let mut pattern = "^".to_owned();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => pattern.push_str(".*"),
            '_' => pattern.push('.'),
            '\\' => pattern.push_str(&regex::escape(&chars.next().unwrap_or('\\').to_string())),
            c => pattern.push_str(&regex::escape(&c.to_string())),
        }
    }
    pattern + "$"
}

/// SQL `SIMILAR TO` as a regular expression: `%` and `_` as in `LIKE`, the rest as in regular expressions.
fn similar(text: &str) -> String {
    let mut pattern = "^(?:".to_owned();
    for c in text.chars() {
        match c {
            '%' => pattern.push_str(".*"),
            '_' => pattern.push('.'),
            '.' | '^' | '$' => pattern.push_str(&regex::escape(&c.to_string())),
            c => pattern.push(c),
        }
    }
    pattern + ")$"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(text: &str) -> Result<Search, Refusal> {
        Search::read(&super::super::call::pairs(text), USER_FIELDS)
    }

    fn hits(text: &str, id: &str, name: &str) -> bool {
        let values = [("id", id), ("name", name)];
        search(text)
            .unwrap()
            .matches(USER_FIELDS, |field| values.iter().find(|value| value.0 == field).map(|value| value.1))
    }

    #[test]
    fn like_is_whole_string_equality_without_wildcards() {
        assert!(hits("search=ada", "x", "ADA"));
        assert!(!hits("search=ad", "x", "Ada"));
        assert!(hits("search=%25d%25", "x", "Ada"));
        assert!(hits("search=%25%C3%89LISE%25", "x", "Marie-élise"));
        assert!(!hits("search=%25D%25&isCaseSensitive=true", "x", "Ada"));
        assert!(hits("search=100%5C%25", "x", "100%"));
        assert!(!hits("search=100%5C%25", "x", "1000"));
    }

    #[test]
    fn modes_and_joints_work() {
        assert!(hits("search.id=a&search.id=b&mode.id=exact", "b", "n"));
        assert!(search("search.id=a&search.id=b").is_err());
        assert!(hits("search.name=A(da|na)&mode=similar_to&isCaseSensitive=true", "x", "Ana"));
        assert!(search("search.name=a&mode=similar_to").is_err());
        assert!(hits("search.name=%5EA&mode.name=posix", "x", "Ana"));
        assert!(!hits("search.name=Ana&search.id=y&joint=and", "x", "Ana"));
        assert!(hits("search.name=Ana&search.id=y", "x", "Ana"));
        assert!(hits("searchX=Ana", "x", "Ana"));
        assert!(hits("page=1", "x", "Ana"));
    }

    #[test]
    fn wrong_searches_are_refused() {
        for text in ["search=", "search.email=x", "search=a&mode=fuzzy", "search=a&joint=xor", "search.a.b=x"]
        {
            assert_eq!(search(text).err().unwrap().written(false).0, 400, "{text}");
        }
        assert_eq!(search("search=(&mode=posix").err().unwrap().written(false).0, 500);
    }

    #[test]
    fn prefixes_and_batches_of_ids_are_recognised() {
        let prefix = "search.id=oz2%25&mode.id=like&isCaseSensitive=true";
        assert_eq!(search(prefix).unwrap().id_prefix(), Some("oz2"));
        assert_eq!(search("search.id=oz2%25").unwrap().id_prefix(), None);
        assert_eq!(search("search.id=a&search.id=b&mode.id=exact").unwrap().id_batch().unwrap().len(), 2);
    }
}
