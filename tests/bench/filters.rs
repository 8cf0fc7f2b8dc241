//! Typing a word behind a filter, sorted by every column in turn, once what the filters need is in memory; beside it the same
//! bare scan for the word alone. The mirror of the bench comes from a SCIM service, so roles, tokens and factors are put in.

use std::path::Path;
use std::time::{Duration, Instant};

use rollcall_core::Hub;
use rollcall_core::api::{FacetsRequest, PaletteRequest, UserColumn, UserQueryRequest, UserSort};
use rollcall_core::model::AccountId;

use crate::mirror;
use crate::report::Report;
use crate::search::{Scan, sample, slowest};
use crate::stopwatch::{percentile, ratio, shown, timed};
use crate::typed::keystrokes;

const SEARCHES: usize = 150;

/// At 60 pictures a second.
const FRAME: Duration = Duration::from_micros(16_667);

/// What stands before the word, or round it.
const FILTERS: &[(&str, &str)] = &[
    ("status:suspended ", ""),
    ("role:admin ", ""),
    ("mfa:none has:token ", ""),
    ("-email:@example.com created:>2020-01-01 ", ""),
    ("raw.userType:e -role:=\"Owner\" ", ""),
    ("(department:a OR group:e OR last_seen:never) ", ""),
    ("name:\"", "\""),
    ("status:active email:\"", "\""),
];

/// At most as many as are kept: each is made once.
const SORTS: &[(UserColumn, bool)] = &[
    (UserColumn::DisplayName, false),
    (UserColumn::Email, true),
    (UserColumn::CreatedAt, true),
    (UserColumn::Department, false),
    (UserColumn::Groups, true),
];

/// Measures one mirror.
pub async fn measure(report: &mut Report, folder: &Path, users: usize, passes: usize) {
    enrich(folder);
    let scan = Scan::load(folder);
    let (hub, account) = mirror::hub(folder).await;
    let all = query(&hub, account, "", SORTS[0]).await;
    let typed = keystrokes(&sample(&hub, account, all).await, SEARCHES);
    let texts = filtered(&typed);
    let start = Instant::now();
    warm(&hub, account).await;
    eprintln!("{users} users: what the filters need read and made in {}", shown(start.elapsed()));
    drop(hub);
    let (mut core, mut bare) = (vec![Duration::MAX; texts.len()], vec![Duration::MAX; texts.len()]);
    for _ in 0..passes {
        // What an earlier pass left would answer at once: each begins with the filters warm and no word typed.
        let (hub, account) = mirror::hub(folder).await;
        warm(&hub, account).await;
        for (((text, sort), word), (core, bare)) in
            texts.iter().zip(&typed).zip(core.iter_mut().zip(&mut bare))
        {
            let start = Instant::now();
            query(&hub, account, text, *sort).await;
            *core = start.elapsed().min(*core);
            let (time, _) = timed(|| scan.search(word));
            *bare = time.min(*bare);
        }
    }
    let shown_texts: Vec<String> = texts.into_iter().map(|(text, _)| text).collect();
    slowest(&shown_texts, &core);
    let goal = Duration::from_micros(if users <= 100_000 { 1_000 } else { 6_000 });
    let (p50, p99) = (percentile(&core, 50), percentile(&core, 99));
    let (bare50, bare99) = (percentile(&bare, 50), percentile(&bare, 99));
    report.add(
        &format!("the same behind a filter, sorted by any column, {users} users ({} keystrokes)", core.len()),
        &format!("p50 {}, p99 {}", shown(p50), shown(p99)),
        &format!("bare scan p50 {}, p99 {}", shown(bare50), shown(bare99)),
        &format!("p99 ≤ {} and ≤ 2 × the scan (is {:.2} ×)", shown(goal), ratio(p99, bare99)),
        p99 <= goal && ratio(p99, bare99) <= 2.0,
    );
}

