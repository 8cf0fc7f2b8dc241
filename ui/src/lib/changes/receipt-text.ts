// A receipt as plain text, to be kept or sent on.
import type { ReceiptLineView, ReceiptView } from '$lib/backend/bindings';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { fieldLabel } from './field-words';
import { blockText, lineText, valueText } from './words';

/** The head of a receipt: label and value. */
export function receiptFacts({ run, accountName, accountAddress, signedInAs, person }: ReceiptView) {
  const facts: { label: string; value: string }[] = [
    { label: t('common.account'), value: accountName },
    { label: t('changes.receipt.address'), value: accountAddress },
  ];
  if (signedInAs !== null) facts.push({ label: t('changes.receipt.signedInAs'), value: signedInAs });
  if (person !== null) facts.push({ label: t('changes.receipt.person'), value: person });
  facts.push({ label: t('changes.receipt.started'), value: i18n.exactTime(run.startedAt) });
  if (run.finishedAt !== null) {
    facts.push({ label: t('changes.receipt.finished'), value: i18n.exactTime(run.finishedAt) });
  }
  return facts;
}

/** The whole receipt. */
export function receiptText(receipt: ReceiptView): string {
  const head = receiptFacts(receipt).map(({ label, value }) => `${label}: ${value}`);
  return [t('changes.receipt.title'), '', ...head, '', ...receipt.lines.flatMap(lines)].join('\n');
}

function lines(line: ReceiptLineView, index: number): string[] {
  return [
    `${index + 1}. ${line.subject.name}: ${lineText(line)}: ${t(`changes.state.${line.state}`)}`,
    ...line.fields.map(
      ({ path, before, after }) => `   ${fieldLabel(path)}: ${valueText(before)} → ${valueText(after)}`,
    ),
    ...(line.blocked ? [`   ${blockText(line.blocked)}`] : []),
    ...line.calls.map(
      ({ sentAt, outcome, words }) =>
        `   ${new Date(sentAt).toISOString()} ${t(`changes.outcome.${outcome}`)}${words === null ? '' : ` (${words})`}`,
    ),
  ];
}
