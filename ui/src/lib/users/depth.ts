// What was asked for one user alone, in lines for the page. The parts are as the service names them; what is not there is
// left out, and a part that the service would not tell is `null`.
import type { TokenView, UserDepthView } from '$lib/backend/bindings';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** One factor, session, grant, identity or token. */
export interface DepthLine {
  readonly name: string;
  /** The service's id of it; absent where it cannot be named. */
  readonly id?: string;
  /** In words, in the order of the page. */
  readonly details: readonly string[];
  /** Worth a look: has expired. */
  readonly warning?: string;
}

export interface DepthPart {
  readonly id: 'factors' | 'sessions' | 'grants' | 'identities';
  /** `null` where the service would not say. */
  readonly lines: readonly DepthLine[] | null;
}

type Entry = Record<string, unknown>;

/** All parts, in order. */
export function depthParts({ sections }: UserDepthView): DepthPart[] {
  const all = isEntry(sections) ? sections : {};
  const list = (name: string) => (Array.isArray(all[name]) ? all[name].filter(isEntry) : null);
  const social = isEntry(all['identities']) ? Object.entries(all['identities']) : null;
  const enterprise = list('enterpriseIdentities');
  return [
    { id: 'factors', lines: list('factors')?.map(factor) ?? null },
    { id: 'sessions', lines: list('sessions')?.map(session) ?? null },
    { id: 'grants', lines: list('grants')?.map(grant) ?? null },
    {
      id: 'identities',
      lines:
        social === null && enterprise === null
          ? null
          : [...(social ?? []).map(([target, value]) => identity(target, value)), ...(enterprise ?? []).map(atCompany)],
    },
  ];
}

/** The tokens of a user; `now` in milliseconds UTC. */
export function tokenLines(tokens: readonly TokenView[], now: number): DepthLine[] {
  return tokens.map((token) => {
    const expired = token.expiresAt !== null && token.expiresAt <= now;
    return {
      id: token.name,
      name: token.name,
      details: [
        token.description ?? '',
        t('users.depth.created', { when: dateOr(token.createdAt, t('users.depth.unknown')) }),
        token.expiryKnown
          ? t('users.depth.expires', { when: dateOr(token.expiresAt, t('users.depth.never')) })
          : t('users.depth.expires', { when: t('users.depth.unknown') }),
        t('users.depth.used', {
          when: dateOr(token.lastUsedAt, t(token.lastUseKnown ? 'users.depth.never' : 'users.depth.unknown')),
        }),
      ].filter(Boolean),
      ...(expired ? { warning: t('users.depth.expired') } : {}),
    };
  });
}

function factor(entry: Entry): DepthLine {
  const codes = entry['remainCodes'];
  return {
    ...idOf(entry),
    name: text(entry['type']) ?? t('users.depth.unnamed'),
    details: kept([
      text(entry['name']),
      text(entry['agent']),
      typeof codes === 'number' ? t('users.depth.codes', { count: codes }) : null,
      when('users.depth.created', entry['createdAt']),
      when('users.depth.used', entry['lastUsedAt']),
    ]),
  };
}

function session(entry: Entry): DepthLine {
  return {
    ...idOf(entry),
    name: text(entry['userAgent']) ?? text(entry['ip']) ?? t('users.depth.unnamed'),
    details: kept([
      when('users.depth.signedIn', entry['signedInAt']),
      text(entry['userAgent']) === null ? null : text(entry['ip']),
      when('users.depth.expires', entry['expiresAt']),
    ]),
  };
}

function grant(entry: Entry): DepthLine {
  return {
    ...idOf(entry),
    name: text(entry['applicationName']) ?? text(entry['application']) ?? t('users.depth.unnamed'),
    details: kept([
      text(entry['scope']),
      when('users.depth.granted', entry['grantedAt']),
      when('users.depth.expires', entry['expiresAt']),
    ]),
  };
}

/** An account elsewhere: who the user is there. */
function identity(target: string, value: unknown): DepthLine {
  const entry = isEntry(value) ? value : {};
  const told = isEntry(entry['details']) ? entry['details'] : {};
  return { id: target, name: target, details: kept([text(told['name']), text(told['email']), text(entry['userId'])]) };
}

function atCompany(entry: Entry): DepthLine {
  return {
    name: text(entry['issuer']) ?? t('users.depth.unnamed'),
    details: kept([text(entry['identityId']), when('users.depth.created', entry['createdAt'])]),
  };
}

function idOf(entry: Entry): { id?: string } {
  const id = text(entry['id']);
  return id === null ? {} : { id };
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function kept(parts: readonly (string | null)[]): string[] {
  return parts.filter((part) => part !== null);
}

function dateOr(at: number | null, other: string): string {
  return at === null ? other : i18n.date(at);
}

/** A sentence about a time; `null` where there is none. Services write times as numbers or as texts. */
function when(
  key: `users.depth.${'created' | 'used' | 'signedIn' | 'expires' | 'granted'}`,
  value: unknown,
): string | null {
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? null : t(key, { when: i18n.dateTime(at) });
}
