import type { Page } from 'playwright-core';

/** The browser's own measurements of a page, stored where a bench can read them. */
interface Kept {
  /** Milliseconds from the navigation to the latest largest paint. */
  largestPaint: number;
  /** Interactions of 16 ms or more, the shortest that a browser reports: from the input to the paint that follows it. */
  interactions: { at: number; ms: number }[];
  /** When another person's change was painted, by `Date.now()`. */
  seenAt?: Promise<number>;
}
declare global {
  interface Window {
    kept: Kept;
  }
}

/** The maximum duration of an interaction that the browser does not report. */
const shortest = 16;

/** Records the largest paint and the interactions of every page opened from now on. */
export async function keepVitals(page: Page): Promise<void> {
  await page.addInitScript((durationThreshold) => {
    const kept: Kept = (window.kept = { largestPaint: 0, interactions: [] });
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) kept.largestPaint = startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
        if (entry.interactionId > 0) kept.interactions.push({ at: entry.startTime, ms: entry.duration });
    }).observe({ type: 'event', buffered: true, durationThreshold } as PerformanceObserverInit);
  }, shortest);
}

/** Milliseconds from the navigation to the largest paint so far. */
export function largestPaint(page: Page): Promise<number> {
  return page.evaluate(() => window.kept.largestPaint);
}

/** The longest time that the page took from one of these inputs to its paint, in milliseconds. */
export async function slowestAnswer(page: Page, act: () => Promise<unknown>): Promise<number> {
  const began = await page.evaluate(() => performance.now());
  await act();
  await page.evaluate(
    // A paint is reported in the following frame.
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  );
  return page.evaluate(
    ({ began, shortest }) =>
      Math.max(shortest, ...window.kept.interactions.filter(({ at }) => at >= began).map(({ ms }) => ms)),
    { began, shortest },
  );
}

/** Slows the page's CPU down by this factor, to that of a phone or an old laptop. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Clears the cache, as for a first visit. */
export async function forgetFiles(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await session.detach();
}

/** How long after the start of the action the page showed the text, in milliseconds; the page must not show it before. */
export async function seenAfter(page: Page, text: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate((wanted) => {
    const isThere = () => document.body.textContent.includes(wanted);
    if (isThere()) throw new Error(`"${wanted}" is shown already.`);
    window.kept.seenAt = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(Date.now()));
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  }, text);
  const began = Date.now();
  await act();
  const late = AbortSignal.timeout(20_000);
  const seenAt = await Promise.race([
    page.evaluate(() => window.kept.seenAt!),
    new Promise<never>((_, reject) =>
      late.addEventListener('abort', () => reject(new Error(`"${text}" did not appear within 20 s.`))),
    ),
  ]);
  return seenAt - began;
}
