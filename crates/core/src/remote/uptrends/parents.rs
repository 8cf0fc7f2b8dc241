//! What lists of lists are walked over, in an order that does not change from one walk to the next.

use serde_json::Value;

use super::convert::resource_id;
use super::wire::guid;
use crate::model::ResourceKind;

/// What has something hanging on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParentKind {
    /// An operator.
    Operator,
    /// An operator group.
    Group,
    /// Something that rights are held on.
    Resource(ResourceKind),
}

impl ParentKind {
    /// All that rights are held on.
    pub const RESOURCES: [Self; 5] = [
        Self::Resource(ResourceKind::Monitor),
        Self::Resource(ResourceKind::MonitorGroup),
        Self::Resource(ResourceKind::VaultSection),
        Self::Resource(ResourceKind::Integration),
        Self::Resource(ResourceKind::AlertDefinition),
    ];

    /// First segment of its paths.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Operator => "Operator",
            Self::Group => "OperatorGroup",
            Self::Resource(ResourceKind::Monitor) => "Monitor",
            Self::Resource(ResourceKind::MonitorGroup) => "MonitorGroup",
            Self::Resource(ResourceKind::VaultSection) => "VaultSection",
            Self::Resource(ResourceKind::Integration) => "Integration",
            Self::Resource(ResourceKind::AlertDefinition) => "AlertDefinition",
        }
    }

    /// Method and path template of the list of all.
    pub const fn template(self) -> &'static str {
        match self {
            Self::Operator => "GET /Operator",
            Self::Group => "GET /OperatorGroup",
            Self::Resource(ResourceKind::Monitor) => "GET /Monitor",
            Self::Resource(ResourceKind::MonitorGroup) => "GET /MonitorGroup",
            Self::Resource(ResourceKind::VaultSection) => "GET /VaultSection",
            Self::Resource(ResourceKind::Integration) => "GET /Integration",
            Self::Resource(ResourceKind::AlertDefinition) => "GET /AlertDefinition",
        }
    }

    /// Last segment and template of the list of rights: some are singular, some plural.
    pub const fn authorizations(self) -> (&'static str, &'static str) {
        match self {
            Self::Operator => ("Authorization", "GET /Operator/{id}/Authorization"),
            Self::Group => ("Authorization", "GET /OperatorGroup/{id}/Authorization"),
            Self::Resource(ResourceKind::Monitor) => ("Authorizations", "GET /Monitor/{id}/Authorizations"),
            Self::Resource(ResourceKind::MonitorGroup) => {
                ("Authorizations", "GET /MonitorGroup/{id}/Authorizations")
            }
            Self::Resource(ResourceKind::VaultSection) => {
                ("Authorization", "GET /VaultSection/{id}/Authorization")
            }
            Self::Resource(ResourceKind::Integration) => {
                ("Authorizations", "GET /Integration/{id}/Authorizations")
            }
            Self::Resource(ResourceKind::AlertDefinition) => {
                ("Authorizations", "GET /AlertDefinition/{id}/Authorizations")
            }
        }
    }
}

