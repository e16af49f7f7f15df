import type { Page } from 'playwright-core';

/** What the browser itself measures of a page, kept where a bench can ask for it. */
interface Kept {
  /** Milliseconds from the navigation to the latest largest paint. */
  largestPaint: number;
  /** Those of 16 ms or more, which is as short as a browser tells: from the input to the paint that follows it. */
  interactions: { at: number; ms: number }[];
  /** When what another has changed was painted, as `Date.now()` has it. */
  seenAt?: Promise<number>;
}
declare global {
  interface Window {
    kept: Kept;
  }
}

/** So long at most took what the browser does not tell. */
const shortest = 16;

/** Keeps the largest paint and the interactions of every page that is opened from now on. */
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

/** The longest that the page took to answer any input of this with a paint, in milliseconds. */
export async function slowestAnswer(page: Page, act: () => Promise<unknown>): Promise<number> {
  const began = await page.evaluate(() => performance.now());
  await act();
  await page.evaluate(
    // What was painted is told in the frame after.
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  );
  return page.evaluate(
    ({ began, shortest }) =>
      Math.max(shortest, ...window.kept.interactions.filter(({ at }) => at >= began).map(({ ms }) => ms)),
    { began, shortest },
  );
}

/** Makes the page's processor so many times slower, as a phone's or an old laptop's is. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** As somebody comes who has never been here. */
export async function forgetFiles(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await session.detach();
}

/** How long after this was begun the page showed the text, in milliseconds; nothing of it may be there before. */
export async function seenAfter(page: Page, text: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate((wanted) => {
    const isThere = () => document.body.textContent.includes(wanted);
    if (isThere()) throw new Error(`"${wanted}" is there already.`);
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
      late.addEventListener('abort', () => reject(new Error(`"${text}" did not come within 20 s.`))),
    ),
  ]);
  return seenAt - began;
}
