// When something was done at the service, and what the former owner is since: as a person says it with a tick.
import type { Edit } from '$lib/backend/bindings';
import { dayOf, morningOf } from '$lib/changes/forms/expiry';

/** The role of the one owner in presets that have one. */
const owner = 'owner';

/** The moment that is meant by a day: now for today, noon for any other; `undefined` while none is chosen. */
export function momentOf(day: string, now: number): number | undefined {
  if (day === dayOf(now)) return now;
  const morning = morningOf(day);
  return morning === undefined ? undefined : morning + 12 * 3_600_000;
}

/** Whether somebody else is the owner afterwards. */
export function passesOwnership(edits: readonly Pick<Edit, 'kind'>[]): boolean {
  return edits.some(
    (edit) => edit.kind === 'assignRole' && (edit as Extract<Edit, { kind: 'assignRole' }>).role === owner,
  );
}

export class DoneDraft {
  day = $state('');
  formerOwnerRole = $state('administrator');

  constructor(now: number) {
    this.day = dayOf(now);
  }
}
