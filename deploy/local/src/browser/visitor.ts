import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { untilQuiet } from './quiet.js';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules that go by what the color scheme changes. Colors are the same at each width. */
const ofColors = ['color-contrast', 'link-in-text-block'];
const wideViewport = { width: 1280, height: 800 };

/** Somebody at a browser of their own. What goes wrong on their pages is kept, not only what they see. */
export class Visitor {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    /** Errors and content security violations that a page reported since they were last looked at. */
    readonly trouble: string[],
  ) {}

  /** @param address of the console; paths that are opened are under it */
  static async arrive(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: address,
      viewport: wideViewport,
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(12_000);
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => {
      // An answer with an error status is reported by the browser; whether it was right is for the page to show.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        trouble.push(message.text());
    });
    return new Visitor(context, page, trouble);
  }

  /** Opens a page of the console as somebody: signs in at the provider, where people are picked from a list. */
  async signIn(signIn: string, path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole('button', { name: signIn }).click();
    await this.page.getByRole('banner').waitFor();
  }

  /** Waits for a page by its heading. @returns its path */
  async arriveAt(title: string): Promise<string> {
    await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    return new URL(this.page.url()).pathname;
  }

  /** Fills in what a new account needs; selects by what their options are called. */
  async fillIn(
    fields: Readonly<Record<string, string>>,
    selects: Readonly<Record<string, RegExp>> = {},
  ): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.page.getByLabel(label, { exact: true }).fill(value);
    for (const [label, option] of Object.entries(selects)) {
      const select = this.page.getByLabel(label, { exact: true });
      await select.selectOption(await select.getByRole('option', { name: option }).textContent());
    }
  }

  /** Opens a page. @returns what is against WCAG 2.2 AA on it, as axe sees it, when it is wide, narrow, light and dark */
  async violations(path: string): Promise<string[]> {
    await this.page.goto(path);
    await untilQuiet(this.page);
    const wide = await this.#axe(`${path}, wide`, (axe) => axe.withTags(wcag));
    await this.page.emulateMedia({ colorScheme: 'dark' });
    const dark = await this.#axe(`${path}, dark`, (axe) => axe.withRules(ofColors));
    await this.page.emulateMedia({ colorScheme: 'light' });
    await this.page.setViewportSize({ width: 320, height: 800 });
    const narrow = await this.#axe(`${path}, narrow`, (axe) => axe.withTags(wcag));
    await this.page.setViewportSize(wideViewport);
    return [...wide, ...dark, ...narrow];
  }

  async #axe(where: string, chosen: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
    const axe = chosen(new AxeBuilder({ page: this.page }));
    const { violations } = await axe.setLegacyMode(true).analyze();
    return violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes[0]?.html}`);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
