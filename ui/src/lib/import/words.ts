// A file of users in plain words: what its columns become, what becomes of its rows, and what is wrong.
import type {
  ImportIssueView,
  ImportProblem,
  ImportRowState,
  ImportRowView,
  ImportTarget,
  ImportView,
} from '$lib/backend/bindings';
import { fieldLabel } from '$lib/changes/field-words';
import { problemText } from '$lib/changes/words';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** In the order of the screen. */
export const rowStates = [
  'ready',
  'malformed',
  'duplicate',
  'alreadyThere',
  'waiting',
  'notPossible',
] as const satisfies readonly ImportRowState[];

/** What a column becomes. */
export function targetText(target: ImportTarget): string {
  return target.kind === 'field' ? fieldLabel(target.path) : t(`import.target.${target.kind}`);
}

/** The same for the same target. */
export function targetKey(target: ImportTarget): string {
  return target.kind === 'field' ? `field ${target.path}` : target.kind;
}

/** Why there are no rows. */
export function fileProblem(problem: ImportProblem): string {
  switch (problem.kind) {
    case 'tooLarge':
      return t('import.problem.tooLarge', { limit: problem.limit });
    case 'notOpened':
      return t('import.problem.notOpened', { words: problem.words });
    case 'notText':
    case 'notUtf8':
    case 'notUtf16':
    case 'openQuote':
      return t(`import.problem.${problem.kind}`, { line: i18n.number(problem.line) });
    default:
      return t(`import.problem.${problem.kind}`);
  }
}

/** What is wrong with a cell, after the name of its column. */
function issueText({ columns }: Pick<ImportView, 'columns'>, { column, path, reason }: ImportIssueView): string {
  const heading = column === null ? (path === null ? '' : fieldLabel(path)) : (columns[column]?.heading ?? '');
  const text = reasonText(reason);
  return heading === '' ? text : t('import.issue', { column: heading, text });
}

function reasonText(reason: ImportIssueView['reason']): string {
  switch (reason.kind) {
    case 'field':
      return problemText({ path: '', reason: reason.reason, limit: reason.limit });
    case 'unknownRole':
    case 'ambiguousRole':
      return t(`import.reason.${reason.kind}`, { name: reason.name });
    default:
      return t(`import.reason.${reason.kind}`);
  }
}

/** Why a row is not ready. */
export function rowText(view: Pick<ImportView, 'columns'>, row: ImportRowView): string {
  const parts = row.issues.map((issue) => issueText(view, issue));
  if (row.sameAsLine !== null) parts.push(t('import.row.sameAs', { line: i18n.number(row.sameAsLine) }));
  if (row.user) parts.push(t('import.row.there', { name: row.user.name }));
  if (row.state === 'waiting') parts.push(t('import.row.waits'));
  return parts.join(' ');
}
