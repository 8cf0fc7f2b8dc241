// The keys that work everywhere, as help lists them. Shell.svelte and the lists act on them.
import type { MessageKey } from '../i18n/catalogue';

export const shortcuts: readonly { keys: readonly string[]; text: MessageKey }[] = [
  { keys: ['Ctrl', 'K'], text: 'palette.title' },
  { keys: ['Ctrl', 'F'], text: 'shell.key.search' },
  { keys: ['Alt', '1–9'], text: 'shell.key.navigate' },
  { keys: ['Ctrl', 'R'], text: 'shell.key.sync' },
  { keys: ['F1'], text: 'shell.key.help' },
  { keys: ['Esc'], text: 'shell.key.close' },
];
