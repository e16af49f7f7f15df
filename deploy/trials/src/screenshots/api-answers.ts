import type { Page } from 'playwright-core';

/** States that the sample data do not have, made from what the API answers. */

/** It refuses, as when a service is away. */
export async function refuses(page: Page, path: string): Promise<void> {
  await refusesWith(page, path, { status: 503, code: 'unavailable' });
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

/** What others do is not heard. */
export async function isCutOff(page: Page): Promise<void> {
  await page.clock.install();
  await page.route('**/api/live', (route) => route.abort());
}

/** It has been cut off for long enough to say so. */
export async function saysSo(page: Page): Promise<void> {
  await page.clock.fastForward(15_000);
  await page.getByText('Live updates paused').waitFor();
}

/** It refuses, with this. */
export async function refusesWith(
  page: Page,
  path: string,
  problem: { status: number; code: string; errors?: unknown },
): Promise<void> {
  await page.route(`**${path}`, (route) =>
    route.fulfill({
      status: problem.status,
      contentType: 'application/problem+json',
      json: { type: `urn:tenure:problem:${problem.code}`, title: problem.code, ...problem },
    }),
  );
}

/** It never answers: whether something has arrived stays open. */
export async function isOutOfReach(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, (route) => route.abort('connectionreset'));
}
