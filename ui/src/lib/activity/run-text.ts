// What a run did, in the few words of a list.
import type { Counts, RunState, RunView, Subject, Tally } from '$lib/backend/bindings';
import { presentations } from '$lib/errors/presentation';
import { i18n, t } from '$lib/i18n/i18n.svelte';

type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

/** Colour of each state; the words say the same. */
export const stateTones: Record<RunState, Tone> = {
  running: 'info',
  succeeded: 'success',
  failed: 'danger',
  cancelled: 'neutral',
  interrupted: 'warning',
  awaitingReview: 'warning',
  discarded: 'neutral',
};

/** Whether nothing is different after the run. */
export function isUnchanged(counts: Counts): boolean {
  const rows = changesOf(counts).every(({ added, changed, removed }) => added + (changed ?? 0) + removed === 0);
  return rows && counts.members.changed === 0;
}

/** Numbers by subject; memberships do not change, they come and go. */
export function changesOf(counts: Counts) {
  return [
    { subject: 'user', added: counts.usersAdded, changed: counts.usersChanged, removed: counts.usersRemoved },
    { subject: 'group', added: counts.groupsAdded, changed: counts.groupsChanged, removed: counts.groupsRemoved },
    { subject: 'membership', added: counts.membershipsAdded, changed: null, removed: counts.membershipsRemoved },
    ...listed('role', counts.roles),
    ...listed('roleAssignment', counts.roleAssignments),
    ...listed('invitation', counts.invitations),
    ...listed('application', counts.applications),
    ...listed('token', counts.apiUsers),
    ...listed('offDutyPeriod', counts.offDutyPeriods),
    ...listed('resource', counts.resources),
    ...listed('grant', together(counts.grants, counts.resourceGrants)),
    ...listed('recipient', counts.recipients),
  ] as const;
}

/** A list that not every service has: shown where there is something in it, or was. */
function listed<S extends Subject>(subject: S, { listed, added, changed, removed }: Tally) {
  if (listed + added + changed + removed === 0) return [];
  const edge = subject === 'roleAssignment' || subject === 'grant' || subject === 'recipient';
  return [{ subject, added, changed: edge ? null : changed, removed }];
}

/** Rights in the whole account and on single resources are told of as one. */
function together(a: Tally, b: Tally): Tally {
  return {
    listed: a.listed + b.listed,
    added: a.added + b.added,
    changed: a.changed + b.changed,
    removed: a.removed + b.removed,
  };
}

/** `+2 ~5 −1 users`…, `First complete read` or `Nothing changed`. */
export function changesText(run: RunView): string {
  if (run.state !== 'succeeded' && run.state !== 'awaitingReview') return '';
  if (run.baseline) return t('activity.baseline');
  if (isUnchanged(run.counts)) return t('activity.unchanged');
  return changesOf(run.counts)
    .filter(({ added, changed, removed }) => added + (changed ?? 0) + removed > 0)
    .map(({ subject, added, changed, removed }) => {
      const signs: [string, number][] = [['+', added], ['~', changed ?? 0], ['−', removed]]; // prettier-ignore
      const numbers = signs.filter(([, count]) => count > 0).map(([sign, count]) => `${sign}${i18n.number(count)}`);
      return `${t(`activity.subjects.${subject}`)} ${numbers.join(' ')}`;
    })
    .join(' · ');
}

/** `4 s`, `2 min 5 s`; nothing while it runs. */
export function durationText({ startedAt, finishedAt }: RunView): string {
  if (finishedAt === null) return '';
  const seconds = Math.max(0, Math.round((finishedAt - startedAt) / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes === 0
    ? t('activity.seconds', { s: seconds })
    : t('activity.minutes', { m: i18n.number(minutes), s: seconds % 60 });
}

/** Why the run failed, in the person's language where the code is known. */
export function runErrorText(run: RunView): string {
  if (!run.error) return '';
  const known = (presentations as Record<string, { title: Parameters<typeof t>[0] } | undefined>)[run.error.code];
  return known ? t(known.title) : run.error.message;
}
