// One built window for the tests of a file, with what they all ask of it.
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Scenario } from './scenarios';
import { WindowServer } from './window';

const patience = 8_000;

/** Starts the window before the tests of the file; the returned function opens it at `route`. */
export function useWindow() {
  let server: WindowServer;
  const pages: Page[] = [];
  beforeAll(async () => {
    server = await WindowServer.start();
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
  });
  afterAll(() => server.stop());

  /** `prepare` runs in the page, where it may change what the fake core answers, before the screen is opened. */
  return async (route: string, scenario: Scenario = {}, prepare?: () => void): Promise<Page> => {
    const start = prepare ? '/settings' : route;
    const { page } = await server.open({ scenario: { accounts: 'two', ...scenario }, route: start });
    pages.push(page);
    page.setDefaultTimeout(patience);
    if (prepare) {
      await page.evaluate(prepare);
      await page.evaluate(follow, `#${route}`);
    }
    return page;
  };
}

/** Requests that the fake core got for `name`. */
export function requests<T>(page: Page, name: string): Promise<T[]> {
  return page.evaluate(
    (wanted) => window.__fake.calls.filter((call) => call.name === wanted).map((call) => call.request),
    name,
  ) as Promise<T[]>;
}

/** The line that says how many rows match, once it does. */
export const count = (page: Page) => page.getByTestId('count').filter({ hasText: /\d/ });

/** Names in the first column of the list, as far as they are drawn. */
export const rowNames = (page: Page) => page.locator('[role=row] [data-column="0"] a').allTextContents();

/** Follows a link to `href`, as the router expects it. */
function follow(href: string): void {
  const link = Object.assign(document.createElement('a'), { href });
  document.body.append(link);
  link.click();
}
