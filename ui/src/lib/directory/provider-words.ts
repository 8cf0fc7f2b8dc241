// The service's own words, where one account is shown: an Uptrends account has operators, operator groups and API users,
// and "active" says there who receives alerts. For several accounts together the general words stay.
import type { ProviderKind } from '$lib/backend/bindings';
import type { MessageKey } from '$lib/i18n/catalogue';
import { t } from '$lib/i18n/i18n.svelte';

const uptrends = {
  'changes.action.letIn': 'uptrends.action.letIn',
  'changes.action.suspend': 'uptrends.action.suspend',
  'changes.form.new.user': 'uptrends.form.new',
  'changes.form.generated': 'uptrends.form.generated',
  'changes.form.noPassword': 'uptrends.form.noPassword',
  'changes.form.password.none': 'uptrends.form.invitation',
  'changes.title.letIn': 'uptrends.title.letIn',
  'changes.title.suspend': 'uptrends.title.suspend',
  'changes.token.create': 'uptrends.token.create',
  'changes.token.create.title': 'uptrends.token.create.title',
  'changes.token.name': 'uptrends.token.description',
  'changes.token.name.help': 'uptrends.token.description.help',
  'common.groupsCount': 'uptrends.groups.count',
  'common.usersCount': 'uptrends.users.count',
  'filter.placeholder': 'uptrends.filter.placeholder',
  'groups.back': 'uptrends.groups.back',
  'groups.gone': 'uptrends.groups.gone',
  'groups.noMatch': 'uptrends.groups.noMatch',
  'groups.none': 'uptrends.groups.none',
  'groups.search': 'uptrends.groups.search',
  'groups.title': 'uptrends.groups',
  'help.groups.title': 'uptrends.groups',
  'help.tokens.title': 'uptrends.tokens',
  'help.users.title': 'uptrends.users',
  'shell.nav.groups': 'uptrends.groups',
  'shell.nav.tokens': 'uptrends.tokens',
  'shell.nav.users': 'uptrends.users',
  'shell.search': 'uptrends.users.search',
  'tokens.chip.orphaned': 'uptrends.tokens.orphaned',
  'tokens.count': 'uptrends.tokens.count',
  'tokens.none.text': 'uptrends.tokens.none.text',
  'tokens.search': 'uptrends.tokens.search',
  'tokens.title': 'uptrends.tokens',
  'tokens.useNotReported': 'uptrends.tokens.useNotReported',
  'tokens.view.list': 'uptrends.tokens.all',
  'tokens.view.owners': 'uptrends.tokens.owners',
  'users.back': 'uptrends.users.back',
  'users.gone': 'uptrends.users.gone',
  'users.inGroups': 'uptrends.users.inGroups',
  'users.noGroups': 'uptrends.users.noGroups',
  'users.noMatch': 'uptrends.users.noMatch',
  'users.none': 'uptrends.users.none',
  'users.status.active': 'uptrends.status.active',
  'users.status.suspended': 'uptrends.status.suspended',
  'users.title': 'uptrends.users',
} as const satisfies Partial<Record<MessageKey, MessageKey>>;

/** An organisation kept by hand has members. */
const roster = {
  'common.usersCount': 'rosters.users.count',
  'filter.placeholder': 'rosters.filter.placeholder',
  'help.users.title': 'rosters.users',
  'shell.nav.users': 'rosters.users',
  'shell.search': 'rosters.users.search',
  'users.back': 'rosters.users.back',
  'users.gone': 'rosters.users.gone',
  'users.noMatch': 'rosters.users.noMatch',
  'users.none': 'rosters.users.none',
  'users.title': 'rosters.users',
} as const satisfies Partial<Record<MessageKey, MessageKey>>;

/** Words that replace the general ones. */
const own: Partial<Record<ProviderKind, Partial<Record<MessageKey, MessageKey>>>> = { uptrends, roster };

/** The message `key` in the words of this kind of service; in general words for `null`, and where it has none of its own. */
export function wordFor(provider: ProviderKind | null | undefined, key: MessageKey, values?: Parameters<typeof t>[1]) {
  return t((provider ? own[provider]?.[key] : undefined) ?? key, values);
}