/// Method and path templates of giving a right and of taking it back.
pub const fn right_templates(kind: ResourceKind) -> (&'static str, &'static str) {
    match kind {
        ResourceKind::Monitor => {
            ("POST /Monitor/{id}/Authorizations", "DELETE /Monitor/{id}/Authorizations/{id}")
        }
        ResourceKind::MonitorGroup => {
            ("POST /MonitorGroup/{id}/Authorizations", "DELETE /MonitorGroup/{id}/Authorizations/{id}")
        }
        ResourceKind::VaultSection => {
            ("POST /VaultSection/{id}/Authorization", "DELETE /VaultSection/{id}/Authorization/{id}")
        }
        ResourceKind::Integration => {
            ("POST /Integration/{id}/Authorizations", "DELETE /Integration/{id}/Authorizations/{id}")
        }
        ResourceKind::AlertDefinition => {
            ("POST /AlertDefinition/{id}/Authorizations", "DELETE /AlertDefinition/{id}/Authorizations/{id}")
        }
    }
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Parent {
    /// What it is.
    pub kind: ParentKind,
    /// Its id.
    pub id: String,
    /// The record, where it is held.
    pub value: Value,
}

/// All of them, by id.
#[derive(Debug)]
pub struct Parents {
    sorted: Vec<Parent>,
}

impl Parents {
    /// All of these; those without an id come first. The records themselves are held where somebody converts them: an account
    /// may have tens of thousands.
    pub fn new(records: impl IntoIterator<Item = (ParentKind, Value)>, hold: bool) -> Self {
        let parent = |(kind, value): (ParentKind, Value)| {
            let id = match kind {
                ParentKind::Operator => guid(&value, "OperatorGuid"),
                ParentKind::Group => guid(&value, "OperatorGroupGuid"),
                ParentKind::Resource(kind) => resource_id(kind, &value),
            };
            Parent { kind, id: id.unwrap_or_default(), value: if hold { value } else { Value::Null } }
        };
        let mut sorted: Vec<_> = records.into_iter().map(parent).collect();
        sorted.sort_by(|one, other| one.id.cmp(&other.id));
        Self { sorted }
    }

    /// The first `limit` behind the id `after`, and behind which the next ones begin.
    pub fn after(&self, after: Option<&str>, limit: usize) -> (&[Parent], Option<String>) {
        let from = after.map_or(0, |after| self.sorted.partition_point(|parent| parent.id.as_str() <= after));
        let rest = self.sorted.get(from..).unwrap_or_default();
        let chunk = rest.get(..limit).unwrap_or(rest);
        // Not in the middle of those that have no id.
        let end = chunk.last().map_or("", |last| last.id.as_str());
        let same = rest.iter().take_while(|parent| parent.id.as_str() <= end).count();
        let chunk = rest.get(..same).unwrap_or(rest);
        let next = (same < rest.len()).then(|| end.to_owned());
        (chunk, next)
    }

    /// Where the next `most` pages behind the one at `from` begin.
    pub fn positions_behind(&self, from: Option<&str>, limit: usize, most: usize) -> Vec<String> {
        let next = |from: Option<&str>| self.after(from, limit).1;
        std::iter::successors(next(from), |from| next(Some(from))).take(most).collect()
    }

    /// The one with `id`.
    pub fn find(&self, id: &str) -> Option<&Parent> {
        let at = self.sorted.partition_point(|parent| parent.id.as_str() < id);
        self.sorted.get(at).filter(|parent| parent.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parents(ids: &[&str]) -> Parents {
        Parents::new(ids.iter().map(|id| (ParentKind::Operator, json!({"OperatorGuid": id}))), false)
    }

    fn walked(parents: &Parents, limit: usize) -> Vec<Vec<String>> {
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let (chunk, next) = parents.after(after.as_deref(), limit);
            pages.push(chunk.iter().map(|parent| parent.id.clone()).collect());
            match next {
                Some(next) => after = Some(next),
                None => return pages,
            }
        }
    }

    #[test]
    fn a_walk_comes_to_each_once_in_the_order_of_the_ids() {
        assert_eq!(walked(&parents(&["c", "A", "b"]), 2), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(walked(&parents(&[]), 2), [Vec::<String>::new()]);
        assert_eq!(walked(&parents(&["", "", "", "x"]), 2), [vec!["", "", ""], vec!["x"]]);
    }

    #[test]
    fn the_pages_that_come_begin_where_a_walk_comes_to() {
        let parents = parents(&["", "a", "b", "c", "d", "e"]);
        assert_eq!(parents.positions_behind(None, 1, 3), ["", "a", "b"]);
        assert_eq!(parents.positions_behind(Some("b"), 1, 3), ["c", "d"]);
        assert_eq!(parents.positions_behind(Some("e"), 1, 3), [""; 0]);
    }

    #[test]
    fn a_walk_goes_on_behind_one_that_is_gone() {
        let parents = parents(&["a", "c"]);
        let (chunk, next) = parents.after(Some("b"), 9);
        assert_eq!((chunk.len(), next), (1, None));
    }
}
