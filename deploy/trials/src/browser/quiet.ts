import type { Page } from 'playwright-core';

/** Waits until a page has its heading, loads nothing more and has stopped changing. */
export async function untilQuiet(page: Page, { loading = false } = {}): Promise<void> {
  await page.waitForFunction(
    ({ loading }) => {
      const waits = document.querySelector('[aria-busy="true"]') !== null;
      return document.querySelector('h1') !== null && document.fonts.status === 'loaded' && waits === loading;
    },
    { loading },
    { polling: 50 },
  );
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const quietMs = 250;
        let timer = setTimeout(done, quietMs);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, quietMs);
        });
        observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true });
        function done() {
          observer.disconnect();
          resolve();
        }
      }),
  );
}
