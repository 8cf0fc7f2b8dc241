import { expect, test } from 'vitest';
import type { MatrixRightView } from '$lib/backend/bindings';
import { blocks } from './matrix';

const right = (remoteId: string, resource: string | null): MatrixRightView => ({
  permission: { remoteId, name: remoteId, description: null, resource },
  allowed: [],
  roles: [],
});

test('rights stand by what they are rights on, each with its place among all', () => {
  const found = blocks([right('a', null), right('b', 'API'), right('c', 'API')]);
  expect(found.map(({ resource, rights }) => [resource, rights.map(({ row }) => row)])).toEqual([
    [null, [0]],
    ['API', [1, 2]],
  ]);
});
