// Reading the record as the service sent it (SCIM, RFC 7643). Nothing in it can be relied on, so every reader gives
// nothing where the shape is not the expected one.

/** The schema of departments, managers and the like (RFC 7643 section 4.3). */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** One value of a multi-valued attribute (RFC 7643 section 2.4). */
export interface RawValue {
  readonly value: string;
  /** The service's own word for its use: `work`, `home`. */
  readonly type: string | null;
}

/** One attribute with its full path. */
export interface RawAttribute {
  readonly path: string;
  readonly value: string;
}

/** The text at `path`; `null` where there is none. */
export function rawText(raw: unknown, ...path: readonly string[]): string | null {
  const found = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), raw);
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  return typeof found === 'string' && found.trim() !== '' ? found : null;
}

/** The values of the multi-valued attribute `name`; addresses give their formatted text. */
export function rawValues(raw: unknown, name: string): RawValue[] {
  const list = isObject(raw) ? raw[name] : undefined;
  return (Array.isArray(list) ? list : []).flatMap((entry: unknown) => {
    const value = typeof entry === 'string' ? entry : (rawText(entry, 'value') ?? addressText(entry));
    return value === null || value === '' ? [] : [{ value, type: rawText(entry, 'type') }];
  });
}

/** Every attribute that is not below one of `known`, in the order of the record. */
export function otherAttributes(raw: unknown, known: readonly string[]): RawAttribute[] {
  return flatten(raw, '').filter(({ path }) => !known.some((name) => path === name || path.startsWith(`${name}.`)));
}

/** Any value in one line: the values of a multi-valued attribute with their uses, else JSON. */
export function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(', ');
  if (!isObject(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const text =
    rawText(value, 'display') ?? rawText(value, 'displayName') ?? rawText(value, 'value') ?? addressText(value);
  const type = rawText(value, 'type');
  if (text === null) return JSON.stringify(value);
  return type === null ? text : `${text} (${type})`;
}

/** A postal address in one line; `null` where there is none. */
export function addressText(entry: unknown): string | null {
  const formatted = rawText(entry, 'formatted');
  if (formatted !== null) return formatted.replace(/\s*\n\s*/g, ', ');
  const parts = ['streetAddress', 'postalCode', 'locality', 'region', 'country'].map((part) => rawText(entry, part));
  return parts.filter((part) => part !== null).join(', ') || null;
}

function flatten(value: unknown, path: string): RawAttribute[] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, inner]) => flatten(inner, path === '' ? name : `${path}.${name}`));
  }
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value) && value.length === 0) return [];
  return [{ path, value: plainText(value) }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
