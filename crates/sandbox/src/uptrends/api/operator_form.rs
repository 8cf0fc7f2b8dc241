//! An operator as it is written: which attributes a request sets, which of them the service shows, and the rule of the
//! `…Specified` flags.

use serde_json::{Map, Value, json};

use crate::uptrends::call::text;
use crate::uptrends::refusal::Refusal;

/// Attributes that a request sets by naming them, with what a PUT makes of one that it leaves out.
const PLAIN: [(&str, Initial); 8] = [
    ("FullName", Initial::Text("")),
    ("Email", Initial::Text("")),
    ("MobilePhone", Initial::Text("")),
    ("BackupEmail", Initial::Text("")),
    ("IsOnDuty", Initial::No),
    ("SmsProvider", Initial::Text("UseAccountSetting")),
    ("DefaultDashboard", Initial::Text("UseAccountSpecifiedDashboard")),
    ("OperatorRole", Initial::Text("Unspecified")),
];

enum Initial {
    Text(&'static str),
    No,
}

/// Attributes that count only when their flag `…Specified` is true; with the flag and without a value they are reset.
const FLAGGED: [(&str, Kind); 6] = [
    ("OutgoingPhoneNumberId", Kind::Number),
    ("TimeZoneId", Kind::Number),
    ("CultureName", Kind::Text),
    ("UseNumericSender", Kind::Flag),
    ("AllowNativeLogin", Kind::Flag),
    ("AllowSingleSignon", Kind::Flag),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Text,
    Flag,
}

/// Of the flagged ones, those that a GET gives back.
const SHOWN: [&str; 2] = ["OutgoingPhoneNumberId", "TimeZoneId"];

/// An operator while it is written.
pub struct Form {
    /// What a GET gives back.
    pub shown: Map<String, Value>,
    /// What it does not.
    pub kept: Map<String, Value>,
    /// The password of the request.
    pub password: Option<String>,
}

impl Form {
    /// Takes over what `body` sets; a `whole` one resets what it leaves out.
    pub fn take(&mut self, body: &Map<String, Value>, whole: bool) -> Result<(), Refusal> {
        for (name, initial) in &PLAIN {
            match body.get(*name).filter(|value| !value.is_null()) {
                Some(value) => {
                    let fits = match initial {
                        Initial::Text(_) => value.is_string(),
                        Initial::No => value.is_boolean(),
                    };
                    self.put(name, value, fits)?;
                }
                None if whole => {
                    let value = match initial {
                        Initial::Text(text) => json!(text),
                        Initial::No => json!(false),
                    };
                    self.shown.insert((*name).to_owned(), value);
                }
                None => {}
            }
        }
        for (name, kind) in &FLAGGED {
            if body.get(&format!("{name}Specified")) != Some(&Value::Bool(true)) {
                continue;
            }
            match body.get(*name).filter(|value| !value.is_null()) {
                Some(value) => {
                    let fits = match kind {
                        Kind::Number => value.is_i64(),
                        Kind::Text => value.is_string(),
                        Kind::Flag => value.is_boolean(),
                    };
                    self.put(name, value, fits)?;
                }
                None => drop(self.place(name).remove(*name)),
            }
        }
        self.password = text(body, "Password")?.filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(())
    }

    fn put(&mut self, name: &str, value: &Value, fits: bool) -> Result<(), Refusal> {
        if !fits {
            return Err(Refusal::bad(format!("The value of '{name}' cannot be converted.")));
        }
        self.place(name).insert(name.to_owned(), value.clone());
        Ok(())
    }

    fn place(&mut self, name: &str) -> &mut Map<String, Value> {
        let flagged = FLAGGED.iter().any(|(own, _)| *own == name);
        if flagged && !SHOWN.contains(&name) { &mut self.kept } else { &mut self.shown }
    }

    /// A text that is shown; empty when there is none.
    pub fn shown_text(&self, name: &str) -> &str {
        self.shown.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether it may sign in with a password of its own.
    pub fn native_login(&self) -> bool {
        self.kept.get("AllowNativeLogin") != Some(&Value::Bool(false))
    }
}

/// With the `Hash` that changes whenever anything else does.
pub fn with_hash(mut shown: Map<String, Value>) -> Map<String, Value> {
    shown.remove("Hash");
    let hash = blake3::hash(Value::Object(shown.clone()).to_string().as_bytes()).to_hex();
    shown.insert("Hash".to_owned(), json!(hash.get(..16)));
    shown
}
