// What a service asks and allows, as it is being typed.
import { SvelteMap } from 'svelte/reactivity';
import type { BillingPeriod, CommandError, RosterPreset, RosterTerms } from '$lib/backend/bindings';
import { errorText } from '$lib/errors/presentation';
import { t } from '$lib/i18n/i18n.svelte';
import { centsOf, typedCents } from './money';

/** Fields of the terms, in the spelling of the contract. */
export type TermsField = keyof RosterTerms;

/** Plans of Isocarto in late 2025, without VAT: a month, and a year. They are only proposed. */
const isocartoPlans: Readonly<Record<string, Readonly<Record<BillingPeriod, number>>>> = {
  Starter: { month: 0, year: 0 },
  Plus: { month: 9_000, year: 90_000 },
  Pro: { month: 18_000, year: 180_000 },
  Enterprise: { month: 36_000, year: 360_000 },
};
const isocartoDay = '2025-12-01';

/** Names of plans that are proposed. */
export function plansOf(preset: RosterPreset): readonly string[] {
  return preset === 'isocarto' ? Object.keys(isocartoPlans) : [];
}

/** What a new organisation of this preset begins with. */
export function firstTerms(preset: RosterPreset): RosterTerms {
  const isocarto = preset === 'isocarto';
  return {
    page: isocarto ? 'https://isocarto.fr/account' : null,
    plan: null,
    planPrice: null,
    billingPeriod: 'month',
    memberPrice: isocarto ? 5_000 : null,
    priceAsOf: isocarto ? isocartoDay : null,
    currency: 'EUR',
    memberLimit: null,
  };
}

export class TermsDraft {
  page = $state('');
  plan = $state('');
  planPrice = $state('');
  billingPeriod = $state<BillingPeriod>('month');
  memberPrice = $state('');
  priceAsOf = $state('');
  currency = $state('');
  memberLimit = $state('');
  /** What is wrong with which field. */
  readonly errors = new SvelteMap<TermsField, string>();
  readonly preset: RosterPreset;
  /** The price that came with a plan, until it is another one. */
  #proposed = '';

  constructor(preset: RosterPreset, terms: RosterTerms = firstTerms(preset)) {
    this.preset = preset;
    this.page = terms.page ?? '';
    this.plan = terms.plan ?? '';
    this.planPrice = typedCents(terms.planPrice);
    this.billingPeriod = terms.billingPeriod;
    this.memberPrice = typedCents(terms.memberPrice);
    this.priceAsOf = terms.priceAsOf ?? '';
    this.currency = terms.currency;
    this.memberLimit = terms.memberLimit === null ? '' : String(terms.memberLimit);
  }

  /** The usual price of a known plan, unless the person typed one. */
  propose(): void {
    if (this.preset !== 'isocarto' || (this.planPrice !== '' && this.planPrice !== this.#proposed)) return;
    const usual = isocartoPlans[this.plan.trim()]?.[this.billingPeriod];
    this.planPrice = this.#proposed = usual === undefined ? '' : typedCents(usual);
  }

  /** As the core is told; nothing while something is no amount or no number. */
  terms(): RosterTerms | null {
    this.errors.clear();
    const amount = (field: 'planPrice' | 'memberPrice') => {
      const cents = centsOf(this[field]);
      if (cents === undefined) this.errors.set(field, t('rosters.problem.amount'));
      return cents ?? null;
    };
    const limit = this.memberLimit.trim();
    if (limit !== '' && !/^[1-9]\d{0,6}$/.test(limit)) this.errors.set('memberLimit', t('rosters.problem.number'));
    const page = this.page.trim();
    if (page !== '' && !/^https:\/\/[^\s/]+/i.test(page)) this.errors.set('page', t('rosters.problem.page'));
    const terms: RosterTerms = {
      page: page || null,
      plan: this.plan.trim() || null,
      planPrice: amount('planPrice'),
      billingPeriod: this.billingPeriod,
      memberPrice: amount('memberPrice'),
      priceAsOf: this.priceAsOf || null,
      currency: this.currency.trim().toUpperCase() || 'EUR',
      memberLimit: limit === '' ? null : Number(limit),
    };
    return this.errors.size === 0 ? terms : null;
  }

  /** Puts the error at its field; false when it belongs to none of these. */
  accept(error: CommandError): boolean {
    const name = error.field?.split('.').at(-1);
    const fields: readonly TermsField[] = ['page', 'plan', 'planPrice', 'memberPrice', 'priceAsOf', 'currency', 'memberLimit']; // prettier-ignore
    const field = fields.find((known) => known === name);
    if (!field) return false;
    this.errors.set(field, errorText(error));
    return true;
  }
}
