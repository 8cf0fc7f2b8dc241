// Changes that wait, of every kind that looks different: values, something lost, a disagreement, a refusal, a new record.
import type { FakeBackend } from '../lib/backend/fake';

/** Keeps them in the first account. */
export function keepChanges({ queue }: FakeBackend): void {
  const values = [
    { path: 'title', before: 'Accountant', after: 'Chargée de clientèle et responsable des relations extérieures' },
    { path: 'displayName', before: 'Daan Dubois', after: 'Daan Dubois-Lefèvre' },
    {
      path: 'customData.plan',
      before: { name: 'free' },
      after: { name: 'pro', seats: 12, features: ['export', 'api'] },
    },
  ];
  queue.keep(1, { kind: 'updateUser', user: 'u3', fields: values });
  queue.keep(1, { kind: 'setUserActive', user: 'u5', active: false });
  queue.keep(1, { kind: 'deleteUser', user: 'u8' });
  queue.keep(1, { kind: 'addMember', group: 'g2', groupKind: 'group', member: 'u3' });
  queue.keep(
    1,
    { kind: 'updateUser', user: 'u6', fields: [{ path: 'title', before: 'Junior', after: 'Senior' }] },
    { kind: 'conflict', fields: [{ path: 'title', base: 'Junior', mine: 'Senior', theirs: 'Principal' }] },
  );
  queue.keep(
    1,
    { kind: 'createToken', owner: 'u7', name: 'nightly', expiresAt: null },
    { kind: 'refused', reason: null, field: null, words: 'The tenant has reached its quota of tokens.' },
  );
  const fields = [
    { path: 'userName', before: null, after: 'zoe.martin' },
    { path: 'displayName', before: null, after: 'Zoé Martin' },
  ];
  queue.keep(1, { kind: 'createUser', fields, password: 'generated' });
}
