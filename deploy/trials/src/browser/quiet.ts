import type { Page } from 'playwright-core';

/** Waits until a page has its heading, loads nothing more and has stopped changing. */
export async function untilQuiet(page: Page, { loading = false } = {}): Promise<void> {
  // The placeholder of what is loading appears after a delay, and may be the last change.
  do {
    await page.waitForFunction(isLoaded, { loading }, { polling: 50 });
    await page.evaluate(untilUnchanged);
  } while (!(await isQuiet(page, { loading })));
}

/** Whether a page has its heading and loads nothing more, if it has stopped changing. */
export function isQuiet(page: Page, { loading = false } = {}): Promise<boolean> {
  return page.evaluate(isLoaded, { loading });
}

function isLoaded({ loading }: { loading: boolean }): boolean {
  const waits = document.querySelector('[aria-busy="true"]') !== null;
  return document.querySelector('h1') !== null && document.fonts.status === 'loaded' && waits === loading;
}

/** Runs in the page. */
export function untilUnchanged(): Promise<void> {
  return new Promise((resolve) => {
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
  });
}
