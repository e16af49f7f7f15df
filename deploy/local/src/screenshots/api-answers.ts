import type { Page } from 'playwright-core';

/** States that the sample data do not have, made from what the API answers. */

/** It refuses, as when a service is away. */
export async function refuses(page: Page, path: string): Promise<void> {
  const problem = {
    type: 'urn:tenure:problem:unavailable',
    title: 'The service is not available',
    status: 503,
    code: 'unavailable',
  };
  await page.route(`**${path}`, (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', json: problem }),
  );
}

/** It takes its time. */
export async function isSlow(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, () => new Promise(() => {}));
}

/** There is nothing. */
export async function isEmpty(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, (route) => route.fulfill({ json: { items: [], next: null, count: 0 } }));
}

/** What it answers, changed. */
export async function answers<T>(page: Page, path: string, change: (answer: T) => T): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: change((await response.json()) as T) });
  });
}
