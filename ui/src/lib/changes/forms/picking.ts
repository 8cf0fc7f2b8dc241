// Reads what a picker offers: users, groups, roles or resources of one account, by name.
import type { App } from '$lib/app.svelte';
import type { GroupKind } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import type { Choice, PickRequest } from '../writer.svelte';
import { groupKindOf } from './form-edits';

const most = 50;

/** What matches `text`, at most 50, and how many there are. */
export async function offered(
  app: App,
  { accountId, what, scope }: Pick<PickRequest, 'accountId' | 'what' | 'scope'>,
  text: string,
): Promise<{ choices: Choice[]; total: number }> {
  const page = { accountId, offset: 0, limit: most, descending: false };
  if (what === 'users') {
    const sort = { column: 'displayName' as const, descending: false };
    const { rows, total } = await app.backend.call('query_users', {
      accountId,
      text: words(text),
      sort,
      offset: 0,
      limit: most,
    });
    const detail = (row: (typeof rows)[number]) => [...new Set([row.email, row.userName])].filter(Boolean).join(' · ');
    return { total, choices: rows.map((row) => ({ id: row.remoteId, name: row.displayName, detail: detail(row) })) };
  }
  if (what === 'groups') {
    const account = app.account(accountId);
    const kind: GroupKind = account ? groupKindOf(account) : 'group';
    const request = { ...page, text, kind, sort: 'displayName' as const, emptyOnly: false, danglingOnly: false };
    const { rows, total } = await app.backend.call('query_groups', request);
    return {
      total,
      choices: rows.map((row) => ({
        id: row.remoteId,
        name: row.displayName,
        detail: '',
        ...(row.everybody ? { refused: t('groups.everybody.stays.short') } : {}),
      })),
    };
  }
  if (what === 'resources') {
    const request = { ...page, text, kind: null, mode: null, active: null, sort: 'displayName' as const };
    const { rows, total } = await app.backend.call('query_resources', request);
    const detail = (row: (typeof rows)[number]) => t(`resources.kind.${row.kind}`);
    return {
      total,
      choices: rows.map((row) => ({
        id: row.remoteId,
        name: row.displayName,
        detail: detail(row),
        resource: row.kind,
      })),
    };
  }
  const request = { ...page, text, scope: scope ?? null, sort: 'displayName' as const, unheldOnly: false };
  const { rows, total } = await app.backend.call('query_roles', request);
  const held = rows.filter(({ holderKind }) => holderKind === 'user');
  return {
    total: total - (rows.length - held.length),
    choices: held.map((row) => ({ id: row.remoteId, name: row.displayName, detail: row.description ?? '' })),
  };
}

/** What is typed as plain words of the filter language, whatever signs it holds. */
function words(text: string): string {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (/^[\p{L}\p{N}.@_-]+$/u.test(word) ? word : `"${word.replaceAll(/["\\]/g, '\\$&')}"`))
    .join(' ');
}
