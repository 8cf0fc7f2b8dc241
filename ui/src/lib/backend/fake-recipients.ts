// Who is alerted in the Uptrends accounts of the tests: one definition that reaches somebody, one that reaches nobody. With a
// lesser credential nothing of it is shown.
import type {
  AccountView,
  ReachingRequest,
  ReachingView,
  RecipientLevelView,
  RecipientsView,
  RecipientView,
  ResourceRow,
} from './bindings';
import { fakeNow, fakeUser } from './fake-people';

/** Whether recipients are visible with the credential of `account`. */
export const showsRecipients = (account: AccountView) =>
  account.capabilities?.streams.includes('resourceGrants') ?? false;

/** People who are told by the alert definition `id`. */
export function countRecipients(account: AccountView, id: string): number | null {
  if (!showsRecipients(account)) return null;
  return id === 'a0' ? 3 : 0;
}

const engineering = { remoteId: 'g2', displayName: 'Engineering' };

/** Who is told of `row`. */
export function fakeRecipients(account: AccountView, row: ResourceRow): RecipientsView {
  const person = (index: number) => fakeUser(account.id, index);
  const user = (index: number): RecipientView => {
    const { remoteId, displayName, active } = person(index);
    return { kind: 'user', remoteId, displayName, known: true, active, people: 1, peopleNow: active ? 1 : 0 };
  };
  const group: RecipientView = {
    kind: 'group',
    ...engineering,
    known: true,
    active: null,
    people: 2,
    peopleNow: 1,
  };
  const told = (index: number, direct: boolean) => {
    const { remoteId, displayName } = person(index);
    return { remoteId, displayName, direct, groups: direct ? [] : [engineering] };
  };
  const visible = showsRecipients(account);
  const level = (number: number, rest: Partial<RecipientLevelView> = {}): RecipientLevelView => ({
    level: number,
    recipients: visible ? [] : null,
    now: [],
    unsure: false,
    ...(visible ? rest : {}),
  });
  const reaches = row.remoteId === 'a0';
  return {
    levels:
      row.kind === 'alertDefinition'
        ? [
            level(1, reaches ? { recipients: [user(0)], now: [told(0, true)] } : {}),
            level(2, reaches ? { recipients: [group], now: [told(2, false)] } : {}),
            level(3),
          ]
        : [],
    outcome: !visible ? 'unknown' : reaches ? 'somebody' : 'nobody',
    now: fakeNow / 1000 + 3_600,
    zone: 'GMT+01:00* Brussels, Paris, Madrid',
    state: account.groupsState,
  };
}

/** What reaches an operator or a group: the first and the third operator, and the group Engineering. */
export function fakeReaching(account: AccountView, { holderKind, remoteId }: ReachingRequest): ReachingView {
  const visible = showsRecipients(account);
  const way =
    holderKind === 'group'
      ? remoteId === 'g2' && { level: 2, direct: true, groups: [] }
      : (remoteId === 'u0' && { level: 1, direct: true, groups: [] }) ||
        (remoteId === 'u2' && { level: 2, direct: false, groups: [engineering] });
  return {
    items:
      visible && way
        ? [{ remoteId: 'a0', displayName: 'Night alert', kind: 'alertDefinition', active: true, ways: [way] }]
        : [],
    complete: visible,
    state: account.groupsState,
  };
}
