// A list of API users in plain words: what becomes of its rows, and what is wrong with them.
import type {
  ApiUserColumn,
  ApiUserDifferenceView,
  ApiUserRowReason,
  ApiUserRowState,
  ApiUserRowView,
} from '$lib/backend/bindings';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** In the order of the screen. */
export const rowStates = [
  'new',
  'changed',
  'gone',
  'malformed',
  'duplicate',
  'listed',
  'same',
] as const satisfies readonly ApiUserRowState[];

/** What a column can be. */
export const columns = [
  'nothing',
  'operator',
  'email',
  'userName',
  'type',
  'created',
  'lastUsed',
  'requests',
  'description',
] as const satisfies readonly ApiUserColumn[];

export function columnText(column: ApiUserColumn): string {
  return t(`apiusers.column.${column}`);
}

function reasonText(reason: ApiUserRowReason): string {
  switch (reason.kind) {
    case 'invalidDate':
      return t('apiusers.reason.invalidDate', { column: columnText(reason.column), text: reason.text });
    case 'invalidNumber':
      return t('apiusers.reason.invalidNumber', { text: reason.text });
    default:
      return t(`apiusers.reason.${reason.kind}`);
  }
}

function valueText(column: ApiUserColumn, value: string | null): string {
  if (value === null || value === '') return t('changes.value.empty');
  const at = Number(value);
  const isTime = (column === 'created' || column === 'lastUsed') && Number.isFinite(at);
  return isTime ? i18n.dateTime(at) : value;
}

function differenceText({ column, before, after }: ApiUserDifferenceView): string {
  const values = { column: columnText(column), before: valueText(column, before), after: valueText(column, after) };
  return t('rosters.import.difference', values);
}

/** What becomes different with a row, what is wrong with it, and whether it is known whose it is. */
export function rowText(row: ApiUserRowView): string {
  const parts = row.reasons.map(reasonText);
  if (row.sameAsLine !== null) parts.push(t('apiusers.sameAs', { line: i18n.number(row.sameAsLine) }));
  if (row.state === 'listed') parts.push(t('apiusers.listed'));
  if (row.state === 'changed') parts.push(...row.differences.map(differenceText));
  const isTaken = row.state === 'new' || row.state === 'changed' || row.state === 'same';
  if (isTaken && row.ownerState !== 'known') parts.push(t(`apiusers.owner.${row.ownerState}`));
  return parts.join(' · ');
}
