// What help says on each screen.
import type { MessageKey } from '../i18n/catalogue';
import type { Screen } from '../navigation';

interface Topic {
  title: MessageKey;
  texts: readonly MessageKey[];
}

export const helpTopics: Record<Screen | 'connect', Topic> = {
  hub: { title: 'help.hub.title', texts: ['help.hub.1', 'help.hub.2', 'help.hub.3'] },
  users: { title: 'help.users.title', texts: ['help.users.1', 'help.users.2', 'help.users.3', 'help.users.4'] },
  groups: { title: 'help.groups.title', texts: ['help.groups.1', 'help.groups.2'] },
  organizations: {
    title: 'help.organizations.title',
    texts: ['help.organizations.1', 'help.organizations.2', 'help.organizations.3'],
  },
  roles: { title: 'help.roles.title', texts: ['help.roles.1', 'help.roles.2', 'help.roles.3'] },
  applications: { title: 'help.applications.title', texts: ['help.applications.1', 'help.applications.2'] },
  tokens: { title: 'help.tokens.title', texts: ['help.tokens.1', 'help.tokens.2', 'help.tokens.3', 'help.tokens.4'] },
  resources: {
    title: 'help.resources.title',
    texts: ['help.resources.1', 'help.resources.2', 'help.resources.3', 'help.resources.4'],
  },
  duty: { title: 'help.duty.title', texts: ['help.duty.1', 'help.duty.2', 'help.duty.3', 'help.duty.4'] },
  changes: {
    title: 'help.changes.title',
    texts: ['help.changes.1', 'help.changes.2', 'help.changes.3', 'help.changes.4'],
  },
  activity: {
    title: 'help.activity.title',
    texts: ['help.activity.1', 'help.activity.2', 'help.activity.3', 'help.activity.4'],
  },
  settings: { title: 'help.settings.title', texts: ['help.settings.1', 'help.settings.2', 'help.settings.3'] },
  connect: {
    title: 'help.connect.title',
    texts: ['help.connect.1', 'help.connect.2', 'help.connect.3', 'help.connect.4', 'help.connect.5'],
  },
};
