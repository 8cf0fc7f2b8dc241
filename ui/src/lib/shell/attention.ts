// Which accounts need a person, and for what. One row a banner.
import type { AccountView, CommandError } from '../backend/bindings';

export type Attention =
  | { kind: 'refused'; account: AccountView; error: CommandError }
  | { kind: 'review'; account: AccountView; runId: number }
  | { kind: 'signedOut'; account: AccountView }
  | { kind: 'failed'; account: AccountView; runId: number; error: CommandError };

interface Knowledge {
  refusals: ReadonlyMap<number, CommandError>;
  dismissed: ReadonlySet<number>;
}

/** What `account` needs a person for; `null` for nothing. */
export function attentionOf(account: AccountView, { refusals, dismissed }: Knowledge): Attention | null {
  const { runId, state, error } = account.sync;
  const refused = refusals.get(account.id);
  if (state === 'running') return null;
  if (state === 'awaitingReview' && runId !== null) return { kind: 'review', account, runId };
  if (!account.signedIn && account.provider !== 'roster') return { kind: 'signedOut', account };
  if (refused) return { kind: 'refused', account, error: refused };
  if (state === 'failed' && error && runId !== null && !dismissed.has(runId)) {
    return { kind: 'failed', account, runId, error: { ...error, account: account.name } };
  }
  return null;
}
