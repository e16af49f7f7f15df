import type { Page } from 'playwright-core';

/** Simulates states that the sample data do not have by changing the API's answers. */

/** The API answers 503, as when a service is down. */
export async function refuses(page: Page, path: string): Promise<void> {
  await refusesWith(page, path, { status: 503, code: 'unavailable' });
}

/** The API does not answer. */
export async function isSlow(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, () => new Promise(() => {}));
}

/** The API answers an empty list. */
export async function isEmpty(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, (route) => route.fulfill({ json: { items: [], next: null, count: 0 } }));
}

/** The API's answer, changed. */
export async function answers<T>(page: Page, path: string, change: (answer: T) => T): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: change((await response.json()) as T) });
  });
}

/** Live updates are cut off. */
export async function isCutOff(page: Page): Promise<void> {
  await page.clock.install();
  await page.route('**/api/live', (route) => route.abort());
}

/** Waits until the page says that live updates are paused. */
export async function saysSo(page: Page): Promise<void> {
  await page.clock.fastForward(15_000);
  await page.getByText('Live updates paused').waitFor();
}

/** The API answers with this problem. */
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

/** The connection breaks, so that it stays unknown whether the request has arrived. */
export async function isOutOfReach(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, (route) => route.abort('connectionreset'));
}
