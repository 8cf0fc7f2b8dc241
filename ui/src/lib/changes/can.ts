// What can be written at an account.
import type { AccountView, EditKind } from '$lib/backend/bindings';

/** Whether an account takes this kind of edit, with its credential. */
export function can(account: AccountView | null | undefined, kind: EditKind): boolean {
  return account?.capabilities?.edits.includes(kind) ?? false;
}

/** Those of `kinds` that it does not take. */
export function missing(account: AccountView | null, kinds: readonly EditKind[]): EditKind[] {
  return kinds.filter((kind) => !can(account, kind));
}
