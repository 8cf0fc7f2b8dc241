// The theme that holds: the person's wish, or what the operating system says at this moment.
import { MediaQuery } from 'svelte/reactivity';
import type { Theme } from './backend/bindings';

const systemIsDark = new MediaQuery('(prefers-color-scheme: dark)');

/** `light` or `dark`; follows the operating system while `wish` is `system`. */
export function resolvedTheme(wish: Theme): 'light' | 'dark' {
  if (wish !== 'system') return wish;
  return systemIsDark.current ? 'dark' : 'light';
}
