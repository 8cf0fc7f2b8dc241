//! Every released schema, with rows in it, becomes today's.

use std::path::Path;

use rollcall_core::secrets::MemorySecrets;
use rollcall_core::store::accounts;

use super::{beside, open};

/// Released schemas with rows; a file is added with each release that changes the schema and never edited.
const RELEASED: &[(i64, &str)] = &[
    (1, include_str!("../fixtures/schema/0001.sql")),
    (2, include_str!("../fixtures/schema/0002.sql")),
    (3, include_str!("../fixtures/schema/0003.sql")),
];

fn schema(folder: &Path, secrets: &MemorySecrets) -> Vec<(String, String)> {
    let conn = beside(folder, secrets);
    let mut statement =
        conn.prepare("SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    // Comments and white space of a migration are not part of the schema.
    rows.map(|row| {
        let (name, sql): (String, String) = row.unwrap();
        let plain: Vec<_> = sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        (name, plain.join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
    })
    .collect()
}

#[tokio::test]
async fn every_released_schema_becomes_todays_and_keeps_its_rows() {
    let fresh = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    drop(open(fresh.path(), &secrets).unwrap());
    let newest = schema(fresh.path(), &secrets);
    for (version, sql) in RELEASED {
        let folder = tempfile::tempdir().unwrap();
        let old = beside(folder.path(), &secrets);
        old.execute_batch(sql).unwrap();
        old.pragma_update(None, "user_version", version).unwrap();
        drop(old);
        let store = open(folder.path(), &secrets).unwrap().store;
        let names: Vec<_> =
            store.read(accounts::list).await.unwrap().into_iter().map(|account| account.name).collect();
        assert_eq!(names, ["Coopérative", "Gemeente"], "version {version}");
        let (users, history, searchable): (i64, i64, i64) = store
            .read(|conn| {
                use rollcall_core::store::Context;
                conn.query_row(
                    "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM history),
                            (SELECT count(*) FROM user_search WHERE text LIKE '%zoe%')",
                    [],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )
                .context("counting")
            })
            .await
            .unwrap();
        assert_eq!((users, history, searchable), (2, 1, 1), "version {version}");
        drop(store);
        assert_eq!(schema(folder.path(), &secrets), newest, "version {version}");
    }
}
