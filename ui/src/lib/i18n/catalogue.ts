// The message catalogues: one file per feature and language, so that a screen carries its own words. English is the
// reference: its keys are the type of every key.
import type activity from './messages/en/activity.json';
import type apiusers from './messages/en/apiusers.json';
import type applications from './messages/en/applications.json';
import type changes from './messages/en/changes.json';
import type common from './messages/en/common.json';
import type connect from './messages/en/connect.json';
import type duty from './messages/en/duty.json';
import type errors from './messages/en/errors.json';
import type exported from './messages/en/export.json';
import type filter from './messages/en/filter.json';
import type gate from './messages/en/gate.json';
import type grid from './messages/en/grid.json';
import type groups from './messages/en/groups.json';
import type help from './messages/en/help.json';
import type hub from './messages/en/hub.json';
import type imported from './messages/en/import.json';
import type invite from './messages/en/invite.json';
import type organizations from './messages/en/organizations.json';
import type palette from './messages/en/palette.json';
import type past from './messages/en/past.json';
import type recipients from './messages/en/recipients.json';
import type removal from './messages/en/removal.json';
import type resources from './messages/en/resources.json';
import type roles from './messages/en/roles.json';
import type rosters from './messages/en/rosters.json';
import type settings from './messages/en/settings.json';
import type shell from './messages/en/shell.json';
import type tokens from './messages/en/tokens.json';
import type uptrends from './messages/en/uptrends.json';
import type users from './messages/en/users.json';
import type welcome from './messages/en/welcome.json';
import type { Language } from '../backend/bindings';

type Catalogues = {
  activity: typeof activity;
  apiusers: typeof apiusers;
  applications: typeof applications;
  changes: typeof changes;
  common: typeof common;
  connect: typeof connect;
  duty: typeof duty;
  errors: typeof errors;
  export: typeof exported;
  filter: typeof filter;
  gate: typeof gate;
  grid: typeof grid;
  groups: typeof groups;
  help: typeof help;
  hub: typeof hub;
  import: typeof imported;
  invite: typeof invite;
  organizations: typeof organizations;
  palette: typeof palette;
  past: typeof past;
  recipients: typeof recipients;
  removal: typeof removal;
  resources: typeof resources;
  roles: typeof roles;
  rosters: typeof rosters;
  settings: typeof settings;
  shell: typeof shell;
  tokens: typeof tokens;
  uptrends: typeof uptrends;
  users: typeof users;
  welcome: typeof welcome;
};

/** `feature.key` of every message. */
export type MessageKey = {
  [F in keyof Catalogues]: `${F}.${keyof Catalogues[F] & string}`;
}[keyof Catalogues];

export const languages: readonly Language[] = ['en', 'fr', 'nl'];

const files = import.meta.glob<Record<string, string>>('./messages/*/*.json', { eager: true, import: 'default' });

/** Every message of `language` under its full key. */
export function messagesOf(language: Language): Map<string, string> {
  const messages = new Map<string, string>();
  for (const [path, file] of Object.entries(files)) {
    const [, folder, feature] = /\/messages\/(\w+)\/(\w+)\.json$/.exec(path) ?? [];
    if (folder !== language) continue;
    for (const [key, text] of Object.entries(file)) messages.set(`${feature}.${key}`, text);
  }
  return messages;
}
