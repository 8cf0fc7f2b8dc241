// The keys that work everywhere, as help lists them. Shell.svelte and the lists act on them.
import type { MessageKey } from '../i18n/catalogue';

interface Shortcut {
  keys: readonly string[];
  text: MessageKey;
}

/** The keys where so many screens are in the navigation; there are nine digits. */
export const shortcuts = (screens: number): readonly Shortcut[] => [
  { keys: ['Ctrl', 'K'], text: 'palette.title' },
  { keys: ['Ctrl', 'F'], text: 'shell.key.search' },
  { keys: ['Alt', `1–${Math.min(screens, 9)}`], text: 'shell.key.navigate' },
  { keys: ['Ctrl', 'R'], text: 'shell.key.sync' },
  { keys: ['Ctrl', 'E'], text: 'shell.key.export' },
  { keys: ['Space'], text: 'shell.key.select' },
  { keys: ['Ctrl', 'A'], text: 'shell.key.selectAll' },
  { keys: ['F1'], text: 'shell.key.help' },
  { keys: ['Esc'], text: 'shell.key.close' },
];
