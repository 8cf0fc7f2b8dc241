//! A mirror in memory, filled by SQL as a sync would fill it.

use rollcall_core::api::{UserColumn, UserPageView, UserQueryRequest, UserSort};
use rollcall_core::model::{
    AccountId, ContentHash, Counts, Moment, Proof, RemoteId, ShownBy, Stream, Timestamp, User, search_text,
};
use rollcall_core::query::{self, Filter, UserIndexCache};
use rusqlite::{Connection, named_params};

pub struct Mirror {
    pub conn: Connection,
}

/// A user with nothing but an id and a name.
pub fn user(remote_id: &str, name: &str) -> User {
    User {
        remote_id: RemoteId::new(remote_id),
        user_name: name.to_owned(),
        display_name: name.to_owned(),
        given_name: None,
        family_name: None,
        email: None,
        phone: None,
        active: Some(true),
        title: None,
        department: None,
        organization: None,
        employee_number: None,
        user_type: None,
        locale: None,
        external_id: None,
        created_at: None,
        modified_at: None,
        last_sign_in_at: None,
        version: None,
        raw: "{}".to_owned(),
        hash: ContentHash::of(b"{}"),
    }
}

/// Everybody by name, the first 50.
pub fn everybody(account_id: Option<AccountId>) -> UserQueryRequest {
    UserQueryRequest {
        account_id,
        text: String::new(),
        sort: UserSort { column: UserColumn::DisplayName, descending: false },
        offset: 0,
        limit: 50,
    }
}

/// Noon of 1 July 2026, in UTC.
pub fn moment() -> Moment {
    Moment { now: Timestamp::parse("2026-07-01T12:00:00Z").unwrap(), zone: jiff::tz::TimeZone::UTC }
}

/// A page of users, the filter read from the request as the hub does.
pub fn query_users(cache: &UserIndexCache, conn: &Connection, request: &UserQueryRequest) -> UserPageView {
    let filter =
        Filter::parse(&request.text, &moment()).unwrap_or_else(|error| panic!("{}: {error}", request.text));
    query::query_users(cache, conn, request, &filter).unwrap()
}

impl Mirror {
    pub fn new() -> Self {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0001_foundation.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0002_directory.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0003_saved_filters.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0004_changes.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0005_tokens.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0006_resources.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0007_rosters.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0008_scheduled_changes.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0009_imported_api_users.sql")).unwrap();
        conn.execute_batch(include_str!("../../crates/core/sql/0010_recipients.sql")).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        Self { conn }
    }

    pub fn account(&self, name: &str) -> AccountId {
        let sql = "INSERT INTO accounts (key, provider, name, address, authentication, sample, signed_in, created_at)
                   VALUES (hex(randomblob(8)), 'scim', :name, 'https://id.example.com/scim', '{\"kind\":\"bearer\"}',
                           0, 1, 5)
                   RETURNING id";
        AccountId(self.conn.query_row(sql, named_params! { ":name": name }, |row| row.get(0)).unwrap())
    }

