//! From a keystroke to the first 50 rows, filtered and sorted, through the hub; beside it, in the same loop, a bare scan: all
//! folded texts in one buffer in the order of names, `memmem`, count all, note the first 50.

use std::path::Path;
use std::time::{Duration, Instant};

use memchr::memmem::Finder;
use rollcall_core::Hub;
use rollcall_core::api::{UserColumn, UserPageView, UserQueryRequest, UserRow, UserSort};
use rollcall_core::model::{AccountId, fold};

use crate::mirror;
use crate::report::Report;
use crate::stopwatch::{percentile, ratio, shown, timed};
use crate::typed::{Dice, keystrokes};

const SEARCHES: usize = 150;

/// Measures one mirror: the same keystrokes several times, each time from a fresh start. The best time of each keystroke
/// counts, for on a computer that does other things too the others measure those.
pub async fn measure(report: &mut Report, folder: &Path, users: usize, passes: usize) {
    let scan = Scan::load(folder);
    let mut typed = Vec::new();
    let (mut core, mut bare, mut loads) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..passes {
        let (hub, account) = mirror::hub(folder).await;
        let start = Instant::now();
        let first = query(&hub, account, "", 0, 50).await;
        loads.push(start.elapsed());
        if typed.is_empty() {
            typed = keystrokes(&sample(&hub, account, first.total).await, SEARCHES);
            core = vec![Duration::MAX; typed.len()];
            bare = vec![Duration::MAX; typed.len()];
        }
        for ((text, core), bare) in typed.iter().zip(&mut core).zip(&mut bare) {
            let start = Instant::now();
            let page = query(&hub, account, text, 0, 50).await;
            *core = start.elapsed().min(*core);
            let (time, found) = timed(|| scan.search(text));
            *bare = time.min(*bare);
            assert_eq!(found, page.total as usize, "both find the same for “{text}”");
        }
    }
    slowest(&typed, &core);
    let load = loads.iter().min().copied().unwrap_or_default();
    eprintln!("{users} users: index loaded and first 50 rows read in {}", shown(load));
    let goal = Duration::from_micros(if users <= 100_000 { 1_000 } else { 6_000 });
    let (p50, p99) = (percentile(&core, 50), percentile(&core, 99));
    let (bare50, bare99) = (percentile(&bare, 50), percentile(&bare, 99));
    report.add(
        &format!(
            "keystroke to first 50 rows, filtered and sorted, {users} users ({} keystrokes)",
            typed.len()
        ),
        &format!("p50 {}, p99 {}", shown(p50), shown(p99)),
        &format!("bare scan p50 {}, p99 {}", shown(bare50), shown(bare99)),
        &format!("p99 ≤ {} and ≤ 2 × the scan (is {:.2} ×)", shown(goal), ratio(p99, bare99)),
        p99 <= goal && ratio(p99, bare99) <= 2.0,
    );
}

/// Where the time goes, for those who make it faster.
pub fn slowest(typed: &[String], times: &[Duration]) {
    let mut order: Vec<(Duration, &str)> =
        times.iter().copied().zip(typed.iter().map(String::as_str)).collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    let slowest: Vec<String> =
        order.iter().take(12).map(|(time, text)| format!("“{text}” {}", shown(*time))).collect();
    eprintln!("slowest: {}", slowest.join(", "));
}

async fn query(hub: &Hub, account: AccountId, text: &str, offset: u32, limit: u32) -> UserPageView {
    let request = UserQueryRequest {
        account_id: Some(account),
        text: text.to_owned(),
        sort: UserSort { column: UserColumn::DisplayName, descending: false },
        offset,
        limit,
    };
    hub.query_users(request).await.expect("a page of users")
}

/// Users from all over the list.
pub async fn sample(hub: &Hub, account: AccountId, total: u32) -> Vec<UserRow> {
    let mut dice = Dice::new(3);
    let mut rows = Vec::new();
    for _ in 0..60 {
        let offset = u32::try_from(dice.roll(total as usize)).unwrap_or_default();
        rows.extend(query(hub, account, "", offset, 10).await.rows);
    }
    rows
}

/// What a bare search does.
pub struct Scan {
    text: Vec<u8>,
    /// Where each user's text begins, and the end.
    starts: Vec<usize>,
}

impl Scan {
    /// The stored texts, which begin with the folded name, by name.
    pub fn load(folder: &Path) -> Self {
        let conn = mirror::connection(folder);
        let mut statement = conn.prepare("SELECT text FROM user_search").expect("the table");
        let rows = statement.query_map([], |row| row.get::<_, String>("text")).expect("the rows");
        let mut texts: Vec<String> = rows.collect::<Result<_, _>>().expect("the texts");
        texts.sort_unstable();
        let mut scan = Self { text: Vec::new(), starts: vec![0] };
        for text in texts {
            scan.text.extend_from_slice(text.as_bytes());
            scan.starts.push(scan.text.len());
        }
        scan
    }

    /// How many users have all words.
    pub fn search(&self, text: &str) -> usize {
        let folded = fold(text);
        let mut words: Vec<&str> = folded.split_whitespace().collect();
        words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
        let finders: Vec<Finder<'_>> = words.into_iter().map(Finder::new).collect();
        let Some((longest, others)) = finders.split_first() else { return self.starts.len() - 1 };
        let (mut row, mut at, mut found) = (0, 0, 0);
        let mut first = Vec::with_capacity(50);
        while let Some(hit) = self.text.get(at..).and_then(|rest| longest.find(rest)) {
            row +=
                self.starts.get(row + 1..).map_or(0, |next| next.partition_point(|start| *start <= at + hit));
            let (Some(start), Some(end)) = (self.starts.get(row), self.starts.get(row + 1)) else { break };
            if others
                .iter()
                .all(|word| self.text.get(*start..*end).is_some_and(|own| word.find(own).is_some()))
            {
                found += 1;
                if first.len() < 50 {
                    first.push(row);
                }
            }
            at = *end;
        }
        std::hint::black_box(first);
        found
    }
}
