// An account as it is being typed. Secrets live here from the first key press until the request that carries them has
// left, and nowhere else in the window.
import { SvelteMap } from 'svelte/reactivity';
import type {
  AccountDraft,
  Authentication,
  AuthenticationDraft,
  CommandError,
  ProviderKind,
} from '../backend/bindings';
import { errorText } from '../errors/presentation';

export type AuthenticationKind = AuthenticationDraft['kind'];

/** Fields of the form, in the spelling of the contract. */
export type FieldName =
  | 'name'
  | 'address'
  | 'authentication.token'
  | 'authentication.userName'
  | 'authentication.password'
  | 'authentication.tokenAddress'
  | 'authentication.clientId'
  | 'authentication.clientSecret'
  | 'authentication.scope'
  | 'authentication.applicationId'
  | 'authentication.applicationSecret'
  | 'authentication.resource'
  | 'certificateAuthority';

const credentialFields: Record<AuthenticationKind, readonly FieldName[]> = {
  bearer: ['authentication.token'],
  basic: ['authentication.userName', 'authentication.password'],
  signInOnce: ['authentication.userName', 'authentication.password'],
  oauthClientCredentials: [
    'authentication.tokenAddress',
    'authentication.clientId',
    'authentication.clientSecret',
    'authentication.scope',
  ],
  application: ['authentication.applicationId', 'authentication.applicationSecret', 'authentication.resource'],
};

/** How one signs in to each kind of service, the usual way first. */
export const kindsOf: Record<ProviderKind, readonly AuthenticationKind[]> = {
  scim: ['bearer', 'basic', 'oauthClientCredentials'],
  logto: ['application'],
  uptrends: ['basic', 'signInOnce'],
  // Nobody signs in there: it is kept by hand.
  roster: [],
};

/** Where a service answers that has one address for all accounts. */
const usualAddress: Partial<Record<ProviderKind, string>> = { uptrends: 'https://api.uptrends.com/v4' };

/** What Logto’s Management API is called when nothing else is said; the core has the same rule. */
export function defaultResource(address: string): string {
  const tenant = /^(?:https:\/\/)?([^./:]+)\.logto\.app(?:[/:]|$)/i.exec(address.trim())?.[1] ?? 'default';
  return `https://${tenant.toLowerCase()}.logto.app/api`;
}

export class CredentialDraft {
  kind = $state<AuthenticationKind>('bearer');
  token = $state('');
  userName = $state('');
  password = $state('');
  tokenAddress = $state('');
  clientId = $state('');
  clientSecret = $state('');
  scope = $state('');
  applicationId = $state('');
  applicationSecret = $state('');
  resource = $state('');
  /** What is wrong with which field. */
  readonly errors = new SvelteMap<FieldName, string>();
  #parameters: Record<string, string> = {};

  /** Starts from how an account signs in today, without its secret. */
  constructor(known?: Authentication) {
    if (!known || known.kind === 'byHand') return;
    this.kind = known.kind;
    if (known.kind === 'basic') this.userName = known.userName;
    if (known.kind === 'oauthClientCredentials') {
      this.tokenAddress = known.tokenAddress;
      this.clientId = known.clientId;
      this.scope = known.scope ?? '';
      this.#parameters = known.parameters;
    }
    if (known.kind === 'application') {
      this.applicationId = known.applicationId;
      this.resource = known.resource ?? '';
    }
  }

  /** Fields of the form as it stands. */
  get fields(): readonly FieldName[] {
    return credentialFields[this.kind];
  }

  authentication(): AuthenticationDraft {
    switch (this.kind) {
      case 'bearer':
        return { kind: 'bearer', token: this.token };
      case 'basic':
        return { kind: 'basic', userName: this.userName, password: this.password };
      case 'signInOnce':
        return { kind: 'signInOnce', userName: this.userName, password: this.password };
      case 'oauthClientCredentials':
        return {
          kind: 'oauthClientCredentials',
          tokenAddress: this.tokenAddress,
          clientId: this.clientId,
          clientSecret: this.clientSecret,
          scope: this.scope.trim() || null,
          parameters: this.#parameters,
        };
      case 'application':
        return {
          kind: 'application',
          applicationId: this.applicationId,
          applicationSecret: this.applicationSecret,
          resource: this.resource.trim() || null,
        };
    }
  }

  /** Wipes the secrets: they were sent, or the form is left. */
  forgetSecrets(): void {
    this.token = '';
    this.password = '';
    this.clientSecret = '';
    this.applicationSecret = '';
  }

  /** Puts the error at its field; false when it belongs to none that is shown. */
  accept(error: CommandError): boolean {
    const field = this.fields.find((name) => name === error.field);
    if (!field) return false;
    this.errors.set(field, errorText(error));
    return true;
  }
}

export class ConnectDraft extends CredentialDraft {
  provider = $state<ProviderKind>('scim');
  name = $state('');
  address = $state('');
  certificateAuthority = $state('');

  override get fields(): readonly FieldName[] {
    return ['name', 'address', ...super.fields, 'certificateAuthority'];
  }

  /** Another kind of service signs in in another way. */
  choose(provider: ProviderKind): void {
    const [usual] = kindsOf[provider];
    // An address that was typed stays; one that came by itself goes with its service.
    const before = usualAddress[this.provider];
    if (this.address.trim() === '' || this.address === before) this.address = usualAddress[provider] ?? '';
    if (usual && !kindsOf[provider].includes(this.kind)) this.kind = usual;
    this.provider = provider;
    this.errors.clear();
  }

  account(): AccountDraft {
    return {
      provider: this.provider,
      name: this.name,
      address: this.address,
      authentication: this.authentication(),
      certificateAuthority: this.certificateAuthority.trim() || null,
    };
  }
}
