// Words, numbers and dates in the person's language; a change of language redraws whatever used them.
import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../backend/bindings';
import { messagesOf, type MessageKey } from './catalogue';

/** Values for the placeholders of a message. */
type Values = Record<string, string | number | boolean | Date | null | undefined>;

const minute = 60_000;
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 60 * minute],
  ['month', 30 * 24 * 60 * minute],
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
];

class I18n {
  /** Language of the words. */
  language = $state<Language>('en');
  /** Language and region of numbers and dates, as a BCP 47 tag. */
  locale = $state('en');
  /** The present, milliseconds UTC; moves on by itself, so that ages stay true. */
  now = $state(Date.now());

  #messages = $derived(messagesOf(this.language));
  #compiled = $derived.by(() => (void this.locale, void this.language, new Map<string, IntlMessageFormat>()));
  #integer = $derived(new Intl.NumberFormat(this.locale, { maximumFractionDigits: 0 }));
  #date = $derived(new Intl.DateTimeFormat(this.locale, { dateStyle: 'medium' }));
  #dateTime = $derived(new Intl.DateTimeFormat(this.locale, { dateStyle: 'medium', timeStyle: 'short' }));
  #exact = $derived(new Intl.DateTimeFormat(this.locale, { dateStyle: 'full', timeStyle: 'medium' }));
  #relative = $derived(new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }));

  /** Chooses the language: the person's wish, else the operating system's, else English. */
  use(wish: Language | null, system: string | null): void {
    const tag = (system ?? 'en').replace('_', '-').replace(/\..*$/, '');
    const spoken = tag.slice(0, 2).toLowerCase();
    const offered = spoken === 'fr' || spoken === 'nl' ? spoken : 'en';
    this.language = wish ?? offered;
    // The region of the system still says how to write dates when its language is the chosen one (fr-BE, en-GB).
    this.locale = spoken === this.language && isLocale(tag) ? tag : this.language;
  }

  /** The message `key` with its values. */
  t = (key: MessageKey, values?: Values): string => {
    let format = this.#compiled.get(key);
    if (!format) {
      format = new IntlMessageFormat(this.#messages.get(key) ?? key, this.locale, undefined, { ignoreTag: true });
      this.#compiled.set(key, format);
    }
    return String(format.format(values));
  };

  /** `12,345`. */
  number = (value: number): string => this.#integer.format(value);
  /** `20 Nov 2026`. */
  date = (at: number): string => this.#date.format(at);
  /** `20 Nov 2026, 14:05`. */
  dateTime = (at: number): string => this.#dateTime.format(at);
  /** `Friday, 20 November 2026 at 14:05:09`. */
  exactTime = (at: number): string => this.#exact.format(at);

  /** `3 minutes ago`, `in 2 hours`, `now`. */
  age = (at: number): string => {
    const distance = at - this.now;
    for (const [unit, length] of steps) {
      if (Math.abs(distance) >= length) return this.#relative.format(Math.trunc(distance / length), unit);
    }
    return this.#relative.format(0, 'second');
  };
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export const i18n = new I18n();
/** The message `key` with its values, in the person's language. */
export const t = i18n.t;
