//! What an organisation costs, as far as that can be told: an estimate without VAT, in whole cents. Pure.
//!
//! The owner is in the plan; every other active member costs the same, a month (as the page of members of Isocarto says).
//! What members cost with a plan that is paid by the year is nowhere written, so it is said to be unknown.

use crate::api::{CostUnknown, RosterAmountView, RosterCostView};
use crate::model::{BillingPeriod, Edit, RosterTerms};

/// Months of a year.
const MONTHS: i64 = 12;

/// What `members` active members cost.
pub fn amount(terms: &RosterTerms, members: u32) -> RosterAmountView {
    let billed = members.saturating_sub(1);
    let mut unknown = Vec::new();
    if terms.plan_price.is_none() {
        unknown.push(CostUnknown::PlanPrice);
    }
    let of_members = match terms.member_price {
        Some(price) => Some(price.saturating_mul(i64::from(billed))),
        None if billed == 0 => Some(0),
        None => {
            unknown.push(CostUnknown::MemberPrice);
            None
        }
    };
    let (per_month, per_year) = match terms.billing_period {
        BillingPeriod::Month => {
            let month = terms.plan_price.zip(of_members).map(|(plan, members)| plan.saturating_add(members));
            (month, month.map(|month| month.saturating_mul(MONTHS)))
        }
        BillingPeriod::Year => {
            if billed > 0 && terms.member_price != Some(0) {
                unknown.push(CostUnknown::YearlyMembers);
            }
            (None, terms.plan_price)
        }
    };
    RosterAmountView { members, billed, per_month, per_year, unknown }
}

/// Active members now and later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Members {
    /// Now.
    pub now: u32,
    /// Once everything that waits is done.
    pub after: u32,
    /// Once, beside that, everybody who is invited has come.
    pub with_invited: u32,
}

/// What it costs now and afterwards; `None` where no price was said at all.
pub fn cost(terms: &RosterTerms, members: Members) -> Option<RosterCostView> {
    if terms.plan_price.is_none() && terms.member_price.is_none() {
        return None;
    }
    Some(RosterCostView {
        currency: terms.currency.clone(),
        member_price: terms.member_price,
        as_of: terms.price_as_of.clone(),
        now: amount(terms, members.now),
        after: amount(terms, members.after),
        with_invited: amount(terms, members.with_invited),
    })
}

/// Members once `edits` are done; an invitation is no member yet.
pub fn after(now: u32, edits: &[&Edit]) -> u32 {
    let (mut come, mut gone) = (0_u32, 0_u32);
    for edit in edits {
        come += u32::from(matches!(edit, Edit::AcceptInvitation { .. } | Edit::CreateUser { .. }));
        gone += u32::from(matches!(edit, Edit::RemoveMember { .. }));
    }
    now.saturating_add(come).saturating_sub(gone)
}

/// What one member more or less changes a month; `None` where that is not known.
pub fn of_one_member(terms: &RosterTerms) -> Option<i64> {
    match terms.billing_period {
        BillingPeriod::Month => terms.member_price,
        BillingPeriod::Year => terms.member_price.filter(|price| *price == 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enterprise(billing_period: BillingPeriod) -> RosterTerms {
        let plan_price = match billing_period {
            BillingPeriod::Month => 36_000,
            BillingPeriod::Year => 360_000,
        };
        RosterTerms {
            plan: Some("Enterprise".to_owned()),
            plan_price: Some(plan_price),
            billing_period,
            member_price: Some(5_000),
            currency: "EUR".to_owned(),
            ..RosterTerms::default()
        }
    }

    #[test]
    fn an_owner_and_a_member_on_enterprise_by_the_month_cost_410_euros() {
        let amount = amount(&enterprise(BillingPeriod::Month), 2);
        assert_eq!((amount.per_month, amount.per_year), (Some(41_000), Some(492_000)));
        assert_eq!((amount.billed, amount.unknown), (1, Vec::new()));
    }

    #[test]
    fn removing_the_only_member_saves_50_euros_a_month() {
        let cost =
            cost(&enterprise(BillingPeriod::Month), Members { now: 2, after: 1, with_invited: 1 }).unwrap();
        assert_eq!(cost.after.per_month.unwrap() - cost.now.per_month.unwrap(), -5_000);
    }

    #[test]
    fn what_members_cost_by_the_year_is_said_to_be_unknown() {
        let amount = |members| super::amount(&enterprise(BillingPeriod::Year), members);
        let two = amount(2);
        assert_eq!((two.per_month, two.per_year), (None, Some(360_000)));
        assert_eq!(two.unknown, [CostUnknown::YearlyMembers]);
        assert_eq!(amount(1).unknown, []);
    }

    #[test]
    fn what_was_not_said_is_not_made_up() {
        assert_eq!(cost(&RosterTerms::default(), Members { now: 2, after: 3, with_invited: 3 }), None);
        let no_member_price = RosterTerms { member_price: None, ..enterprise(BillingPeriod::Month) };
        let two = amount(&no_member_price, 2);
        assert_eq!((two.per_month, two.unknown), (None, vec![CostUnknown::MemberPrice]));
        assert_eq!(amount(&no_member_price, 1).per_month, Some(36_000));
        assert_eq!(amount(&enterprise(BillingPeriod::Month), 0).billed, 0);
    }
}
