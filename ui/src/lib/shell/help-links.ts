// Where a service's own knowledge base explains what a screen shows.
import type { Language, ProviderKind } from '../backend/bindings';
import type { MessageKey } from '../i18n/catalogue';
import type { Screen } from '../navigation';

interface HelpLink {
  label: MessageKey;
  /** In the language that every article has. */
  address: string;
  /** In other languages, as far as the article is known to be there. */
  translated?: Partial<Record<Language, string>>;
}

/** What help adds where one account of such a service is shown. */
interface Service {
  /** A further paragraph. */
  texts: Partial<Record<Screen | 'connect', MessageKey>>;
  links: Partial<Record<Screen | 'connect', readonly HelpLink[]>>;
}

/** An article; `fr` and `nl`: where it is translated, below the knowledge base of that language. */
const article = (label: MessageKey, path: string, { fr, nl }: { fr?: string; nl?: string } = {}): HelpLink => ({
  label,
  address: `https://www.uptrends.com/support/kb/${path}`,
  translated: {
    ...(fr === undefined ? {} : { fr: `https://www.uptrends.fr/support/kb/${fr}` }),
    ...(nl === undefined ? {} : { nl: `https://www.uptrends.nl/support/kb/${nl}` }),
  },
});
const operators = 'account/users/operators';
const inFrench = 'compte/utilisateurs/operateurs';
const inDutch = 'account/gebruikers/operators';
const monitors = 'synthetic-monitoring/monitor-settings';

const articles = {
  hub: article('help.link.hub', `${operators}/user-management-hub`),
  settings: article('help.link.settings', `${operators}/main-settings`, {
    fr: `${inFrench}/parametres-principaux`,
    nl: `${inDutch}/algemene-instellingen`,
  }),
  add: article('help.link.add', `${operators}/add-or-delete-operator`, {
    fr: `${inFrench}/ajouter-ou-supprimer-un-operateur`,
    nl: `${inDutch}/operator-toevoegen-of-verwijderen`,
  }),
  groups: article('help.link.groups', `${operators}/operator-groups`, {
    fr: `${inFrench}/groupes-d-operateurs`,
    nl: `${inDutch}/operatorgroepen`,
  }),
  permissions: article('help.link.permissions', `${operators}/permissions`, {
    fr: `${inFrench}/autorisations`,
    nl: `${inDutch}/gebruikersrechten`,
  }),
  onOperators: article('help.link.operatorPermissions', `${operators}/operator-permissions`, {
    nl: `${operators}/operator-gebruikersrechten`,
  }),
  administrator: article('help.link.administrator', `${operators}/giving-an-operator-administrator-rights`),
  duty: article('help.link.duty', `${operators}/using-duty-schedules`),
  apiManagement: article('help.link.apiManagement', `${operators}/operator-API-management`, {
    fr: `${inFrench}/gestion-API-operateur`,
    nl: `${inDutch}/operator-API-management`,
  }),
  apiUsers: article('help.link.apiUsers', `${operators}/api-user-overview`),
  monitorPermissions: article('help.link.monitorPermissions', `${monitors}/monitor-permissions`),
  monitorOverview: article('help.link.monitorOverview', `${monitors}/monitor-permissions-overview`),
  teams: article('help.link.teams', 'account/permissions/how-to-team-setup', {
    fr: 'compte/autorisations/comment-creer-une-equipe',
    nl: 'account/gebruikersrechten/team-instellen',
  }),
  sso: article('help.link.sso', 'account/settings/single-sign-on-overview'),
  audit: article('help.link.audit', 'account/audit-log'),
  authentication: article('help.link.authentication', 'api/authentication-v4', { fr: 'api/authentification-v4' }),
};

const webApp: HelpLink = { label: 'help.link.app', address: 'https://app.uptrends.com/Hubs/UserManagement' };

const uptrends: Service = {
  texts: {
    hub: 'help.uptrends.hub',
    users: 'help.uptrends.users',
    groups: 'help.uptrends.groups',
    tokens: 'help.uptrends.tokens',
  },
  links: {
    hub: [articles.hub, articles.teams, webApp],
    users: [articles.settings, articles.add, articles.permissions, articles.sso, webApp],
    groups: [articles.groups, articles.administrator, articles.onOperators],
    tokens: [articles.apiUsers, articles.apiManagement, articles.authentication],
    resources: [articles.monitorPermissions, articles.monitorOverview, articles.teams],
    duty: [articles.duty],
    activity: [articles.audit],
    connect: [articles.apiManagement, articles.authentication],
  },
};

const roster: Service = {
  texts: {
    hub: 'help.roster.hub',
    organizations: 'help.roster.organizations',
    roles: 'help.roster.roles',
    tokens: 'help.roster.tokens',
    changes: 'help.roster.changes',
    connect: 'help.roster.connect',
  },
  links: {},
};

const services: Partial<Record<ProviderKind, Service>> = { uptrends, roster };

/** Where a link leads somebody of this language, and whether what is there is written in it. */
export function addressIn(language: Language, { address, translated }: HelpLink) {
  const own = translated?.[language];
  // What is no article speaks the language that the service's own settings say.
  return { address: own ?? address, foreign: own === undefined && translated !== undefined && language !== 'en' };
}

/** What a service adds to the help of a screen. */
export function helpOf(provider: ProviderKind | null, screen: Screen | 'connect') {
  const service = provider === null ? undefined : services[provider];
  return { text: service?.texts[screen] ?? null, links: service?.links[screen] ?? [] };
}
