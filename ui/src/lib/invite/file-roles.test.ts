// Roles in a file of addresses.
import { describe, expect, it } from 'vitest';
import { fileRoles, rolesFor } from './file-roles';

const choices = [
  { id: 'r1', name: 'Éditeur', detail: '' },
  { id: 'r2', name: 'viewer', detail: '' },
];

describe('roles in a file of addresses', () => {
  it('are those of the organisation, in any spelling, and what nobody knows is named once', () => {
    const filed = fileRoles(
      [
        { address: 'Ada@example.org', roles: ['editeur', 'Viewer', 'VIEWER'] },
        { address: 'bo@example.org', roles: ['Gardener'] },
        { address: 'cy@example.org', roles: ['gardener', 'viewer'] },
      ],
      choices,
    );
    expect(rolesFor(filed, 'ada@EXAMPLE.org')).toEqual(['r1', 'r2']);
    expect(rolesFor(filed, 'bo@example.org')).toBeUndefined();
    expect(rolesFor(filed, 'cy@example.org')).toEqual(['r2']);
    expect(filed.unknown).toEqual(['gardener']);
  });
});
