// Addresses of the screens. Routes live behind the hash, and so do their filters: `#/users?text=anna&status=active`.
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { AccountView, Stream } from '$lib/backend/bindings';

/** Screens of the main navigation, in its order. */
const screens = [
  'hub',
  'users',
  'groups',
  'organizations',
  'roles',
  'applications',
  'tokens',
  'resources',
  'duty',
  'changes',
  'activity',
  'settings',
] as const;
export type Screen = (typeof screens)[number];

/** The screens that have something to show for these accounts: Alt+1 for the first, and so on. */
export function screensFor(accounts: readonly AccountView[]): readonly Screen[] {
  const lists = ({ capabilities }: AccountView, stream: Stream) => capabilities?.streams.includes(stream) ?? false;
  // Services whose sets of users are organisations list their members apart, and have no other groups.
  const organizations = (account: AccountView) => lists(account, 'memberships');
  const shown: Partial<Record<Screen, boolean>> = {
    groups: accounts.length === 0 || !accounts.every(organizations),
    organizations: accounts.some(organizations),
    roles: accounts.some((account) => lists(account, 'roles')),
    applications: accounts.some((account) => lists(account, 'applications')),
    tokens: accounts.some(
      ({ capabilities }) =>
        capabilities !== null &&
        (capabilities.details ||
          capabilities.streams.includes('apiUsers') ||
          // A list of a person's own stands in for what the service does not list.
          (capabilities.facts?.apiUsersHidden ?? false) ||
          // Those of an organisation without an API are noted by hand.
          capabilities.edits.includes('keepToken')),
    ),
    resources: accounts.some((account) => lists(account, 'resources')),
    duty: accounts.some((account) => lists(account, 'offDutyPeriods')),
  };
  return screens.filter((screen) => shown[screen] ?? true);
}

type Query = Record<string, string | number | boolean | null | undefined>;

/** `#/path?query`; what is empty, null or false is left out. */
export function link(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '' && value !== false) search.set(key, String(value));
  }
  const text = search.toString();
  return `#${path}${text && `?${text}`}`;
}

/** Address of a screen of the main navigation. */
export function screenLink(screen: Screen, query: Query = {}): string {
  return link(screen === 'hub' ? '/' : `/${screen}`, query);
}

/** Opens an address made by {@link link}. With `replace`, "back" passes over the present one. The focus stays. */
export function open(address: string, { replace = false } = {}): Promise<void> {
  return goto(address, { replaceState: replace, keepFocus: true, noScroll: true });
}

/** Path behind the hash; follows the window's address. */
export function currentPath(): string {
  return page.url.hash.slice(1).split('?')[0] || '/';
}

/** Filters behind the hash; follows the window's address. */
export function currentQuery(): URLSearchParams {
  return new URLSearchParams(page.url.hash.split('?')[1] ?? '');
}

/** Screen of the main navigation that is shown, if any. */
export function currentScreen(): Screen | null {
  const first = currentPath().split('/')[1] || 'hub';
  return screens.find((screen) => screen === first) ?? null;
}
