//! Many lines of history about one thing become what is different in the end. Pure.

use crate::model::Action;

/// One line about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The line.
    pub id: i64,
    pub action: Action,
    /// For [`Action::Changed`].
    pub field: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What is different in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Net {
    /// Nothing.
    Same,
    /// It was not there.
    Added,
    /// It is gone.
    Removed,
    /// It was there all the time, with other values.
    Changed(Vec<NetField>),
    /// It was gone in between: what is different can only be told from the two records.
    Returned,
}

/// An attribute with another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NetField {
    pub field: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    /// The last line about it.
    pub last: i64,
}

/// Collapses the lines about one thing, oldest first.
pub(super) fn net(steps: &[Step]) -> Net {
    let mut presence = steps.iter().filter(|step| step.action != Action::Changed).map(|step| step.action);
    let first = presence.next();
    let was_there = first != Some(Action::Added);
    let is_there = presence.next_back().or(first) != Some(Action::Removed);
    match (was_there, is_there) {
        (false, false) => Net::Same,
        (false, true) => Net::Added,
        (true, false) => Net::Removed,
        (true, true) if first.is_some() => Net::Returned,
        (true, true) => changed(steps),
    }
}

fn changed(steps: &[Step]) -> Net {
    let mut fields: Vec<NetField> = Vec::new();
    for step in steps {
        match fields.iter_mut().find(|known| known.field == step.field) {
            Some(known) => {
                known.after.clone_from(&step.after);
                known.last = step.id;
            }
            None => fields.push(NetField {
                field: step.field.clone(),
                before: step.before.clone(),
                after: step.after.clone(),
                last: step.id,
            }),
        }
    }
    fields.retain(|field| field.before != field.after);
    fields.sort_by(|a, b| a.field.cmp(&b.field));
    if fields.is_empty() { Net::Same } else { Net::Changed(fields) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `+` added, `-` removed, `field:before>after` changed; nothing stands for no value.
    fn steps(text: &str) -> Vec<Step> {
        let value = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let step = |(id, word): (usize, &str)| {
            let id = i64::try_from(id).unwrap();
            let presence = |action| Step { id, action, field: None, before: None, after: None };
            match word {
                "+" => presence(Action::Added),
                "-" => presence(Action::Removed),
                change => {
                    let (field, values) = change.split_once(':').unwrap();
                    let (before, after) = values.split_once('>').unwrap();
                    let (before, after) = (value(before), value(after));
                    Step { id, action: Action::Changed, field: value(field), before, after }
                }
            }
        };
        text.split_whitespace().enumerate().map(step).collect()
    }

    fn told(net: &Net) -> String {
        match net {
            Net::Same => "same".to_owned(),
            Net::Added => "added".to_owned(),
            Net::Removed => "removed".to_owned(),
            Net::Returned => "returned".to_owned(),
            Net::Changed(fields) => {
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                let fields = fields.iter().map(|known| {
                    format!("{}:{}>{}", text(&known.field), text(&known.before), text(&known.after))
                });
                fields.collect::<Vec<_>>().join(" ")
            }
        }
    }

    #[test]
    fn many_lines_become_what_is_different_in_the_end() {
        for (lines, expected) in [
            ("", "same"),
            ("+", "added"),
            ("-", "removed"),
            ("+ -", "same"),
            ("+ - +", "added"),
            ("- +", "returned"),
            ("- + -", "removed"),
            ("- + - +", "returned"),
            ("+ a:1>2", "added"),
            ("a:1>2 -", "removed"),
            ("a:1>2", "a:1>2"),
            ("a:1>2 a:2>3", "a:1>3"),
            ("a:1>2 a:2>1", "same"),
            ("a:1>2 a:2>", "a:1>"),
            ("a:>1 a:1>", "same"),
            ("b:1>2 a:>2 b:2>1", "a:>2"),
            ("b:1>2 a:1>2", "a:1>2 b:1>2"),
            ("a:1>2 - + a:2>1", "returned"),
        ] {
            assert_eq!(told(&net(&steps(lines))), expected, "{lines}");
        }
    }

    #[test]
    fn an_attribute_is_known_by_the_last_line_about_it() {
        let Net::Changed(fields) = net(&steps("a:1>2 b:1>2 a:2>3")) else { panic!("nothing changed") };
        assert_eq!(fields.iter().map(|field| field.last).collect::<Vec<_>>(), [2, 1]);
    }
}
