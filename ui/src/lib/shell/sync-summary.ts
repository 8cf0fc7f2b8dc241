// What the syncs of the shown accounts amount to, in the few words of the top bar.
import type { AccountView, Phase, ProgressView } from '../backend/bindings';
import { i18n, t } from '../i18n/i18n.svelte';
import type { MessageKey } from '../i18n/catalogue';

export interface SyncSummary {
  /** Accounts whose sync runs. */
  running: AccountView[];
  /** Accounts that could be synced now. */
  ready: AccountView[];
  /** Oldest age of what is shown, milliseconds UTC; `null` when one of the accounts was never synced. */
  oldest: number | null;
  /** Of all running syncs together. */
  progress: ProgressView | null;
}

export function summarise(accounts: readonly AccountView[]): SyncSummary {
  const running = accounts.filter(({ sync }) => sync.state === 'running');
  // What is kept by hand is read in when a person pastes it.
  const ready = accounts.filter(
    ({ provider, signedIn, sync }) => provider !== 'roster' && signedIn && sync.state !== 'running',
  );
  const synced = accounts.filter(({ provider }) => provider !== 'roster');
  const ages = (synced.length > 0 ? synced : accounts).map(({ usersState }) => usersState?.syncedAt ?? null);
  const known = ages.filter((age) => age !== null);
  return {
    running,
    ready,
    oldest: known.length > 0 && known.length === ages.length ? Math.min(...known) : null,
    progress: together(running.flatMap(({ sync }) => sync.progress ?? [])),
  };
}

/** One progress for several: sums where all know their totals, and the earliest phase. */
function together(progresses: readonly ProgressView[]): ProgressView | null {
  const [first, ...others] = progresses;
  if (!first) return null;
  return others.reduce(
    (sum, next) => ({
      phase: phases.indexOf(next.phase) < phases.indexOf(sum.phase) ? next.phase : sum.phase,
      done: sum.done + next.done,
      total: sum.total === null || next.total === null ? null : sum.total + next.total,
      rate: sum.rate + next.rate,
    }),
    first,
  );
}

const phases: readonly Phase[] = [
  'connecting',
  'readingUsers',
  'readingGroups',
  'readingRoles',
  'readingMemberships',
  'readingOthers',
  'readingRights',
  'proving',
  'planning',
  'applying',
];

const phaseNames: Record<Phase, MessageKey> = {
  connecting: 'shell.phase.connecting',
  readingUsers: 'shell.phase.readingUsers',
  readingGroups: 'shell.phase.readingGroups',
  readingRoles: 'shell.phase.readingRoles',
  readingMemberships: 'shell.phase.readingMemberships',
  readingOthers: 'shell.phase.readingOthers',
  readingRights: 'shell.phase.readingRights',
  proving: 'shell.phase.proving',
  planning: 'shell.phase.planning',
  applying: 'shell.phase.applying',
};

/** `Reading users`. */
export function phaseName(phase: Phase): string {
  return t(phaseNames[phase]);
}

/** `1,200 of 5,000 · 830/s`, as far as it is known. */
export function progressText({ done, total, rate }: ProgressView): string {
  const count =
    total === null
      ? done > 0
        ? i18n.number(done)
        : ''
      : t('shell.progress.of', { done: i18n.number(done), total: i18n.number(total) });
  const speed = rate >= 1 ? t('shell.progress.rate', { rate: i18n.number(Math.round(rate)) }) : '';
  return [count, speed].filter(Boolean).join(' · ');
}
