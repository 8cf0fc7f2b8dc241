// Values of files in the person's language; JSON has them as they are.
import type { ProviderKind } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { statusText } from './status';

/** Active or suspended. */
export function statusWords(provider: ProviderKind | null = null): Record<string, string> {
  return { true: statusText(true, provider), false: statusText(false, provider) };
}

export function yesOrNo(): Record<string, string> {
  return { true: t('common.yes'), false: t('common.no') };
}

/** A word for each value of an enumeration. */
export function wordsFor<V extends string>(values: readonly V[], word: (value: V) => string): Record<string, string> {
  return Object.fromEntries(values.map((value) => [value, word(value)]));
}