    /// Returns the number in the store.
    pub fn add(&self, account: AccountId, user: &User) -> i64 {
        let sql = "INSERT INTO users (account_id, remote_id, user_name, display_name, given_name, family_name, email,
                       phone, active, title, department, organization, employee_number, user_type, locale, external_id,
                       created_at, modified_at, version, raw, hash, first_seen_at, last_changed_at)
                   VALUES (:account_id, :remote_id, :user_name, :display_name, :given_name, :family_name, :email,
                       :phone, :active, :title, :department, :organization, :employee_number, :user_type, :locale,
                       :external_id, :created_at, :modified_at, :version, :raw, x'00', 7, 8)
                   RETURNING id";
        let id: i64 = self
            .conn
            .prepare_cached(sql)
            .unwrap()
            .query_row(
                named_params! {
                    ":account_id": account.0,
                    ":remote_id": user.remote_id.as_str(),
                    ":user_name": user.user_name,
                    ":display_name": user.display_name,
                    ":given_name": user.given_name,
                    ":family_name": user.family_name,
                    ":email": user.email,
                    ":phone": user.phone,
                    ":active": user.active,
                    ":title": user.title,
                    ":department": user.department,
                    ":organization": user.organization,
                    ":employee_number": user.employee_number,
                    ":user_type": user.user_type,
                    ":locale": user.locale,
                    ":external_id": user.external_id,
                    ":created_at": user.created_at.map(Timestamp::as_millis),
                    ":modified_at": user.modified_at.map(Timestamp::as_millis),
                    ":version": user.version,
                    ":raw": user.raw,
                },
                |row| row.get(0),
            )
            .unwrap();
        let sql = "INSERT INTO user_search (account_id, user_id, text, active, created_at, modified_at)
                   VALUES (:account_id, :user_id, :text, :active, :created_at, :modified_at)";
        self.conn
            .prepare_cached(sql)
            .unwrap()
            .execute(named_params! {
                ":account_id": account.0,
                ":user_id": id,
                ":text": search_text(user),
                ":active": user.active,
                ":created_at": user.created_at.map(Timestamp::as_millis),
                ":modified_at": user.modified_at.map(Timestamp::as_millis),
            })
            .unwrap();
        id
    }

    pub fn remove_user(&self, account: AccountId, remote_id: &str) {
        let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
        let search = "DELETE FROM user_search WHERE (account_id, user_id) IN
                      (SELECT account_id, id FROM users WHERE account_id = :account_id AND remote_id = :remote_id)";
        assert_eq!(self.conn.execute(search, parameters).unwrap(), 1);
        let user = "DELETE FROM users WHERE account_id = :account_id AND remote_id = :remote_id";
        assert_eq!(self.conn.execute(user, parameters).unwrap(), 1);
    }

    pub fn last_sign_in(&self, id: i64, at: i64) {
        let parameters = named_params! { ":id": id, ":at": at };
        self.conn
            .execute("UPDATE user_search SET last_sign_in_at = :at WHERE user_id = :id", parameters)
            .unwrap();
        self.conn.execute("UPDATE users SET last_sign_in_at = :at WHERE id = :id", parameters).unwrap();
    }

    /// What the service of `account` can, as kept by its last sync; of sign-ins it says everything or nothing.
    pub fn reports_sign_ins(&self, account: AccountId, sign_ins: bool) {
        let capabilities = serde_json::json!({
            "described": true, "users": true, "groups": true, "signIns": sign_ins, "paging": "page",
            "maxPageSize": null, "filter": false, "sort": false, "etag": false, "patch": false, "bulk": false,
            "changePassword": false, "documentation": null,
        });
        let parameters = named_params! { ":id": account.0, ":capabilities": capabilities.to_string() };
        self.conn
            .execute("UPDATE accounts SET capabilities = :capabilities WHERE id = :id", parameters)
            .unwrap();
    }

    pub fn application(&self, account: AccountId, remote_id: &str, name: &str, manages_account: bool) {
        let sql =
            "INSERT INTO applications (account_id, remote_id, display_name, kind, manages_account, raw, hash,
                       first_seen_at, last_changed_at)
                   VALUES (:account_id, :remote_id, :name, 'MachineToMachine', :manages, '{}', x'00', 7, 8)";
        let parameters = named_params! {
            ":account_id": account.0, ":remote_id": remote_id, ":name": name, ":manages": manages_account,
        };
        self.conn.execute(sql, parameters).unwrap();
    }

    /// A secret of an application: when it was made and until when it is good, `None` for ever.
    pub fn secret(&self, account: AccountId, application: &str, name: &str, made: i64, expires: Option<i64>) {
        let sql = "INSERT INTO tokens (account_id, owner_kind, owner_id, kind, remote_id, name, created_at, expires_at,
                       expiry_known, last_used_at, last_use_known, first_seen_at, last_changed_at)
                   VALUES (:account_id, 'application', :owner, 'applicationSecret', :name, :name, :made, :expires, 1,
                       NULL, 0, 7, 8)";
        let parameters = named_params! {
            ":account_id": account.0, ":owner": application, ":name": name, ":made": made, ":expires": expires,
        };
        self.conn.execute(sql, parameters).unwrap();
    }

    pub fn organization(&self, account: AccountId, remote_id: &str, name: &str) {
        self.group(account, remote_id, name, None);
        let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
        let sql = "UPDATE groups SET kind = 'organization' WHERE account_id = :account_id AND remote_id = :remote_id";
        self.conn.execute(sql, parameters).unwrap();
    }

    pub fn role(&self, account: AccountId, remote_id: &str, name: &str) {
        let sql = "INSERT INTO roles (account_id, remote_id, scope, holder_kind, display_name, raw, hash, first_seen_at,
                       last_changed_at)
                   VALUES (:account_id, :remote_id, 'account', 'user', :name, '{}', x'00', 7, 8)";
        let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id, ":name": name };
        self.conn.execute(sql, parameters).unwrap();
    }

    pub fn assign(&self, account: AccountId, role: &str, group: &str, holder: &str) {
        let sql = "INSERT INTO role_assignments (account_id, role_id, group_id, holder_id, holder_kind)
                   VALUES (:account_id, :role, :group, :holder, 'user')";
        let parameters =
            named_params! { ":account_id": account.0, ":role": role, ":group": group, ":holder": holder };
        self.conn.execute(sql, parameters).unwrap();
    }

    /// A token with what is known of its end and its last use.
    pub fn token(
        &self,
        account: AccountId,
        owner: &str,
        name: &str,
        expires: (Option<i64>, bool),
        used: (Option<i64>, bool),
    ) {
        let sql = "INSERT INTO tokens (account_id, owner_kind, owner_id, kind, remote_id, name, expires_at, expiry_known,
                       last_used_at, last_use_known, first_seen_at, last_changed_at)
                   VALUES (:account_id, 'user', :owner, 'personalAccessToken', :name, :name, :expires, :expiry_known,
                       :used, :use_known, 7, 8)";
        let parameters = named_params! {
            ":account_id": account.0, ":owner": owner, ":name": name, ":expires": expires.0,
            ":expiry_known": expires.1, ":used": used.0, ":use_known": used.1,
        };
        self.conn.execute(sql, parameters).unwrap();
    }

    pub fn details(&self, account: AccountId, user: &str, factors: Option<u32>) {
        let sql = "INSERT INTO user_details (account_id, user_id, read_at, mfa_factors, details)
                   VALUES (:account_id, :user, 9, :factors, '{}')";
        let parameters = named_params! { ":account_id": account.0, ":user": user, ":factors": factors };
        self.conn.execute(sql, parameters).unwrap();
    }

    pub fn group(&self, account: AccountId, remote_id: &str, name: &str, created_at: Option<i64>) {
        let sql =
            "INSERT INTO groups (account_id, remote_id, display_name, created_at, raw, hash, first_seen_at,
                       last_changed_at)
                   VALUES (:account_id, :remote_id, :name, :created_at, '{\"id\":1}', x'00', 7, 8)";
        self.conn
            .execute(
                sql,
                named_params! {
                    ":account_id": account.0, ":remote_id": remote_id, ":name": name, ":created_at": created_at,
                },
            )
            .unwrap();
    }

    pub fn member(&self, account: AccountId, group: &str, member: &str, display: Option<&str>) {
        let sql = "INSERT INTO memberships (account_id, group_id, member_id, kind, display)
                   VALUES (:account_id, :group, :member, 'user', :display)";
        self.conn
            .prepare_cached(sql)
            .unwrap()
            .execute(named_params! {
                ":account_id": account.0, ":group": group, ":member": member, ":display": display,
            })
            .unwrap();
    }

    pub fn run(&self, account: AccountId, state: &str) -> i64 {
        let counts = Counts { users: 3, users_added: 3, ..Counts::default() };
        let sql = "INSERT INTO sync_runs (account_id, state, baseline, resumed, started_at, finished_at, counts, proofs,
                       error_code, error_message)
                   VALUES (:account_id, :state, 1, 0, 100, 200, :counts, '[]',
                       iif(:state = 'failed', 'offline', NULL), iif(:state = 'failed', 'cannot be reached', NULL))
                   RETURNING id";
        let counts = serde_json::to_string(&counts).unwrap();
        let parameters = named_params! { ":account_id": account.0, ":state": state, ":counts": counts };
        self.conn.query_row(sql, parameters, |row| row.get(0)).unwrap()
    }

    pub fn stream(&self, account: AccountId, stream: Stream, run: i64, synced_at: i64) {
        let proof = Proof {
            stream,
            complete: true,
            removals_confirmed: false,
            unique_ids: 3,
            total: Some(3),
            walks: 1,
            repeated: 0,
            confirmed_singly: 0,
            confirmed_in_batches: 0,
            shown_by: ShownBy::Walk,
            read_since: None,
            quiet: true,
        };
        let sql = "INSERT INTO stream_states (account_id, stream, run_id, synced_at, proof)
                   VALUES (:account_id, :stream, :run, :synced_at, :proof)";
        let parameters = named_params! {
            ":account_id": account.0, ":stream": stream.as_str(), ":run": run, ":synced_at": synced_at,
            ":proof": serde_json::to_string(&proof).unwrap(),
        };
        self.conn.execute(sql, parameters).unwrap();
    }

    /// One line: subject, remote id, name, member id and name, action.
    pub fn history(
        &self,
        account: AccountId,
        run: i64,
        line: (&str, &str, &str, Option<(&str, &str)>, &str),
    ) {
        let (subject, remote_id, name, member, action) = line;
        let sql = "INSERT INTO history (account_id, run_id, at, subject, remote_id, name, member_id, member_name, action,
                       field, before, after)
                   VALUES (:account_id, :run, 100, :subject, :remote_id, :name, :member_id, :member_name, :action,
                       iif(:action = 'changed', 'title', NULL), iif(:action = 'changed', '\"old\"', NULL),
                       iif(:action = 'changed', '{\"new\":[1]}', NULL))";
        self.conn
            .execute(
                sql,
                named_params! {
                    ":account_id": account.0, ":run": run, ":subject": subject, ":remote_id": remote_id,
                    ":name": name, ":member_id": member.map(|member| member.0),
                    ":member_name": member.map(|member| member.1), ":action": action,
                },
            )
            .unwrap();
    }
}
