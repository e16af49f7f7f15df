import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { noticeKinds } from '@tenure/contracts';
import { violationsOn } from '@tenure/local/browser/axe';
import { launchChromium } from '@tenure/local/browser/chromium';
import { caniemail } from 'caniemail';
import type { Browser, Page } from 'playwright-core';
import { sampleLogo, samples, type Sample } from './samples.js';

/** The approved texts: `WRITE_LETTERS=1` rewrites them, to be read before they are committed. */
const letters = path.join(import.meta.dirname, 'letters');
const pictures = path.resolve(import.meta.dirname, '../../../../.local/emails');
const all = samples();
const named = ({ name, language }: Sample) => `${name}.${language}`;

it('there is a sample for each kind of notice', () => {
  const shown = new Set(all.map(({ name }) => name));
  expect(noticeKinds.map((kind) => kind.replaceAll('_', '-')).filter((kind) => !shown.has(kind))).toEqual([]);
});

describe('the text of a letter is the approved one:', () => {
  if (process.env['WRITE_LETTERS']) {
    mkdirSync(letters, { recursive: true });
    for (const sample of all) writeFileSync(path.join(letters, `${named(sample)}.txt`), textOf(sample));
  }

  it.each(all.map((sample) => [named(sample), sample] as const))('%s', (name, sample) =>
    expect(textOf(sample)).toBe(readFileSync(path.join(letters, `${name}.txt`), 'utf8')),
  );

  it('there is no text of a removed letter', () =>
    expect(readdirSync(letters).toSorted()).toEqual(all.map((sample) => `${named(sample)}.txt`).toSorted()));
});

describe('what mail programs do not support in a letter', () => {
  const clients = [
    ...(['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*', 'samsung-email.*'] as const),
    'thunderbird.macos',
  ] as const;
  /** What some of them leave out, and what the reader gets instead. */
  const doWithout: Record<string, string> = {
    '<style> element': 'the light colors, which are inline styles',
    '@media': 'the light colors',
    'color-scheme CSS property': 'colors that the program darkens in its own way',
    'color-scheme meta tag': 'the same',
    'border-radius': 'square corners',
    'word-break': 'a long word widens the page',
    'white-space': 'the line breaks of a reason are lost',
    'target attribute': 'a link opens as links do in the program',
    'text-decoration-line': 'a link is underlined as links are in the program',
    'role attribute': 'tables are read out as tables',
    '<body> element': 'the section inside, which has the same background',
    '<link> element': 'the logo is loaded a little later',
    'height property': 'the logo has the height of its attribute',
    // For the preview, which the program hides by at least one of these.
    'display:none': 'the preview, hidden by its size',
    opacity: 'the preview, hidden by display',
    overflow: 'the preview, hidden by display',
    'max-height property': 'the preview, hidden by display',
    outline: 'the logo has no outline, which it only has as a link',
  };

  it('is known, and nothing of it is needed', () => {
    // One letter of each structure: with figures, with a logo, with an author's reason.
    const structures = ['reminder-own-domain', 'application-approved', 'application-withdrawn'];
    const issues = all
      .filter(({ name }) => structures.includes(name))
      .flatMap(({ html }) => [...caniemail({ clients: [...clients], html }).issues.errors.values()].flat());
    expect([...new Set(issues.map(({ title }) => title))].toSorted()).toEqual(Object.keys(doWithout).toSorted());
  });
});

describe('the picture of a letter', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await launchChromium();
    page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
    const logo = {
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="32"/>',
    };
    await page.route('**/*', (route) => (route.request().url() === sampleLogo ? route.fulfill(logo) : route.abort()));
  });
  afterAll(() => browser?.close());

  it.each(all.map((sample) => [named(sample), sample] as const))(
    'can be taken, and nothing is wider than a phone: %s',
    async (name, { html }) => {
      await page.setContent(html);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
      expect(existsSync(path.join(pictures, `${name}.png`))).toBe(true);
    },
  );

  it('shows no empty box where a logo is not loaded', async () => {
    const { html } = all.find(({ name }) => name === 'reminder-own-domain')!;
    await page.setContent(html.replaceAll(sampleLogo, 'https://nowhere.example/logo.png'));
    expect(await page.locator('img').evaluate((logo) => logo.getBoundingClientRect().width)).toBe(0);
    await page.setContent(html);
    expect(await page.locator('img').evaluate((logo) => logo.getBoundingClientRect().width)).toBe(96);
  });

  it.each(['light', 'dark'] as const)(
    'has no accessibility violations found by axe in the %s, with all elements that letters use',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      for (const name of ['reminder-own-domain', 'application-approved', 'application-withdrawn']) {
        const { html } = all.find((sample) => sample.name === name)!;
        await page.setContent(html);
        expect((await violationsOn(page)).map((violation) => `${name}: ${violation}`)).toEqual([]);
        await page.screenshot({ path: path.join(pictures, `${name}.${colorScheme}.png`), fullPage: true });
      }
    },
  );
});

function textOf({ subject, html, text }: Sample): string {
  const preview = /data-skip-in-text="true"[^>]*>([^<]*)/.exec(html)?.[1]?.trim() ?? '';
  return `Subject: ${subject}\nPreview: ${unescaped(preview)}\n\n${text}\n`;
}

function unescaped(html: string): string {
  const characters: Record<string, string> = { quot: '"', '#x27': "'", lt: '<', gt: '>', amp: '&' };
  return html.replaceAll(/&(quot|#x27|lt|gt|amp);/g, (_, name: string) => characters[name]!);
}