/// Measures the palette and the facets: both must answer within a frame of the window.
pub async fn beside(report: &mut Report, folder: &Path, users: usize, passes: usize) {
    let (hub, account) = mirror::hub(folder).await;
    let all = query(&hub, account, "", SORTS[0]).await;
    let typed = keystrokes(&sample(&hub, account, all).await, SEARCHES / 5);
    let (mut palette, mut facets) = (vec![Duration::MAX; typed.len()], vec![Duration::MAX; typed.len()]);
    for _ in 0..=passes {
        for (text, (palette, facets)) in typed.iter().zip(palette.iter_mut().zip(&mut facets)) {
            let start = Instant::now();
            let request = PaletteRequest { text: text.clone(), limit: 8 };
            hub.search_palette(request).await.expect("what was found");
            *palette = start.elapsed().min(*palette);
            let start = Instant::now();
            let request = FacetsRequest { account_id: Some(account), text: text.clone() };
            hub.get_facets(request).await.expect("the facets");
            *facets = start.elapsed().min(*facets);
        }
    }
    for (what, times) in [("palette", palette), ("facets", facets)] {
        let (p50, p99) = (percentile(&times, 50), percentile(&times, 99));
        report.add(
            &format!("keystroke to the {what}, {users} users ({} keystrokes)", times.len()),
            &format!("p50 {}, p99 {}", shown(p50), shown(p99)),
            &format!("a frame, {}", shown(FRAME)),
            "within the frame",
            p99 <= FRAME,
        );
    }
}

/// Reads and makes what the filters need, as the first use of each does.
async fn warm(hub: &Hub, account: AccountId) {
    for (before, after) in FILTERS {
        query(hub, account, &format!("{before}~{after}"), SORTS[0]).await;
    }
    for sort in SORTS {
        query(hub, account, "", *sort).await;
    }
}

/// Each word letter by letter behind the next filter, in the next order.
fn filtered(typed: &[String]) -> Vec<(String, (UserColumn, bool))> {
    let mut word = 0;
    let mut before = "";
    let texts = typed.iter().map(|text| {
        if !text.starts_with(before) || before.is_empty() {
            word += 1;
        }
        before = text;
        let (start, end) = FILTERS[word % FILTERS.len()];
        (format!("{start}{text}{end}"), SORTS[word % SORTS.len()])
    });
    texts.collect()
}

async fn query(hub: &Hub, account: AccountId, text: &str, (column, descending): (UserColumn, bool)) -> u32 {
    let sort = UserSort { column, descending };
    let request =
        UserQueryRequest { account_id: Some(account), text: text.to_owned(), sort, offset: 0, limit: 50 };
    hub.query_users(request).await.expect("a page of users").total
}

/// Roles, tokens and factors for everybody of the mirror, once.
fn enrich(folder: &Path) {
    let conn = mirror::connection(folder);
    let there: bool =
        conn.query_row("SELECT EXISTS (SELECT 1 FROM roles)", [], |row| row.get(0)).expect("an answer");
    if there {
        return;
    }
    let sql = "BEGIN;
        INSERT INTO roles (account_id, remote_id, scope, holder_kind, display_name, raw, hash, first_seen_at, last_changed_at)
            SELECT id, name, 'account', 'user', name, '{}', x'00', 1, 1
            FROM (SELECT min(id) AS id FROM accounts),
                (SELECT 'Owner' AS name UNION ALL SELECT 'Admin' UNION ALL SELECT 'Administrator of billing'
                 UNION ALL SELECT 'Reader');
        INSERT INTO role_assignments (account_id, role_id, group_id, holder_id, holder_kind)
            SELECT account_id, CASE id % 7 WHEN 0 THEN 'Owner' WHEN 1 THEN 'Admin' WHEN 2 THEN 'Administrator of billing'
                ELSE 'Reader' END, '', remote_id, 'user'
            FROM users;
        INSERT INTO tokens (account_id, owner_kind, owner_id, kind, remote_id, name, expiry_known, last_use_known,
                first_seen_at, last_changed_at)
            SELECT account_id, 'user', remote_id, 'personalAccessToken', 'deploy', 'deploy', 1, 1, 1, 1
            FROM users WHERE id % 5 = 0;
        INSERT INTO user_details (account_id, user_id, read_at, mfa_factors, details)
            SELECT account_id, remote_id, 1, id % 3, '{}' FROM users;
        UPDATE user_search SET last_sign_in_at = created_at + 86400000 * (user_id % 900) WHERE user_id % 4 > 0;
        COMMIT;";
    conn.execute_batch(sql).expect("roles, tokens and factors");
}
