// What the palette offers: screens, actions and kept filters by their words, and whoever the core finds.
import type { Component } from 'svelte';
import Bot from '@lucide/svelte/icons/bot';
import Bookmark from '@lucide/svelte/icons/bookmark';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import Download from '@lucide/svelte/icons/download';
import FileUp from '@lucide/svelte/icons/file-up';
import KeyRound from '@lucide/svelte/icons/key-round';
import Layers from '@lucide/svelte/icons/layers';
import Monitor from '@lucide/svelte/icons/monitor';
import Network from '@lucide/svelte/icons/network';
import Plus from '@lucide/svelte/icons/plus';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Ticket from '@lucide/svelte/icons/ticket';
import UserPlus from '@lucide/svelte/icons/user-plus';
import User from '@lucide/svelte/icons/user';
import type { App } from '$lib/app.svelte';
import type { PaletteView } from '$lib/backend/bindings';
import { can } from '$lib/changes/can';
import { writer } from '$lib/changes/writer.svelte';
import { shownList } from '$lib/components/grid/shown-list.svelte';
import { applicationLink, groupLink, roleLink, userLink } from '$lib/directory/links';
import { wordFor } from '$lib/directory/provider-words';
import { savedFilters } from '$lib/filter/saved.svelte';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { link, open, screenLink, screensFor } from '$lib/navigation';
import { tokensLink } from '$lib/tokens/filter';

export type Section = 'recent' | 'users' | 'groups' | 'roles' | 'applications' | 'filters' | 'screens' | 'actions';

export interface Entry {
  /** The same for the same thing. */
  id: string;
  section: Section;
  label: string;
  detail: string;
  icon: Component<{ size?: number }>;
  run: () => unknown;
}

/** What the window itself offers. */
export function ownEntries(app: App, sync: () => void, help: () => void): Entry[] {
  return [
    ...savedFilters.list.map((filter) => ({
      id: `filter ${filter.id}`,
      section: 'filters' as const,
      label: filter.name,
      detail:
        filter.new > 0 ? t('filter.saved.new', { count: filter.new, shown: i18n.number(filter.new) }) : filter.text,
      icon: Bookmark,
      run: () => savedFilters.open(app, filter),
    })),
    ...screensFor(app.shown).map((screen, index) => ({
      id: `screen ${screen}`,
      section: 'screens' as const,
      label: wordFor(app.provider, `shell.nav.${screen}`),
      detail: index < 9 ? `Alt ${index + 1}` : '',
      icon: Monitor,
      run: () => open(screenLink(screen)),
    })),
    ...tokenEntries(app),
    action('sync', t('shell.sync.start'), 'Ctrl R', RefreshCw, sync),
    ...(shownList.current
      ? (['xlsx', 'csv', 'json'] as const).map((format) =>
          action(`export ${format}`, t(`palette.export.${format}`), '', Download, () =>
            shownList.current?.choose(format),
          ),
        )
      : []),
    ...app.shown
      .filter((account) => can(account, 'createUser'))
      .map(({ id, name }) =>
        action(`new user ${id}`, t('changes.palette.newUser', { name }), '', UserPlus, () => {
          writer.form = { kind: 'user', accountId: id };
        }),
      ),
    ...app.shown
      .filter((account) => can(account, 'createUser'))
      .map(({ id, name }) =>
        action(`import ${id}`, t('import.palette', { name }), '', FileUp, () =>
          open(link('/users/import', { account: id })),
        ),
      ),
    action('connect', t('shell.connect'), '', Plus, () => open(link('/connect'))),
    action('help', t('shell.help'), 'F1', CircleQuestionMark, help),
    action('all', t('palette.allAccounts'), '', Layers, () => (app.accountId = null)),
    ...app.accounts.map(({ id, name }) =>
      action(`account ${id}`, t('palette.account', { name }), '', Layers, () => (app.accountId = id)),
    ),
  ];
}

/** What is worth a look among the tokens, where there are any. */
function tokenEntries(app: App): Entry[] {
  if (!screensFor(app.shown).includes('tokens')) return [];
  const looks = [
    ['expired', tokensLink({ chips: ['expired'] })],
    ['expiring', tokensLink({ chips: ['expiring'] })],
    ['orphaned', tokensLink({ chips: ['orphaned'] })],
    ['calendar', tokensLink({ view: 'calendar' })],
  ] as const;
  return looks.map(([id, address]) =>
    action(`tokens ${id}`, t(`palette.tokens.${id}`), '', Ticket, () => open(address)),
  );
}

function action(id: string, label: string, detail: string, icon: Entry['icon'], run: () => unknown): Entry {
  return { id: `action ${id}`, section: 'actions', label, detail, icon, run };
}

/** What the core found. */
export function foundEntries(app: App, view: PaletteView): Entry[] {
  const account = (id: number) => (app.accounts.length > 1 ? (app.account(id)?.name ?? '') : '');
  return [
    ...view.users.map((row) => ({
      id: `user ${row.accountId} ${row.remoteId}`,
      section: 'users' as const,
      label: row.displayName,
      detail: [row.email ?? row.userName, account(row.accountId)].filter(Boolean).join(' · '),
      icon: User,
      run: () => open(userLink(row.accountId, row.remoteId)),
    })),
    ...view.groups.map((item) => ({
      id: `group ${item.accountId} ${item.remoteId}`,
      section: 'groups' as const,
      label: item.displayName,
      detail: [t('palette.users', { count: item.users, shown: i18n.number(item.users) }), account(item.accountId)]
        .filter(Boolean)
        .join(' · '),
      icon: Network,
      run: () => open(groupLink(item.accountId, item.remoteId)),
    })),
    ...view.roles.map((item) => ({
      id: `role ${item.accountId} ${item.remoteId}`,
      section: 'roles' as const,
      label: item.displayName,
      detail: [t('palette.users', { count: item.users, shown: i18n.number(item.users) }), account(item.accountId)]
        .filter(Boolean)
        .join(' · '),
      icon: KeyRound,
      run: () => open(roleLink(item.accountId, item.remoteId)),
    })),
    ...view.applications.map((item) => ({
      id: `application ${item.accountId} ${item.remoteId}`,
      section: 'applications' as const,
      label: item.displayName,
      detail: account(item.accountId),
      icon: Bot,
      run: () => open(applicationLink(item.accountId, item.remoteId)),
    })),
  ];
}

/** Without case and accents, as the core looks at names. */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Entries with every typed word, those that begin with them first. */
export function ranked(entries: readonly Entry[], typed: string): Entry[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const rank = ({ label }: Entry): number => {
    const name = folded(label);
    if (!words.every((word) => name.includes(word))) return 3;
    const [first = ''] = words;
    if (name.startsWith(first)) return 0;
    return name.includes(` ${first}`) ? 1 : 2;
  };
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}
