//! Users of a Logto tenant, one at a time.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

/// A user as stored. The three JSON columns are texts, which go out without being parsed.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// Number; 0 before it is stored.
    pub seq: i64,
    pub id: String,
    pub username: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub name: Option<String>,
    pub avatar: Option<String>,
    pub custom_data: String,
    pub identities: String,
    pub profile: String,
    /// `logto-configs`; empty object when never set.
    pub configs: String,
    pub last_sign_in: Option<i64>,
    pub created: i64,
    pub updated: i64,
    pub application_id: Option<String>,
    pub suspended: bool,
    /// A digest, never the password.
    pub password: Option<String>,
}

impl User {
    /// A user with nothing but an id.
    pub fn new(id: String, now: i64) -> Self {
        let empty = || "{}".to_owned();
        Self {
            id,
            custom_data: empty(),
            identities: empty(),
            profile: empty(),
            configs: empty(),
            created: now,
            updated: now,
            ..Self::default()
        }
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            id: row.get("id")?,
            username: row.get("username")?,
            email: row.get("email")?,
            phone: row.get("phone")?,
            name: row.get("name")?,
            avatar: row.get("avatar")?,
            custom_data: row.get("custom_data")?,
            identities: row.get("identities")?,
            profile: row.get("profile")?,
            configs: row.get("configs")?,
            last_sign_in: row.get("last_sign_in")?,
            created: row.get("created")?,
            updated: row.get("updated")?,
            application_id: row.get("application_id")?,
            suspended: row.get("suspended")?,
            password: row.get("password")?,
        })
    }
}

const COLUMNS: &str = "seq, id, username, email, phone, name, avatar, custom_data, identities, profile, configs, \
                       last_sign_in, created, updated, application_id, suspended, password";

/// The user `id`.
pub fn user(conn: &Connection, tenant: i64, id: &str) -> rusqlite::Result<Option<User>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM logto_users WHERE tenant_id = ?1 AND id = ?2"))?
        .query_row(params![tenant, id], User::from_row)
        .optional()
}

/// The user with this number.
pub fn user_by_seq(conn: &Connection, seq: i64) -> rusqlite::Result<Option<User>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM logto_users WHERE seq = ?1"))?
        .query_row([seq], User::from_row)
        .optional()
}

/// The users with these numbers, in this order; those gone by now are left out.
pub fn users_by_seq(conn: &Connection, seqs: &[i64]) -> rusqlite::Result<Vec<User>> {
    let mut found = Vec::with_capacity(seqs.len());
    for seq in seqs {
        found.extend(user_by_seq(conn, *seq)?);
    }
    Ok(found)
}

/// How many users a tenant has.
pub fn user_count(conn: &Connection, tenant: i64) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT count(*) FROM logto_users WHERE tenant_id = ?1")?
        .query_row([tenant], |row| row.get(0))
}

/// Which identifier of `user` another user of the tenant has: `username`, `email` or `phone`.
pub fn taken(conn: &Connection, tenant: i64, user: &User) -> rusqlite::Result<Option<&'static str>> {
    let checks = [
        ("username", "username = ?2", &user.username),
        ("email", "lower(email) = lower(?2)", &user.email),
        ("phone", "phone = ?2", &user.phone),
    ];
    for (name, condition, value) in checks {
        let Some(value) = value else { continue };
        let sql = format!("SELECT 1 FROM logto_users WHERE tenant_id = ?1 AND {condition} AND id <> ?3");
        if conn.prepare_cached(&sql)?.exists(params![tenant, value, user.id])? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Stores a new user and gives its number. The caller has checked the identifiers and tells the orders.
pub fn insert_user(conn: &Connection, tenant: i64, user: &User) -> rusqlite::Result<i64> {
    conn.prepare_cached(
        "INSERT INTO logto_users (tenant_id, id, username, email, phone, name, avatar, custom_data, identities,
             profile, configs, last_sign_in, created, updated, application_id, suspended, password)
         VALUES (:tenant, :id, :username, :email, :phone, :name, :avatar, :custom_data, :identities, :profile,
             :configs, :last_sign_in, :created, :updated, :application_id, :suspended, :password)",
    )?
    .execute(named_params! {
        ":tenant": tenant, ":id": user.id, ":username": user.username, ":email": user.email,
        ":phone": user.phone, ":name": user.name, ":avatar": user.avatar, ":custom_data": user.custom_data,
        ":identities": user.identities, ":profile": user.profile, ":configs": user.configs,
        ":last_sign_in": user.last_sign_in, ":created": user.created, ":updated": user.updated,
        ":application_id": user.application_id, ":suspended": user.suspended, ":password": user.password,
    })?;
    Ok(conn.last_insert_rowid())
}

/// Stores what changed of a user; its id and creation stay.
pub fn update_user(conn: &Connection, user: &User) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "UPDATE logto_users SET username = :username, email = :email, phone = :phone, name = :name,
             avatar = :avatar, custom_data = :custom_data, identities = :identities, profile = :profile,
             configs = :configs, last_sign_in = :last_sign_in, updated = :updated,
             application_id = :application_id, suspended = :suspended, password = :password
         WHERE seq = :seq",
    )?
    .execute(named_params! {
        ":seq": user.seq, ":username": user.username, ":email": user.email, ":phone": user.phone,
        ":name": user.name, ":avatar": user.avatar, ":custom_data": user.custom_data,
        ":identities": user.identities, ":profile": user.profile, ":configs": user.configs,
        ":last_sign_in": user.last_sign_in, ":updated": user.updated,
        ":application_id": user.application_id, ":suspended": user.suspended, ":password": user.password,
    })?;
    Ok(())
}

/// Deletes a user with everything of its own and every edge to it. The caller tells the orders.
pub fn delete_user(conn: &Connection, user: &User) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM logto_users WHERE seq = ?1", [user.seq])?;
    conn.execute("DELETE FROM logto_details WHERE owner = ?1", [user.seq])?;
    super::edges::forget(conn, user.seq)
}
