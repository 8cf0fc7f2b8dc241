// Pasted tables in plain words: what their columns are, what becomes of their rows, and what is wrong.
import type {
  RosterColumn,
  RosterDifferenceView,
  RosterRowReason,
  RosterRowState,
  RosterRowView,
} from '$lib/backend/bindings';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** In the order of the screen. */
export const rowStates = [
  'joined',
  'changed',
  'gone',
  'malformed',
  'duplicate',
  'same',
] as const satisfies readonly RosterRowState[];

/** What a column of each list can be. */
export const columnsOf = {
  members: ['nothing', 'name', 'givenName', 'familyName', 'email', 'role', 'date'],
  invitations: ['nothing', 'email', 'status', 'role', 'date'],
} as const satisfies Record<string, readonly RosterColumn[]>;

export function columnText(column: RosterColumn): string {
  return t(`rosters.import.column.${column}`);
}

function reasonText(reason: RosterRowReason): string {
  switch (reason.kind) {
    case 'unknownRole':
      return t('rosters.import.reason.unknownRole', { name: reason.name });
    case 'invalidDate':
      return t('rosters.import.reason.invalidDate', { text: reason.text });
    default:
      return t(`rosters.import.reason.${reason.kind}`);
  }
}

function valueText(column: RosterColumn, value: string | null): string {
  if (value === null || value === '') return t('changes.value.empty');
  const at = Number(value);
  return column === 'date' && Number.isFinite(at) ? i18n.dateTime(at) : value;
}

function differenceText({ column, before, after }: RosterDifferenceView): string {
  const values = { column: columnText(column), before: valueText(column, before), after: valueText(column, after) };
  return t('rosters.import.difference', values);
}

/** What becomes different with a row, and what is wrong with it. */
export function rowText(row: RosterRowView): string {
  const parts = row.reasons.map(reasonText);
  if (row.sameAsLine !== null) parts.push(t('rosters.import.sameAs', { line: i18n.number(row.sameAsLine) }));
  if (row.state === 'changed') parts.push(...row.differences.map(differenceText));
  return parts.join(' · ');
}
