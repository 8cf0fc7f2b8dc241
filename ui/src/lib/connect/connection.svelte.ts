// Another way to reach an account that is connected already, as it is being typed.
import type { AccountView, ConnectionRequest } from '../backend/bindings';
import { CredentialDraft, type FieldName } from './draft.svelte';

export class ConnectionDraft extends CredentialDraft {
  address = $state('');
  certificateAuthority = $state('');
  readonly #known: AccountView;

  constructor(known: AccountView) {
    super(known.authentication);
    this.#known = known;
    this.address = known.address;
    this.certificateAuthority = known.certificateAuthority ?? '';
  }

  override get fields(): readonly FieldName[] {
    return ['address', ...super.fields, 'certificateAuthority'];
  }

  /** The address is another one: other people may answer there. */
  get moved(): boolean {
    const address = read(this.address);
    return address !== null && address.href !== read(this.#known.address)?.href;
  }

  /** The kept secret does not go there; the core has the same rule. */
  get elsewhere(): boolean {
    const { authentication } = this.#known;
    if (!this.#known.signedIn || this.kind !== authentication.kind) return true;
    if (differ(this.address, this.#known.address)) return true;
    return authentication.kind === 'oauthClientCredentials' && differ(this.tokenAddress, authentication.tokenAddress);
  }

  request(): ConnectionRequest {
    return {
      accountId: this.#known.id,
      address: this.address,
      authentication: this.authentication(),
      certificateAuthority: this.certificateAuthority.trim() || null,
    };
  }
}

/** An address as people type it; `null` while it is none. */
function read(text: string): URL | null {
  const typed = text.trim().replace(/\/+$/, '');
  return URL.parse(typed.includes('://') ? typed : `https://${typed}`);
}

/** Two addresses are of different servers; what cannot be read yet says nothing. */
function differ(typed: string, known: string): boolean {
  const address = read(typed);
  return address !== null && address.origin !== read(known)?.origin;
}
