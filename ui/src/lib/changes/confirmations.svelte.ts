// What a person has confirmed of the guards of a plan, by their keys.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { ConfirmationRequest, GuardView } from '$lib/backend/bindings';

export class Confirmations {
  readonly checked = new SvelteSet<string>();
  readonly typed = new SvelteMap<string, string>();

  /** Whether everything that asks for it is confirmed. */
  complete(guards: readonly GuardView[]): boolean {
    return guards.every((guard) => !guard.confirm || this.confirmed(guard));
  }

  confirmed({ key, guard }: GuardView): boolean {
    if (guard.kind !== 'typedConfirmation') return this.checked.has(key);
    return this.typed.get(key)?.trim() === guard.text;
  }

  /** What the core is told. */
  requests(guards: readonly GuardView[]): ConfirmationRequest[] {
    return guards
      .filter((guard) => guard.confirm && this.confirmed(guard))
      .map(({ key }) => ({ key, typed: this.typed.get(key) ?? null }));
  }
}
