// Until when a new token is good, as a person chooses it.

const day = 86_400_000;

/** The usual lengths in days, a date of one's own, or for ever. */
const expiryChoices = ['7', '30', '90', '365', 'date', 'never'] as const;
export type ExpiryChoice = (typeof expiryChoices)[number];

/** Those that the owner allows, who may have set a longest time in days. */
export function choicesWithin(days: number | null): readonly ExpiryChoice[] {
  if (days === null) return expiryChoices;
  return expiryChoices.filter((choice) => choice === 'date' || Number(choice) <= days);
}

/** What a form begins with: a quarter, or the longest of the usual lengths that is allowed. */
export function usualChoice(days: number | null): ExpiryChoice {
  if (days === null || days >= 90) return '90';
  return choicesWithin(days).findLast((choice) => choice !== 'date') ?? 'date';
}

/** The moment in milliseconds UTC; `null` for never, `undefined` while no day is chosen. */
export function expiryAt(choice: ExpiryChoice, date: string, now: number): number | null | undefined {
  if (choice === 'never') return null;
  if (choice !== 'date') return now + Number(choice) * day;
  const [year, month, on] = date.split('-').map(Number);
  if (!year || !month || !on) return undefined;
  // The whole of that day counts, where the person is.
  return new Date(year, month - 1, on, 23, 59, 59).getTime();
}

/** The beginning of a day, where the person is; `undefined` while none is chosen. */
export function morningOf(date: string): number | undefined {
  const [year, month, on] = date.split('-').map(Number);
  if (!year || !month || !on) return undefined;
  return new Date(year, month - 1, on).getTime();
}

/** The day after that of a moment, as a date input writes it. */
export function tomorrow(at: number): string {
  const date = new Date(at);
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime());
}

/** The day of a moment, as a date input writes it, where the person is. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
