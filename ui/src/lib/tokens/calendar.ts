// The months of the calendar of ends.

export interface Month {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

/** `2026-11`; the month of `now` where there is none. */
export function readMonth(text: string | null, now: number): Month {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(text ?? '') ?? [];
  return year === undefined || month === undefined ? monthOf(now) : { year: Number(year), month: Number(month) };
}

/** The month of a time, on this computer's clock. */
export function monthOf(at: number): Month {
  const date = new Date(at);
  return { year: date.getFullYear(), month: date.getMonth() + 1 };
}

export function monthText({ year, month }: Month): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** So many months on, or back. */
export function moved({ year, month }: Month, by: number): Month {
  const months = year * 12 + month - 1 + by;
  return { year: Math.floor(months / 12), month: (months % 12) + 1 };
}

/** The days in weeks that begin on Monday; `null` where a week has days of another month. */
export function weeksOf<Day extends { day: number }>({ year, month }: Month, days: readonly Day[]): (Day | null)[][] {
  const first = new Date(year, month - 1, 1);
  // The century of years below 100 is guessed otherwise.
  first.setFullYear(year);
  const before = (first.getDay() + 6) % 7;
  const cells: (Day | null)[] = [...Array.from({ length: before }, () => null), ...days];
  while (cells.length % 7 > 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The names of the days of the week from Monday on. */
export function weekdays(locale: string, style: 'short' | 'long'): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' });
  // 5 January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(1970, 0, 5 + day)));
}
