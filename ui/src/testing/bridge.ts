// Stands in for the shell inside the page: the built window talks to the fake core as it would to the real one.
import { emit } from '@tauri-apps/api/event';
import { mockIPC } from '@tauri-apps/api/mocks';
import { HubError, type CommandName } from '../lib/backend/backend';
import { EVENT_NAME, type HubEvent } from '../lib/backend/bindings';
import { backendOf, type Scenario } from './scenarios';

declare global {
  interface Window {
    __scenario: Scenario;
    __fake: ReturnType<typeof backendOf>;
  }
}

const backend = backendOf(window.__scenario);
window.__fake = backend;

mockIPC(
  async (command, args) => {
    if (command.startsWith('plugin:opener')) return backend.openExternal((args as { url: string }).url);
    if (command === 'plugin:notification|notify') {
      const { title, body } = (args as { options: { title: string; body: string } }).options;
      return backend.notify(title, body);
    }
    try {
      return await backend.call(command as CommandName, (args as { request: never }).request);
    } catch (thrown) {
      // The shell rejects with the plain error, not with an Error.
      throw thrown instanceof HubError ? thrown.error : thrown;
    }
  },
  { shouldMockEvents: true },
);
backend.listen((event: HubEvent) => void emit(EVENT_NAME, event)).catch(() => undefined);
