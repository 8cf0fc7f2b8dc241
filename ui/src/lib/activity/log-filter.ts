// The filter of the service's log in the address of the screen. Days are those of this computer, both included.
import type { AccountId, LogQueryRequest } from '$lib/backend/bindings';
import { screenLink } from '$lib/navigation';

const day = 86_400_000;
/** How far back one reading of an older stretch goes. */
const stretch = 30 * day;

export interface LogFilter {
  readonly text: string;
  readonly event: string;
  readonly result: 'succeeded' | 'failed' | null;
  /** `2026-11-20`; empty for no limit. */
  readonly from: string;
  readonly to: string;
}

/** What the address asks for; anything it cannot mean is as if it were not there. */
export function readLogFilter(query: URLSearchParams): LogFilter {
  const result = query.get('result');
  const date = (name: string) => (startOf(query.get(name) ?? '') === null ? '' : (query.get(name) ?? ''));
  return {
    text: query.get('text') ?? '',
    event: query.get('event') ?? '',
    result: result === 'succeeded' || result === 'failed' ? result : null,
    from: date('from'),
    to: date('to'),
  };
}

/** The log with a filter. */
export function logLink(filter: Partial<LogFilter> = {}): string {
  return screenLink('activity', { view: 'log', ...filter });
}

/** The part of a request that does not depend on the page. */
export function logRequest(filter: LogFilter, accountId: AccountId | null): Omit<LogQueryRequest, 'offset' | 'limit'> {
  const { text, event, result } = filter;
  return {
    accountId,
    text,
    event,
    succeeded: result === null ? null : result === 'succeeded',
    from: startOf(filter.from),
    to: endOf(filter.to),
  };
}

/** What to read of the service: the chosen days, else a stretch before what is here. `now` in milliseconds UTC. */
export function rangeToRead(filter: LogFilter, oldest: number | null, now: number): { from: number; to: number } {
  const from = startOf(filter.from);
  const to = endOf(filter.to);
  if (from !== null) return { from, to: Math.max(from, to ?? now) };
  const end = to ?? oldest ?? now;
  return { from: end - stretch, to: end };
}

/** The first millisecond of a day; `null` where the text is none. */
function startOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const at = new Date(`${text}T00:00`).getTime();
  return Number.isNaN(at) ? null : at;
}

/** The first millisecond after a day. */
function endOf(text: string): number | null {
  const start = startOf(text);
  if (start === null) return null;
  const next = new Date(start);
  next.setDate(next.getDate() + 1);
  return next.getTime();
}
