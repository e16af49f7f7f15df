import type { Page } from 'playwright-core';

/**
 * Lets requests for `path` through again and presses "Try again", unless an event has fetched them before the click and
 * the button is gone.
 */
export async function tryAgain(page: Page, path: string): Promise<void> {
  const button = await page.getByRole('button', { name: 'Try again' }).elementHandle();
  await page.unroute(path);
  await button!.evaluate((element) => (element as HTMLElement).click());
}
