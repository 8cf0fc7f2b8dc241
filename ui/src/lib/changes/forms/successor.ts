// The name of a token that takes the place of another.

/** `nightly 2` after `nightly`, `nightly 3` after `nightly 2`; never one that is taken. */
export function successor(name: string, taken: readonly string[]): string {
  const [, stem = name, digits] = /^(.*?) (\d+)$/.exec(name) ?? [];
  for (let next = Number(digits ?? 1) + 1; ; next += 1) {
    const candidate = `${stem} ${next}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
