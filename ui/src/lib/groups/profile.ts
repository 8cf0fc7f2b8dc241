// What is known of a group beside its members.
import type { GroupDetailView } from '$lib/backend/bindings';
import type { Fact } from '$lib/directory/facts';
import { otherAttributes, rawText } from '$lib/directory/raw';
import { t } from '$lib/i18n/i18n.svelte';

/** The facts that every group has, or might have. */
export function groupFacts({ row, raw }: GroupDetailView): Fact[] {
  return [
    { label: t('groups.column.displayName'), value: row.displayName },
    { label: t('users.column.externalId'), value: rawText(raw, 'externalId'), code: true },
    { label: t('users.field.remoteId'), value: row.remoteId, code: true },
    { label: t('users.column.createdAt'), at: row.createdAt },
    { label: t('users.column.modifiedAt'), at: row.modifiedAt },
  ];
}

/** Every further attribute of the record. */
export function otherGroupFacts({ raw }: GroupDetailView): Fact[] {
  const shown = ['schemas', 'id', 'displayName', 'externalId', 'members', 'meta', 'Description', 'OperatorGroupGuid'];
  return otherAttributes(raw, shown).map(({ path, value }) => ({ label: path, value, code: true }));
}
