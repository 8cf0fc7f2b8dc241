// The filters of the Activity screen in its address.
import type { AccountId, Action, HistoryQueryRequest, Subject } from '$lib/backend/bindings';

export const subjects: readonly Subject[] = [
  'user',
  'group',
  'membership',
  'role',
  'roleAssignment',
  'invitation',
  'application',
  'token',
  'resource',
  'resourceMembership',
  'grant',
  'offDutyPeriod',
  'recipient',
];
export const actions: readonly Action[] = ['added', 'changed', 'removed'];

/** The part of a request that does not depend on the page. */
export type HistoryFilterRequest = Omit<HistoryQueryRequest, 'offset' | 'limit'>;

/** Which of the lists is shown. */
export type ActivityView = 'runs' | 'changes' | 'since' | 'log';

export function readView(query: URLSearchParams): ActivityView {
  const view = query.get('view');
  return view === 'changes' || view === 'since' || view === 'log' ? view : 'runs';
}

/** What the address asks for; anything it cannot mean is as if it were not there. */
export function readHistoryFilter(query: URLSearchParams, accountId: AccountId | null): HistoryFilterRequest {
  return {
    accountId,
    runId: readRun(query.get('run')),
    subject: subjects.find((known) => known === query.get('subject')) ?? null,
    action: actions.find((known) => known === query.get('action')) ?? null,
    text: query.get('text') ?? '',
  };
}

/** Number of a run; `null` where the text is none. */
export function readRun(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
