// Words about fields, their values and mistakes in a filter.
import type { CompletionView, FilterErrorCode, ProviderKind } from '$lib/backend/bindings';
import { statusText } from '$lib/directory/status';
import type { MessageKey } from '$lib/i18n/catalogue';
import { t } from '$lib/i18n/i18n.svelte';
import type { FilterProblem } from './filter-text.svelte';

/** Fields that the window has words for: those of the language. */
export const fields = [
  'status',
  'role',
  'group',
  'org',
  'last_seen',
  'created',
  'changed',
  'mfa',
  'invitation',
  'token',
  'token_expires',
  'token_used',
  'has',
  'name',
  'email',
  'username',
  'phone',
  'first',
  'last',
  'department',
  'title',
  'type',
  'employee',
  'locale',
  'external_id',
  'account',
  'id',
  'groups',
  'sessions',
  'identities',
  'any',
  'custom.',
] as const;
type Field = (typeof fields)[number];

const explained = (name: string): name is Field => (fields as readonly string[]).includes(name);

/** What a field is. */
export function fieldText(name: string): string {
  return explained(name) ? t(`filter.field.${name}`) : '';
}

/** A word with a meaning of its own, as a person reads it in `field`; `null` where there is none. */
export function keywordText(
  keyword: string,
  field: string | null,
  provider: ProviderKind | null = null,
): string | null {
  switch (keyword) {
    case 'active':
      return statusText(true, provider);
    case 'suspended':
      return statusText(false, provider);
    case 'waiting':
      return t('uptrends.invitation.waiting');
    case 'expired':
      return t('uptrends.invitation.expired');
    case 'unknown':
      return t('filter.keyword.unknown');
    case 'any':
      return t('filter.keyword.any');
    case 'none':
      return field === 'status' ? t('users.notReported') : t('filter.keyword.none');
    case 'never':
      return t('filter.keyword.never');
    case 'today':
      return t('filter.keyword.today');
  }
  const age = /^([<>])(\d+)([dy])$/.exec(keyword);
  if (!age) return null;
  const count = Number(age[2]) * (age[3] === 'y' ? 365 : 1);
  return t(age[1] === '<' ? 'filter.keyword.within' : 'filter.keyword.before', { count });
}

/** What a completion means. */
export function completionText(
  { kind, label }: CompletionView,
  field: string | null,
  provider: ProviderKind | null = null,
): string {
  if (kind === 'field' || field === 'has') return fieldText(label);
  return kind === 'keyword' ? (keywordText(label, field, provider) ?? '') : '';
}

const problems: Record<FilterErrorCode, MessageKey> = {
  tooLong: 'filter.problem.tooLong',
  tooDeep: 'filter.problem.tooDeep',
  tooMany: 'filter.problem.tooMany',
  unclosedQuote: 'filter.problem.unclosedQuote',
  unclosedPattern: 'filter.problem.unclosedPattern',
  unclosedParenthesis: 'filter.problem.unclosedParenthesis',
  strayParenthesis: 'filter.problem.strayParenthesis',
  missingTerm: 'filter.problem.missingTerm',
  missingValue: 'filter.problem.missingValue',
  unknownField: 'filter.problem.unknownField',
  unknownValue: 'filter.problem.unknownValue',
  badTime: 'filter.problem.badTime',
  badNumber: 'filter.problem.badNumber',
  badPattern: 'filter.problem.badPattern',
  notComparable: 'filter.problem.notComparable',
  backwardRange: 'filter.problem.backwardRange',
};

/** What is wrong, in one or two sentences. */
export function problemText({ code, typed, hint }: FilterProblem): string {
  const sentence = t(problems[code], { typed });
  if (hint === null || code === 'badPattern') return sentence;
  return `${sentence} ${t('filter.problem.hint', { hint })}`;
}
