//! Changes between the pages of a walk.

use std::collections::BTreeSet;

use rollcall_sandbox::{Fault, FaultRule, Kind, Mutation, Quirks, When};

use crate::client::{bench, ids, walk};

async fn ids_after(mutation: Mutation) -> (Vec<String>, Vec<String>) {
    let bench = bench(Quirks::default()).await.with(100, 3).await;
    let before = bench.tenant.ids(Kind::User).await.unwrap();
    bench.tenant.mutate(mutation).await.unwrap();
    (before, bench.tenant.ids(Kind::User).await.unwrap())
}

#[tokio::test]
async fn a_mutation_changes_what_it_says() {
    let (before, after) = ids_after(Mutation { creates: 3, ..Mutation::default() }).await;
    assert_eq!(after[..100], before);
    assert_eq!(after.len(), 103);
    let (before, after) = ids_after(Mutation { deletes: 4, ..Mutation::default() }).await;
    assert_eq!(after.len(), 96);
    assert!(after.iter().all(|id| before.contains(id)));
    let (before, after) = ids_after(Mutation { moves: 5, ..Mutation::default() }).await;
    assert_ne!(before, after);
    assert_eq!(before.iter().collect::<BTreeSet<_>>(), after.iter().collect::<BTreeSet<_>>());
    let (before, after) = ids_after(Mutation { renames: 5, ..Mutation::default() }).await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn renamed_users_have_a_new_version() {
    let bench = bench(Quirks::default()).await.with(50, 0).await;
    bench.tenant.mutate(Mutation { renames: 1, seed: 3, ..Mutation::default() }).await.unwrap();
    let renamed = bench.read("/Users?filter=displayName%20sw%20%22Renamed%22").await;
    assert_eq!(renamed["totalResults"], 1);
    assert_eq!(renamed["Resources"][0]["meta"]["version"], "W/\"2\"");
    let newest = bench.read("/Users?sortBy=meta.lastModified&sortOrder=descending&count=1").await;
    assert_eq!(ids(&newest), ids(&renamed), "the newest change is found by sorting");
}

#[tokio::test]
async fn the_same_seed_makes_the_same_changes() {
    let mutation = Mutation { deletes: 5, moves: 5, seed: 11, ..Mutation::default() };
    assert_eq!(ids_after(mutation).await.1, ids_after(mutation).await.1);
    let other = Mutation { seed: 12, ..mutation };
    assert_ne!(ids_after(mutation).await.1, ids_after(other).await.1);
}

#[tokio::test]
async fn a_deletion_between_pages_hides_a_row_from_a_plain_walk() {
    let bench = bench(Quirks::default()).await.with(100, 0).await;
    let before: BTreeSet<String> = bench.tenant.ids(Kind::User).await.unwrap().into_iter().collect();
    let mutation = Mutation { deletes: 10, seed: 1, ..Mutation::default() };
    bench.tenant.add_fault(FaultRule::always(Fault::Mutate(mutation)).path("/Users").when(When::Nth(1)));
    let (seen, _) = walk(&bench, 50).await;
    let after: BTreeSet<String> = bench.tenant.ids(Kind::User).await.unwrap().into_iter().collect();
    assert_eq!(after.len(), 90);
    let missed: Vec<_> = after.difference(&seen).collect();
    assert!(!missed.is_empty(), "rows slid from page 2 to page 1 while nobody looked");
    assert!(seen.is_subset(&before));
}
