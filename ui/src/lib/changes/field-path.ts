// Where a value stands in a record as the service sends it, as the core reads it: names with dots between them, `urn:…:name`
// for the attribute of an extension, `list[primary]` for the entry marked primary, and whole keys below `customData`.

const free = 'customData.';

/** What stands at `path` of `record`; `null` for nothing. */
export function valueAt(record: unknown, path: string): unknown {
  let rest = path;
  let at: unknown = record;
  if (path.startsWith(free)) return member(member(at, 'customData'), path.slice(free.length)) ?? null;
  if (path.startsWith('urn:')) {
    const end = path.lastIndexOf(':');
    at = member(at, path.slice(0, end));
    rest = path.slice(end + 1);
  }
  for (const name of rest.split('.')) {
    const list = /^(.*)\[primary\]$/.exec(name)?.[1];
    at = list === undefined ? member(at, name) : primary(member(at, list));
  }
  return at ?? null;
}

/** SCIM's names are alike in any case. */
function member(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const members = holder as Record<string, unknown>;
  if (name in members) return members[name];
  const alike = Object.keys(members).find((key) => key.toLowerCase() === name.toLowerCase());
  return alike === undefined ? undefined : members[alike];
}

function primary(list: unknown): unknown {
  if (!Array.isArray(list)) return undefined;
  return list.find((entry: unknown) => member(entry, 'primary') === true) ?? list[0];
}
