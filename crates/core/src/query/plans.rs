//! Statements over tables that grow must seek, and must not sort what an index gives in order.

use rusqlite::Connection;

use super::filter::TextField;
use super::{
    accounts, applications, depth, duty, edges, export, groups, history, invitations, invited, log, past,
    recipients, rights, roles, runs, tally, tokens, user, users, watch,
};

fn plan(sql: &str) -> String {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(include_str!("../../sql/0001_foundation.sql")).unwrap();
    conn.execute_batch(include_str!("../../sql/0002_directory.sql")).unwrap();
    conn.execute_batch(include_str!("../../sql/0004_changes.sql")).unwrap();
    conn.execute_batch(include_str!("../../sql/0005_tokens.sql")).unwrap();
    conn.execute_batch(include_str!("../../sql/0006_resources.sql")).unwrap();
    conn.execute_batch(include_str!("../../sql/0007_rosters.sql")).unwrap();
    conn.execute_batch(include_str!("../../sql/0008_scheduled_changes.sql")).unwrap();
    conn.execute_batch(include_str!("../../sql/0009_imported_api_users.sql")).unwrap();
    conn.execute_batch(include_str!("../../sql/0010_recipients.sql")).unwrap();
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    // Unbound parameters are NULL, which the planner does not look at.
    let steps = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
    steps.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
}

#[test]
fn statements_over_large_tables_seek_and_read_in_order() {
    let statements: Vec<&str> = [
        accounts::STATEMENTS,
        applications::STATEMENTS,
        depth::STATEMENTS,
        duty::STATEMENTS,
        edges::STATEMENTS,
        export::STATEMENTS,
        groups::STATEMENTS,
        history::STATEMENTS,
        invitations::STATEMENTS,
        invited::STATEMENTS,
        log::STATEMENTS,
        past::STATEMENTS,
        recipients::STATEMENTS[0],
        recipients::STATEMENTS[1],
        rights::STATEMENTS[0],
        rights::STATEMENTS[1],
        roles::STATEMENTS,
        runs::STATEMENTS,
        tokens::STATEMENTS,
        user::STATEMENTS,
        users::STATEMENTS,
        watch::STATEMENTS,
    ]
    .concat();
    for sql in statements {
        let plan = plan(sql).replace("SCAN CONSTANT ROW", "");
        assert!(plan.contains("SEARCH"), "{sql}\n{plan}");
        assert!(!plan.contains("SCAN"), "{sql}\n{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
    }
}

#[test]
fn walks_over_everybody_read_only_an_index() {
    for sql in edges::STATEMENTS {
        let plan = plan(sql);
        assert!(plan.contains("COVERING INDEX"), "{sql}\n{plan}");
    }
}

#[test]
fn history_is_read_newest_first_by_the_narrowest_index() {
    for (sql, index) in history::filtered_statements() {
        let plan = plan(&sql);
        assert!(plan.contains(index), "{sql}\n{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
    }
}

#[test]
fn much_history_is_collapsed_without_sorting_and_only_a_little_is_sorted() {
    for sql in past::SORTING_STATEMENTS {
        let plan = plan(sql);
        assert!(plan.contains("history_by_account (account_id=? AND id>? AND id<?)"), "{sql}\n{plan}");
    }
}

#[test]
fn the_writing_of_a_value_is_looked_up_by_number() {
    for column in TextField::ALL {
        let sql = tally::label_statement(column);
        let plan = plan(&sql);
        assert!(plan.contains("SEARCH users USING INTEGER PRIMARY KEY"), "{sql}\n{plan}");
    }
}
