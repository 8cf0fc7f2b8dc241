//! Everything that a role could allow: the permissions of each API, and those of the organisation template.

use serde_json::Value;

use super::super::RemoteError;
use super::convert;
use super::session::Session;
use crate::model::Permission;

/// All permissions there are. Without paging each list comes whole.
///
/// # Errors
/// See [`RemoteError`].
pub async fn list(session: &Session) -> Result<Vec<Permission>, RemoteError> {
    let url = session.url(["resources"], &[("includeScopes", "true")]);
    let resources = session.list(url, "GET /resources").await?.records;
    let mut permissions: Vec<Permission> = resources.iter().flat_map(of_resource).collect();
    let url = session.url(["organization-scopes"], &[]);
    let own = match session.list(url, "GET /organization-scopes").await {
        // An older release.
        Err(RemoteError::NotFound { .. }) => Vec::new(),
        own => own?.records,
    };
    permissions.extend(own.iter().filter_map(convert::permission));
    permissions.sort();
    permissions.dedup_by(|a, b| a.remote_id == b.remote_id);
    Ok(permissions)
}

/// The permissions of one API, which name it by its id alone.
fn of_resource(resource: &Value) -> Vec<Permission> {
    let name = resource.get("name").and_then(convert::text_of);
    let scopes = resource.get("scopes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let with_name = |scope| Some(Permission { resource_name: name.clone(), ..convert::permission(scope)? });
    scopes.iter().filter_map(with_name).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_permission_says_of_which_api_it_is() {
        let resource = json!({"id": "a1", "name": "Shop", "indicator": "https://shop.example", "scopes": [
            {"id": "s1", "resourceId": "a1", "name": "read:orders", "description": "Look at orders"},
            {"resourceId": "a1", "name": "without an id"},
        ]});
        let found = of_resource(&resource);
        assert_eq!(found.len(), 1);
        let only = &found[0];
        let resource_id = only.resource_id.as_ref().map(|id| id.as_str());
        assert_eq!((only.remote_id.as_str(), resource_id), ("s1", Some("a1")));
        assert_eq!(only.full_name(), "read:orders (Shop)");
        assert_eq!(only.description.as_deref(), Some("Look at orders"));
        assert_eq!(of_resource(&json!({"id": "a1", "name": "Shop"})), []);
    }
}
