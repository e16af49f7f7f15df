import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { violationsOn } from '@tenure/local/browser/axe';
import { untilQuiet } from './quiet.js';

const wideViewport = { width: 1280, height: 800 };

interface Listening {
  said: string[];
}

/** The console's router, under the name by which the router's own tools find it. */
interface Routed {
  __TSR_ROUTER__: { navigate(to: { href: string }): Promise<void> };
}

/** In the page: its status region says one sentence after the other, each for a second if more follow. */
function keepWhatIsSaid(): void {
  const said: string[] = [];
  Object.assign(window, { said } satisfies Listening);
  new MutationObserver((changes) => {
    for (const { target } of changes)
      if ((target as Element).id === 'status' && target.textContent) said.push(target.textContent);
  }).observe(document, { subtree: true, childList: true });
}

/** In the page: of code that the policy does not let it make from text, Chromium says nothing when the page has caught that. */
function sayWhatIsAgainstThePolicy(): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    console.error(`Against the policy: ${effectiveDirective} ${blockedURI}`),
  );
}

/** Somebody at a page of a browser. What goes wrong on it is kept, not only what they see. */
export class Visitor {
  #scheme: 'light' | 'dark' = 'light';

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    /** Errors and content security violations that a page reported since they were last looked at. */
    readonly trouble: string[],
  ) {}

  /** With a browser of their own. @param address of the console; paths that are opened are under it */
  static async arrive(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: address,
      viewport: wideViewport,
      reducedMotion: 'reduce',
      ...options,
    });
    return Visitor.at(context);
  }

  /** At one more page of a browser in which somebody may have signed in. */
  static async at(context: BrowserContext): Promise<Visitor> {
    const page = await context.newPage();
    // It ends what hangs, as in `until`: how fast something is depends on what else the machine does.
    page.setDefaultTimeout(120_000);
    await page.addInitScript(keepWhatIsSaid);
    await page.addInitScript(sayWhatIsAgainstThePolicy);
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

  /** Opens a page of the console as whoever has signed in in this browser. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole('banner').waitFor();
  }

  /** Goes on to another page of the console as by a link, and waits until it is shown: its files are not loaded again. */
  async goOn(path: string): Promise<void> {
    await this.page.evaluate((href) => (window as unknown as Routed).__TSR_ROUTER__.navigate({ href }), path);
  }

  /** Goes on with the Tab key until this has the focus. */
  async tabTo(wanted: Locator): Promise<void> {
    for (let pressed = 0; pressed < 80; pressed += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`The Tab key does not lead to ${String(wanted)}.`);
  }

  /** Waits for a page by its heading. @returns its path */
  async arriveAt(title: string): Promise<string> {
    await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    return new URL(this.page.url()).pathname;
  }

  /** Waits until the page says this sentence to those who do not see it. What it said until then is not heard again. */
  async hears(sentence: string): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => {
        const { said } = window as unknown as Listening;
        const at = said.indexOf(wanted);
        return said.splice(0, at + 1).length > 0;
      },
      sentence,
      { polling: 50 },
    );
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

  /** Goes on to a page. @returns what is against WCAG 2.2 AA on it, as axe sees it, when it is wide, narrow, light and dark */
  async violations(path: string, open?: () => Promise<void>): Promise<string[]> {
    await this.goOn(path);
    await untilQuiet(this.page);
    if (open !== undefined) {
      await open();
      await untilQuiet(this.page);
    }
    const scheme = this.#scheme;
    const wide = await violationsOn(this.page);
    await this.page.setViewportSize({ width: 320, height: 800 });
    const narrow = await violationsOn(this.page);
    await this.page.setViewportSize(wideViewport);
    // To take other colors on, a page is drawn anew: the next one begins with those in which this one ends.
    const other = scheme === 'light' ? 'dark' : 'light';
    await this.#prefer(other);
    const recolored = await violationsOn(this.page, { colorsAlone: true });
    const all = { [`wide, ${scheme}`]: wide, [`narrow, ${scheme}`]: narrow, [other]: recolored };
    return Object.entries(all).flatMap(([how, found]) => found.map((violation) => `${path}, ${how}: ${violation}`));
  }

  async #prefer(colorScheme: 'light' | 'dark'): Promise<void> {
    this.#scheme = colorScheme;
    await this.page.emulateMedia({ colorScheme });
    await this.page.locator(`[data-mantine-color-scheme=${colorScheme}]`).waitFor();
  }

  /** What went wrong since it was last looked at, for a story about code that does not come: but for that. */
  otherTrouble(): string[] {
    return this.trouble.splice(0).filter((said) => !said.includes('The code of the page did not come.'));
  }

  /** What this page shows, as a screen reader has it, and what went wrong on it; for a story that failed. */
  async seen(): Promise<string> {
    const shown = await this.page
      .locator('body')
      .ariaSnapshot({ timeout: 5_000 })
      .catch((error: unknown) => String(error));
    return [`At ${this.page.url()}:`, ...this.trouble, ...shown.split('\n').slice(0, 150)].join('\n');
  }

  /** Leaves the page to others as a new one: away from the console, and with nothing that was typed or set. */
  async standBy(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.context.setOffline(false);
    await this.page.goto('/icon.svg');
    await this.page.evaluate(() => sessionStorage.clear());
    await this.page.emulateMedia({ media: null, colorScheme: 'light', forcedColors: null, reducedMotion: 'reduce' });
    await this.page.setViewportSize(wideViewport);
    this.#scheme = 'light';
  }

  /** Closes the page, and leaves the browser to others with a network. What is on its way then comes to nothing. */
  async leave(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.context.setOffline(false);
    await this.page.close();
  }
}
