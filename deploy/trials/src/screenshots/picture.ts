import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { violationsOn } from '@tenure/local/browser/axe';
import type { Person } from '@tenure/local/api/person';
import { untilQuiet } from '../browser/quiet.js';
import type { Scene } from './scene.js';

export interface Picture {
  scene: Scene;
  file: string;
  /** The problems found; empty if it passed. */
  complaints: string[];
}

const usualHeight = 800;

/**
 * Takes one screenshot, and checks for what it cannot show: errors, violations of the policy and of WCAG, and overflow.
 */
export async function takePicture(
  scene: Scene,
  {
    context,
    person,
    publicUrl,
    folder,
  }: { context: BrowserContext; person: Person; publicUrl: string; folder: string },
): Promise<Picture> {
  const page = await context.newPage();
  const { width = 1280 } = scene;
  const complaints: string[] = [];
  const complain = (text: string) => {
    if (!scene.complains?.test(text)) complaints.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complain(`the browser console says: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complain(`the page threw: ${error.message}`));
  const file = `${scene.name}.png`;
  try {
    await page.setViewportSize({ width, height: usualHeight });
    await page.emulateMedia({ colorScheme: scene.scheme ?? 'light', reducedMotion: 'reduce' });
    await scene.given?.(page);
    await page.goto(publicUrl + (typeof scene.path === 'string' ? scene.path : await scene.path(person)));
    await untilQuiet(page, { loading: scene.loading ?? false });
    await scene.once?.(page);
    await untilQuiet(page, { loading: scene.loading ?? false });
    await overflow(page).then((by) => by > 0 && complain(`the page is ${by} px wider than the screen`));
    for (const violation of await violationsOn(page)) complain(`axe finds ${violation}`);
    await page.setViewportSize({ width, height: await heightOf(page) });
    await page.screenshot({ path: path.join(folder, file) });
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  } finally {
    await page.close();
  }
  return { scene, file, complaints };
}

/** The full height of the page, so that elements fixed to the screen's edge are at the page's edge. */
function heightOf(page: Page): Promise<number> {
  return page.evaluate((least) => Math.max(least, document.documentElement.scrollHeight), usualHeight);
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
