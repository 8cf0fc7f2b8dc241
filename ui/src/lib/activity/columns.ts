// Columns of the two lists of the Activity screen.
import type { Snippet } from 'svelte';
import type { AccountId, HistoryEntryView, LogEntryView, RunState, RunView } from '$lib/backend/bindings';
import type { Column } from '$lib/components/grid/columns';
import type { FilePart } from '$lib/components/grid/source';
import { wordsFor, yesOrNo } from '$lib/directory/words';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { actions, subjects } from './filter';
import { eventText, valueText } from './history-text';
import { proofText } from './proof-text';
import { changesText, durationText, runErrorText, stateTones } from './run-text';

/** What columns need from their screen. */
interface Context {
  readonly accountName: (id: AccountId) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
}

/** Columns of the runs. */
export function runColumns(
  { accountName, withAccount }: Context,
  cells: { state: Snippet<[RunView]>; proof: Snippet<[RunView]> },
): Column<RunView>[] {
  const account: Column<RunView> = { ...column('account', 165), text: (run) => accountName(run.accountId) };
  return [
    { ...column('when', 185), fixed: true, ...moment((run: RunView) => run.startedAt), file: [{ id: 'startedAt' }] },
    ...(withAccount ? [account] : []),
    { ...column('state', 165), text: (run) => t(`activity.state.${run.state}`), cell: cells.state, file: runState() },
    { ...column('result', 230), text: resultOf, file: runResult() },
    {
      ...column('proof', 115),
      text: proofWord,
      title: (run) => run.proofs.map(proofText).join(' '),
      cell: cells.proof,
      file: [{ id: 'complete', words: yesOrNo() }],
    },
    { ...column('users', 90), text: (run) => i18n.number(run.counts.users), align: 'end', hidden: true },
    { ...column('groups', 90), text: (run) => i18n.number(run.counts.groups), align: 'end', hidden: true },
    { ...column('issues', 80), text: (run) => i18n.number(run.issues), align: 'end' },
    {
      ...column('duration', 90),
      text: durationText,
      align: 'end',
      file: [{ id: 'seconds', heading: t('activity.file.seconds') }],
    },
  ];
}

function resultOf(run: RunView): string {
  return runErrorText(run) || (run.kind === 'changes' ? t('changes.receipt.run') : changesText(run));
}

/** `Complete` or `Incomplete`; nothing where the run proved nothing. */
function proofWord({ proofs }: RunView): string {
  if (proofs.length === 0) return '';
  return t(proofs.every(({ complete }) => complete) ? 'activity.proof.yes' : 'activity.proof.no');
}

/** Columns of the history. */
export function historyColumns({ accountName, withAccount }: Context): Column<HistoryEntryView>[] {
  const account: Column<HistoryEntryView> = {
    ...column('account', 150),
    text: (entry) => accountName(entry.accountId),
  };
  return [
    {
      ...column('name', 180),
      fixed: true,
      text: (entry) => entry.memberName ?? entry.name,
      file: [{ id: 'name' }, { id: 'member', heading: t('activity.file.member') }],
    },
    { ...column('when', 175), ...moment((entry: HistoryEntryView) => entry.at), file: [{ id: 'at' }] },
    ...(withAccount ? [account] : []),
    { ...column('event', 210), text: (entry) => eventText(entry, entry.memberId), file: changeEvent() },
    { ...column('before', 150), text: (entry) => changed(entry, entry.before) },
    { ...column('after', 150), text: (entry) => changed(entry, entry.after) },
  ];
}

/** Columns of the service's log. */
export function logColumns(
  { accountName, withAccount }: Context,
  result: Snippet<[LogEntryView]>,
): Column<LogEntryView>[] {
  const account: Column<LogEntryView> = { ...column('account', 150), text: (entry) => accountName(entry.accountId) };
  return [
    { ...column('when', 175), fixed: true, ...moment((entry: LogEntryView) => entry.at), file: [{ id: 'at' }] },
    ...(withAccount ? [account] : []),
    { ...column('logEvent', 290), text: (entry) => entry.event, file: [{ id: 'event' }] },
    {
      ...column('logResult', 110),
      text: resultText,
      title: (entry) => entry.error ?? resultText(entry),
      cell: result,
      file: logResult(),
    },
    {
      ...column('person', 190),
      text: (entry) => entry.userName ?? entry.identifier ?? entry.userId ?? '',
      file: logPerson(),
    },
    { ...column('application', 150), text: (entry) => entry.application ?? '' },
    { ...column('ip', 130), text: (entry) => entry.ip ?? '' },
    { ...column('agent', 180), text: (entry) => entry.agent ?? '' },
    { ...column('error', 200), text: (entry) => entry.error ?? '', hidden: true },
  ];
}

function resultText({ succeeded }: LogEntryView): string {
  if (succeeded === null) return t('users.notReported');
  return t(succeeded ? 'activity.log.succeeded' : 'users.log.failed');
}

function changed(entry: HistoryEntryView, value: unknown): string {
  return entry.action === 'changed' ? valueText(value, entry.field) : '';
}

function column(
  id:
    | 'when'
    | 'account'
    | 'state'
    | 'result'
    | 'proof'
    | 'users'
    | 'groups'
    | 'issues'
    | 'duration'
    | 'name'
    | 'event'
    | 'before'
    | 'after'
    | 'logEvent'
    | 'logResult'
    | 'person'
    | 'application'
    | 'ip'
    | 'agent'
    | 'error',
  width: number,
) {
  return { id, label: t(`activity.column.${id}`), width, sortable: false };
}

function moment<Row>(at: (row: Row) => number): Pick<Column<Row>, 'text' | 'title' | 'copy'> {
  return {
    text: (row) => i18n.dateTime(at(row)),
    title: (row) => i18n.exactTime(at(row)),
    copy: (row) => new Date(at(row)).toISOString(),
  };
}

function runState(): FilePart[] {
  const states = Object.keys(stateTones) as RunState[];
  return [{ id: 'state', words: wordsFor(states, (state) => t(`activity.state.${state}`)) }];
}

/** What one cell says in signs, in a file in columns. */
function runResult(): FilePart[] {
  const ids = ['usersAdded', 'usersChanged', 'usersRemoved', 'groupsAdded', 'groupsChanged', 'groupsRemoved'] as const;
  return [
    ...ids.map((id) => ({ id, heading: t(`activity.file.${id}`) })),
    { id: 'error', heading: t('activity.column.error') },
  ];
}

function changeEvent(): FilePart[] {
  return [
    {
      id: 'subject',
      heading: t('activity.file.subject'),
      words: wordsFor(subjects, (subject) => t(`activity.file.subject.${subject}`)),
    },
    {
      id: 'action',
      heading: t('activity.file.action'),
      words: wordsFor(actions, (action) => t(`activity.action.${action}`)),
    },
    { id: 'field', heading: t('activity.file.field') },
  ];
}

function logResult(): FilePart[] {
  return [{ id: 'succeeded', words: { true: t('activity.log.succeeded'), false: t('users.log.failed') } }];
}

function logPerson(): FilePart[] {
  return [
    { id: 'user' },
    { id: 'identifier', heading: t('activity.file.identifier') },
    { id: 'userId', heading: t('users.field.remoteId') },
  ];
}
