// What a run proved, in a sentence: the words behind "complete".
import type { Proof } from '$lib/backend/bindings';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** `Complete: 5,000 of 5,000, read in 1 walk, nothing changed meanwhile.` */
export function proofText(proof: Proof): string {
  const { complete, uniqueIds, total, walks, repeated, confirmedSingly, removalsConfirmed, quiet } = proof;
  const { shownBy, confirmedInBatches } = proof;
  const read = i18n.number(uniqueIds);
  const parts = [
    total === null
      ? t(complete ? 'activity.proof.completeUncounted' : 'activity.proof.incompleteUncounted', { read })
      : t(complete ? 'activity.proof.complete' : 'activity.proof.incomplete', { read, total: i18n.number(total) }),
    t('activity.proof.walks', { walks }),
    ...(shownBy === 'partition' ? [t('activity.proof.partition')] : []),
    ...(shownBy === 'wholeAnswers' ? [t('activity.proof.wholeAnswers')] : []),
    // Of a list that came in one answer nothing needs to be known about the time while it came.
    ...(quiet || shownBy !== 'wholeAnswers' ? [t(quiet ? 'activity.proof.quiet' : 'activity.proof.busy')] : []),
  ];
  if (repeated > 0) parts.push(t('activity.proof.repeated', { count: repeated }));
  if (confirmedSingly > 0) parts.push(t('activity.proof.singly', { count: confirmedSingly }));
  if (confirmedInBatches > 0) parts.push(t('activity.proof.batches', { count: confirmedInBatches }));
  if (removalsConfirmed && (!complete || confirmedInBatches > 0)) parts.push(t('activity.proof.removalsConfirmed'));
  return `${parts.join(', ')}.`;
}
