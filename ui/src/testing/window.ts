// The built window in a browser, under the policy of the real one, over the fake backend: the shell's bridge is put in
// place before the page's own script. What the screens then do is what they do in the application.
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type Axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright';
import { build, type Rolldown } from 'vite';
import type { Scenario } from './scenarios';

const dist = new URL('../../dist/', import.meta.url).pathname;
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

export interface WindowOptions {
  scenario: Scenario;
  width?: number;
  height?: number;
  /** Behind the hash. */
  route?: string;
}

export class WindowServer {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #bridge: string;

  private constructor(server: Server, browser: Browser, bridge: string) {
    this.#server = server;
    this.#browser = browser;
    this.#bridge = bridge;
  }

  static async start(): Promise<WindowServer> {
    const bridge = await bundleBridge();
    const server = createServer((request, response) => {
      void respond(request.url ?? '/').then(({ status, type, body }) => {
        response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': policyFor(body, type) });
        response.end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    return new WindowServer(server, browser, bridge);
  }

  /** Opens the window; what the policy refuses and what fails is collected in `problems`. */
  async open({ scenario, width = 1280, height = 800, route = '/' }: WindowOptions) {
    const context = await this.#browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.addInitScript(`window.__scenario = ${JSON.stringify(scenario)};\n${this.#bridge}`);
    const address = this.#server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await page.goto(`http://127.0.0.1:${port}/#${route}`);
    await page.locator('html[data-ready=true]').waitFor({ state: 'attached' });
    return { page, problems };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** What axe finds against WCAG 2.x A and AA, one line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const source = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof Axe };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  });
}

/** The policy of the window, with the hash of the page's own script, as the shell adds it. */
function policyFor(body: Buffer, type: string): string {
  const inline = type === 'text/html' ? /<script>([\s\S]*?)<\/script>/.exec(body.toString())?.[1] : undefined;
  const hash = inline === undefined ? '' : ` 'sha256-${sha256(inline)}'`;
  return `default-src 'self'; script-src 'self'${hash}; style-src 'self'; object-src 'none'; base-uri 'none'`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

async function respond(url: string): Promise<{ status: number; type: string; body: Buffer }> {
  const path = normalize(new URL(url, 'http://localhost').pathname);
  // Only browsers ask for it, the window does not.
  if (path === '/favicon.ico') return { status: 204, type: 'image/x-icon', body: Buffer.from('') };
  const file = join(dist, path === '/' ? 'index.html' : path);
  try {
    return { status: 200, type: types[extname(file)] ?? 'application/octet-stream', body: await readFile(file) };
  } catch {
    return { status: 404, type: 'text/plain', body: Buffer.from('') };
  }
}

/** The fake shell as one script. */
async function bundleBridge(): Promise<string> {
  const entry = new URL('bridge.ts', import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: '__bridge' } },
  });
  const [output] = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  return output?.output[0].code ?? '';
}
