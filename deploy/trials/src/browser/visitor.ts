import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Request } from 'playwright-core';
import { violationsOn } from '@tenure/local/browser/axe';
import { untilQuiet } from './quiet.js';

const wideViewport = { width: 1280, height: 800 };

interface Listening {
  said: string[];
}

/** The console's router, under the global name that the router's developer tools use. */
interface Routed {
  __TSR_ROUTER__: { navigate(to: { href: string }): Promise<void> };
}

/** Runs in the page. Its status region shows one sentence after the other, each for a second if more follow. */
function keepWhatIsSaid(): void {
  const said: string[] = [];
  Object.assign(window, { said } satisfies Listening);
  new MutationObserver((changes) => {
    for (const { target } of changes)
      if ((target as Element).id === 'status' && target.textContent) said.push(target.textContent);
  }).observe(document, { subtree: true, childList: true });
}

/** Runs in the page. Chromium does not log a blocked `eval` if the page catches the exception. */
function sayWhatIsAgainstThePolicy(): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    console.error(`Against the policy: ${effectiveDirective} ${blockedURI}`),
  );
}

/**
 * Runs in the page, as a browser tells it that its tab is shown or not. In the background, the console follows no live
 * updates; once it is shown again, it refetches everything.
 */
function becomeShown(isShown: boolean): void {
  if (isShown !== document.hidden) return;
  Object.defineProperties(document, {
    hidden: { configurable: true, value: !isShown },
    visibilityState: { configurable: true, value: isShown ? 'visible' : 'hidden' },
  });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

/** Runs in the page. @returns whether the console is there, with nothing open in front of its page */
function isConsoleAtRest(): boolean {
  return (
    document.querySelector('#content h1') !== null && document.querySelector('[role=dialog], [role=menu]') === null
  );
}

/** A person at a page of a browser. It also records the page's errors. */
export class Visitor {
  #scheme: 'light' | 'dark' = 'light';

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    /** Errors and content security violations that the page reported since the last check. */
    readonly trouble: string[],
  ) {}

  /** Opens a new browser. @param address the console's address, to which paths are relative */
  static async arrive(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: address,
      viewport: wideViewport,
      reducedMotion: 'reduce',
      ...options,
    });
    return Visitor.at(context);
  }

  /** Opens another page of a browser in which somebody may have signed in. */
  static async at(context: BrowserContext): Promise<Visitor> {
    const page = await context.newPage();
    // Ends only what hangs, as in `until`: how fast something is depends on what else the machine does.
    page.setDefaultTimeout(120_000);
    await page.addInitScript(keepWhatIsSaid);
    await page.addInitScript(sayWhatIsAgainstThePolicy);
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => {
      // Ignores the browser's reports of error statuses, because stories check what the page shows for them.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        trouble.push(message.text());
    });
    return new Visitor(context, page, trouble);
  }

  /**
   * Signs in at the provider, without drawing its page, and opens a page of the console.
   *
   * @param path null if it is opened later
   */
  async signIn(signIn: string, path: string | null = '/'): Promise<void> {
    const { request } = this.context;
    const choice = await request.get('/auth/sign-in?return=/auth/session', { failOnStatusCode: true });
    await request.post(choice.url(), { form: { sign_in: signIn }, failOnStatusCode: true });
    if (path !== null) await this.open(path);
  }

  /** Opens a page that leads to the provider, where people are picked from a list, and signs in there. */
  async openAndSignIn(signIn: string, path: string): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole('button', { name: signIn }).click();
    await this.page.getByRole('banner').waitFor();
  }

  /**
   * Opens a page of the console as the person who has signed in in this browser. Loading the console takes three times
   * as long as showing another of its pages, so it is loaded only if it is not there.
   */
  async open(path: string): Promise<void> {
    if (await this.page.evaluate(() => '__TSR_ROUTER__' in window)) {
      await this.page.evaluate(becomeShown, true);
      return this.goOn(path);
    }
    await this.page.goto(path);
    await this.page.getByRole('banner').waitFor();
  }

  /** Navigates to another page of the console as a link does, without reloading, and waits until it is shown. */
  async goOn(path: string): Promise<void> {
    await this.page.evaluate((href) => (window as unknown as Routed).__TSR_ROUTER__.navigate({ href }), path);
  }

  /**
   * Ends the session right before this request. Without a session any request leads to the sign-in, also one that the
   * page sends on its own, such as after a live update.
   */
  async losesSessionBefore(isIt: (request: Request) => boolean): Promise<void> {
    let isLost = false;
    await this.page.route('**/api/**', async (route) => {
      if (isLost || !isIt(route.request())) return route.fallback();
      isLost = true;
      await this.context.clearCookies();
      // The browser has already added its cookies to this one.
      const { cookie: _, ...headers } = route.request().headers();
      return route.fulfill({ response: await route.fetch({ headers }) });
    });
  }

  /** Presses Tab until this has the focus. */
  async tabTo(wanted: Locator): Promise<void> {
    for (let pressed = 0; pressed < 80; pressed += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`The Tab key does not reach ${String(wanted)}.`);
  }

  /** Waits for a page by its heading. @returns its path */
  async arriveAt(title: string): Promise<string> {
    await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    return new URL(this.page.url()).pathname;
  }

  /** Waits until the page announces this sentence to screen readers. @returns the earlier announcements, which are dropped */
  async hears(sentence: string): Promise<string[]> {
    const heard = await this.page.waitForFunction(
      (wanted) => {
        const { said } = window as unknown as Listening;
        const at = said.indexOf(wanted);
        return at >= 0 && said.splice(0, at + 1);
      },
      sentence,
      { polling: 50 },
    );
    return ((await heard.jsonValue()) || []).slice(0, -1);
  }

  /** Fills in the form of a new account; selects are filled by the names of their options. */
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

  /** A form's preview under this title, once it reflects what was typed. */
  preview(title: string): Locator {
    return this.page.getByRole('region', { name: title }).and(this.page.locator('[aria-busy=false]'));
  }

  /**
   * Navigates to a page. @returns its violations of WCAG 2.2 AA found by axe, wide in one color scheme and narrow in the
   * other, which changes from page to page
   */
  async violations(path: string, open?: () => Promise<void>): Promise<string[]> {
    await this.goOn(path);
    await untilQuiet(this.page);
    if (open !== undefined) {
      await open();
      await untilQuiet(this.page);
    }
    const wide = { [`wide, ${this.#scheme}`]: await violationsOn(this.page) };
    await this.page.setViewportSize({ width: 320, height: 800 });
    // Changing the colors repaints the page, so the next page starts with the colors in which this one ends.
    await this.#prefer(this.#scheme === 'light' ? 'dark' : 'light');
    const narrow = { [`narrow, ${this.#scheme}`]: await violationsOn(this.page) };
    await this.page.setViewportSize(wideViewport);
    return Object.entries({ ...wide, ...narrow }).flatMap(([how, found]) =>
      found.map((violation) => `${path}, ${how}: ${violation}`),
    );
  }

  async #prefer(colorScheme: 'light' | 'dark'): Promise<void> {
    this.#scheme = colorScheme;
    await this.page.emulateMedia({ colorScheme });
    await this.page.locator(`[data-mantine-color-scheme=${colorScheme}]`).waitFor();
  }

  /** The errors since the last check, except missing code, for a story about code that fails to load. */
  otherTrouble(): string[] {
    return this.trouble.splice(0).filter((said) => !said.includes('No answer'));
  }

  /** What the page shows to a screen reader, and its errors, for a failed story. */
  async seen(): Promise<string> {
    const shown = await this.page
      .locator('body')
      .ariaSnapshot({ timeout: 5_000 })
      .catch((error: unknown) => String(error));
    return [`At ${this.page.url()}:`, ...this.trouble, ...shown.split('\n').slice(0, 150)].join('\n');
  }

  /** Resets the page for others: withdraws the console, or leaves it, and discards what was typed or set. */
  async standBy(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.context.setOffline(false);
    if (!(await this.#withdraws())) await this.page.goto('/icon.svg');
    await this.page.evaluate(() => {
      sessionStorage.clear();
      (window as unknown as Partial<Listening>).said?.splice(0);
    });
    await this.page.emulateMedia({ media: null, colorScheme: 'light', forcedColors: null, reducedMotion: 'reduce' });
    await this.page.setViewportSize(wideViewport);
    this.#scheme = 'light';
  }

  /** Shows an empty page of the console in the background. @returns whether that was possible */
  async #withdraws(): Promise<boolean> {
    const isAtRest = () => this.page.evaluate(isConsoleAtRest);
    try {
      if (!(await isAtRest())) return false;
      await this.goOn('/nowhere');
      if (!(await isAtRest())) return false;
      await this.page.evaluate(becomeShown, false);
      return true;
    } catch {
      // It is being left, as for a sign-in.
      return false;
    }
  }

  /** Closes the page and leaves the browser online for others. Requests in progress are aborted. */
  async leave(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.context.setOffline(false);
    await this.page.close();
  }
}
