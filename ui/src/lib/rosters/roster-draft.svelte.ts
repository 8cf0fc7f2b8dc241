// An organisation without an API, as it is being typed.
import { SvelteMap } from 'svelte/reactivity';
import type { CommandError, CreateRosterRequest, RosterPreset } from '$lib/backend/bindings';
import { errorText } from '$lib/errors/presentation';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { firstTerms, TermsDraft } from './terms-draft.svelte';

type Field = 'name' | 'organization' | 'ownerName' | 'ownerEmail';

export class RosterDraft {
  preset = $state<RosterPreset>('isocarto');
  organization = $state('');
  ownerName = $state('');
  ownerEmail = $state('');
  ownerIsMe = $state(true);
  terms = $state.raw(new TermsDraft('isocarto'));
  /** What is wrong with which field. */
  readonly errors = new SvelteMap<Field, string>();

  /** Another preset begins with other terms. */
  choose(preset: RosterPreset): void {
    this.preset = preset;
    this.terms = new TermsDraft(preset, firstTerms(preset));
    this.errors.clear();
  }

  /** As the core is told; nothing while something is wrong with it. */
  request(name: string): CreateRosterRequest | null {
    this.errors.clear();
    const email = this.ownerEmail.trim();
    const owner = this.ownerName.trim();
    if (owner !== '' && email === '') this.errors.set('ownerEmail', t('rosters.problem.ownerEmail'));
    const terms = this.terms.terms();
    if (terms === null || this.errors.size > 0) return null;
    return {
      name,
      preset: this.preset,
      organization: this.organization.trim() || null,
      language: i18n.language,
      terms,
      owner: email === '' ? null : { name: owner || email, email },
      ownerIsMe: email !== '' && this.ownerIsMe,
    };
  }

  /** Puts the error at its field; false when it belongs to none. */
  accept(error: CommandError): boolean {
    const fields: Readonly<Record<string, Field>> = {
      name: 'name',
      organization: 'organization',
      'owner.name': 'ownerName',
      'owner.email': 'ownerEmail',
    };
    const field = fields[error.field ?? ''];
    if (!field) return this.terms.accept(error);
    this.errors.set(field, errorText(error));
    return true;
  }
}
