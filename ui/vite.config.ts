import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** The router's announcer carries an inline style, which the window's policy refuses; app.css hides it instead. */
const announcerWithoutStyle: Plugin = {
  name: 'announcer-without-style',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('/generated/root.svelte') ? code.replace(/ style="[^"]*"/, '') : null),
};

/** Each icon is a module of its own: those that the sources name, so that what is kept from an earlier run has no gap. */
function icons(): string[] {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));
  const named = sources.flatMap((file) => [
    ...readFileSync(join('src', file), 'utf8').matchAll(/'(@lucide\/svelte\/icons\/[\w-]+)'/g),
  ]);
  return [...new Set(named.flatMap(([, icon]) => icon ?? []))].sort();
}

export default defineConfig({
  plugins: [announcerWithoutStyle, sveltekit()],
  server: { port: 5173, strictPort: true },
  // The policy of the window refuses data: addresses, so nothing is inlined.
  build: { target: ['safari17.5', 'chrome123'], assetsInlineLimit: 0, chunkSizeWarningLimit: 2048 },
  test: {
    expect: { requireAssertions: true },
    projects: [
      {
        extends: true,
        test: {
          name: 'logic',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.browser.test.ts', 'src/**/*.window.test.ts'],
        },
      },
      {
        extends: true,
        // The built window as a whole, under its own policy, in a browser that the tests steer.
        test: {
          name: 'window',
          environment: 'node',
          include: ['src/**/*.window.test.ts'],
          globalSetup: ['src/testing/build-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Found before the first test: a dependency discovered in the middle reloads the page under a running test.
        optimizeDeps: {
          entries: ['src/**/*.svelte', 'src/**/*.browser.test.ts'],
          include: ['@lucide/svelte', ...icons(), 'axe-core', 'intl-messageformat', 'vitest-browser-svelte'],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          setupFiles: ['src/testing/browser-setup.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({
              launchOptions: { executablePath: chromium, args: ['--no-sandbox', '--disable-dev-shm-usage'] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
