// Amounts in whole cents, as a person reads and types them.
import { i18n } from '$lib/i18n/i18n.svelte';

/** `410 €`, `€410.50`: as the person's region writes it, without cents where there are none. */
export function moneyText(cents: number, currency: string): string {
  const whole = cents % 100 === 0;
  const digits = { minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: 2 };
  try {
    return new Intl.NumberFormat(i18n.locale, { style: 'currency', currency, ...digits }).format(cents / 100);
  } catch {
    // Not every three letters are a currency.
    return `${new Intl.NumberFormat(i18n.locale, digits).format(cents / 100)} ${currency}`.trim();
  }
}

/** The same with its sign: `+50 €`, `−50 €`. */
export function differenceText(cents: number, currency: string): string {
  if (cents === 0) return moneyText(0, currency);
  return `${cents > 0 ? '+' : '−'}${moneyText(Math.abs(cents), currency)}`;
}

/** Whole cents of what was typed, `360`, `1 234,50`, `1,234.50`; `null` for nothing, `undefined` for what is no amount. */
export function centsOf(text: string): number | null | undefined {
  const typed = text.replaceAll(/[\s'’€$£]/gu, '');
  if (typed === '') return null;
  const match = /^(\d{1,3}(?:[.,]\d{3})*|\d{1,9})(?:[.,](\d{1,2}))?$/.exec(typed);
  if (!match) return undefined;
  const [, whole = '', part = ''] = match;
  return Number(whole.replaceAll(/[.,]/g, '')) * 100 + Number(part.padEnd(2, '0'));
}

/** An amount as it stands in a field. */
export function typedCents(cents: number | null): string {
  if (cents === null) return '';
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
}
