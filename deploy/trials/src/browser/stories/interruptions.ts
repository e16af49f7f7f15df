import { applications } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import type { Locator, Page, Request } from 'playwright-core';
import { grace, marc, oliver, ruth, sofia } from '../people.js';
import { untilQuiet } from '../quiet.js';
import type { BrowserStage } from '../stage.js';
import { Visitor } from '../visitor.js';
import { words } from '../words.js';

const say = words.en;

/** What can be lost: answers, the session, live updates. */
export function storiesOfInterruptions(stage: () => BrowserStage): void {
  /** Fills in everything and waits for the preview, so that no request is pending. */
  const complete = async (visitor: Visitor, accountName: string) => {
    await visitor.fillIn(
      { [say.accountName]: accountName, [say.customerName]: 'Customer' },
      { [say.license]: /Plus/, [say.sector]: /^Hotel/ },
    );
    const preview = visitor.preview(say.preview);
    await preview.getByRole('listitem').first().waitFor();
  };
  /** Waits until a select has loaded its options and shows this one as selected. */
  const shows = ({ page }: Visitor, label: string, chosen: RegExp) =>
    page
      .getByLabel(label, { exact: true })
      .locator('option:checked', { hasText: chosen })
      .waitFor({ state: 'attached' });
  const sentOf = async (accountName: string) =>
    given(await applications(await stage().person(marc), { text: accountName })).items.length;

  describe('the network lost in the middle of a send', () => {
    it('keeps what was typed and says so, with the retry in view and nothing that loads; after retries and repeated clicks there is one application', async () => {
      const visitor = await stage().visitor(marc, '/account-management/new');
      const { page } = visitor;
      await complete(visitor, 'Torre Norte');
      // What is typed last is not previewed before it is sent.
      await page.route('**/api/applications/preview', () => {});
      await page.getByLabel('Comment', { exact: true }).fill('Typed right before');
      let lost = 0;
      await page.route('**/api/applications', async (route) => {
        await route.fetch();
        lost += 1;
        await (lost < 4 ? route.abort('connectionreset') : route.fallback());
      });
      await page.getByRole('button', { name: say.createAccount }).dblclick();
      await page.getByRole('alert').getByText('Trying again never sends it twice.').waitFor();
      expect(await page.getByLabel(say.accountName, { exact: true }).inputValue()).toBe('Torre Norte');
      const again = page.getByRole('button', { name: 'Try again' });
      const { y, height } = (await again.boundingBox())!;
      // A page scrolls by whole pixels.
      expect(Math.floor(y + height)).toBeLessThanOrEqual(page.viewportSize()!.height);
      await untilQuiet(page);
      await again.click();
      await page.getByRole('main').getByText(say.sent).waitFor();
      expect([lost, await sentOf('Torre Norte')]).toEqual([4, 1]);
    });
  });

  it('also says that it is opening until the code of its first page has loaded', async () => {
    const { page } = await stage().visitor(grace, null);
    const code = Promise.withResolvers<void>();
    await page.route('**/assets/main-screen-*.js', (route) => code.promise.then(() => route.continue()));
    const isAsked = page.waitForRequest('**/assets/main-screen-*.js');
    await page.goto('/', { waitUntil: 'commit' });
    await isAsked;
    const opening = page.getByAltText('Tenure');
    await opening.waitFor();
    code.resolve();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await opening.isVisible()).toBe(false);
  });

  it.each([
    ['the code', /\/assets\/index-.*\.js/],
    ['the texts', /\/assets\/e[ns]-/],
  ])('offers a reload after a while if %s of the console could not be loaded', async (_what, files) => {
    const { page, trouble } = await stage().visitor(grace, null);
    await page.route(files, (route) => route.abort('connectionreset'));
    await page.goto('/');
    await page.getByAltText('Tenure').waitFor();
    const reload = page.getByRole('link', { name: 'Reload the page' });
    expect(await reload.isVisible()).toBe(false);
    await page.evaluate(() => document.getAnimations().forEach((wait) => wait.finish()));
    await page.unroute(files);
    await reload.click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await reload.isVisible()).toBe(false);
    expect(trouble.splice(0).filter((said) => !said.includes('dynamically imported'))).toEqual([]);
  });

  it('says to a browser that runs no scripts that it needs them, instead of offering a reload', async () => {
    const { page } = await stage().newcomer({ javaScriptEnabled: false });
    await page.goto('/account-management/active');
    await page.getByText('Tenure needs JavaScript.').waitFor();
    expect(await page.getByText('Tenure has not opened yet.').isVisible()).toBe(false);
  });

  it('says to a browser that accepts no cookies that nobody can sign in without them', async () => {
    const { page } = await stage().newcomer();
    await page.addInitScript(() => {
      const isRefused = (name: string) => {
        throw new DOMException(name, 'SecurityError');
      };
      Object.defineProperty(navigator, 'cookieEnabled', { get: () => false });
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get: () => isRefused(name) });
    });
    await page.goto('/account-management/active');
    await page.getByRole('heading', { name: 'You cannot sign in without cookies' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/account-management/active');
  });

  it('dims the earlier page while the code of the next one takes long', async () => {
    const visitor = await stage().visitor(marc, '/account-management/active');
    const { page } = visitor;
    const code = Promise.withResolvers<void>();
    await page.route('**/assets/applications-page-*.js', (route) => code.promise.then(() => route.continue()));
    await page.getByRole('link', { name: /^Applications/ }).click();
    const main = page.getByRole('main');
    await main.and(page.locator('[aria-busy]')).waitFor();
    expect(await main.evaluate((element) => getComputedStyle(element).opacity)).toBe('0.6');
    await page.getByRole('heading', { level: 1, name: 'Active accounts' }).waitFor();
    code.resolve();
    await visitor.arriveAt('Applications');
    await main.and(page.locator(':not([aria-busy])')).waitFor();
  });

  describe('a page that is opened without a network', () => {
    it('says so in its place, and opens once the network is back', async () => {
      const accountId = await stage().account(marc, { accountName: 'Out of reach' });
      const visitor = await stage().visitor(marc, '/account-management/active');
      const { page } = visitor;
      // Its code is loaded with the first page of its kind.
      await page.getByRole('link', { name: 'Out of reach' }).hover();
      await page.getByRole('link', { name: 'Out of reach' }).click();
      await visitor.arriveAt('Out of reach');
      await page.getByRole('tab', { name: 'Timeline' }).waitFor();
      await visitor.context.setOffline(true);
      await page.getByRole('tab', { name: 'Recipients' }).click();
      await page.getByRole('alert').getByText('Tenure is not responding. Check your connection.').waitFor();
      await visitor.context.setOffline(false);
      await page.getByRole('cell').or(page.getByRole('rowheader')).getByText(marc).waitFor();
      expect(new URL(page.url()).pathname).toBe(`/account-management/accounts/${accountId}`);
    });
  });

  describe('a part of a page', () => {
    it('shows that it is loading, and stays visible while it cannot be reloaded: the timeline, and the e-mails with the open one', async () => {
      const accountId = await stage().account(marc, { accountName: 'Looked at' });
      const visitor = await stage().visitor(marc, null);
      const { page } = visitor;
      let isAway = false;
      let goOn = () => {};
      let held = new Promise<void>((resolve) => (goOn = resolve));
      for (const path of ['accounts/names*', 'deliveries/*'])
        await page.route(`**/api/${path}`, async (route) => {
          await held;
          await route.fallback();
        });
      await page.route('**/api/accounts/*/timeline', async (route) => {
        await held;
        await (isAway ? route.abort('connectionreset') : route.fallback());
      });
      await page.goto('/');
      await page.getByRole('main').getByLabel('Loading…').waitFor();
      await visitor.goOn(`/account-management/accounts/${accountId}`);
      const panel = page.getByRole('tabpanel');
      await panel.getByLabel('Loading…').waitFor();
      goOn();
      const shown = {
        timeline: panel.getByRole('listitem').filter({ hasText: 'Final notice' }),
        email: page.getByRole('dialog').getByRole('heading', { name: 'What was sent' }),
      };
      await shown.timeline.waitFor();
      isAway = true;
      const failed = () =>
        page.waitForEvent('requestfailed', { predicate: (request) => request.url().endsWith('/timeline') });
      const lost = failed();
      const changed = await stage().appliedFor(marc, { type: 'change_datapoints', accountId, datapoints: 120 });
      await lost;
      for (let repeated = 0; repeated < 2; repeated += 1) await failed();
      await untilQuiet(page);
      expect(await shown.timeline.count()).toBe(1);

      isAway = false;
      await visitor.goOn(`/account-management/accounts/${accountId}?show=emails`);
      held = new Promise<void>((resolve) => (goOn = resolve));
      await page.getByRole('button', { name: /^Details: Application approved/ }).click();
      await page.getByRole('dialog').getByLabel('Loading…').waitFor();
      goOn();
      await shown.email.waitFor();
      isAway = true;
      const lostAgain = failed();
      await stage().rejected(changed, 'No.');
      await lostAgain;
      for (let repeated = 0; repeated < 2; repeated += 1) await failed();
      await untilQuiet(page);
      expect(await shown.email.count()).toBe(1);
    });

    it('shows that it is loading: what an application would do, and what other reminders would change', async () => {
      const visitor = await stage().visitor(marc, '/account-management/new');
      const { page } = visitor;
      const { promise, resolve } = Promise.withResolvers<void>();
      await page.route('**/api/*/preview', (route) => promise.then(() => route.fallback()));
      const isLoading = (title: string) => page.getByRole('region', { name: title }).getByLabel('Loading…').waitFor();
      await visitor.fillIn(
        { [say.accountName]: 'Foreseen', [say.customerName]: 'Customer' },
        { [say.license]: /Plus/, [say.sector]: /^Hotel/ },
      );
      await isLoading(say.preview);
      await visitor.goOn('/account-management/settings/reminders');
      await page.getByLabel('Minutes').selectOption('45');
      await isLoading('What would change');
      resolve();
      await page.getByLabel('Loading…').waitFor({ state: 'detached' });
    });
  });

  describe('a version of the console that was replaced while its page was open', () => {
    /** A new browser, because one that has loaded all of the console may have the deleted files in its cache. */
    const newcomer = async (path: string) => {
      const visitor = await stage().newcomer();
      await visitor.signIn(marc, path);
      return visitor;
    };
    /** Files that the page has not loaded yet are gone, and the served page refers to another entry until the reload. */
    const replaced = async ({ page }: Visitor) => {
      let isAnew = false;
      page.on('request', (request) => (isAnew ||= request.isNavigationRequest()));
      await page.route('**/assets/*', (route) => (isAnew ? route.fallback() : route.fulfill({ status: 404 })));
      await page.route(
        (url) => url.pathname === '/',
        async (route) => {
          const answer = await route.fetch();
          await route.fulfill({
            response: answer,
            body: (await answer.text()).replaceAll('/assets/index-', '/assets/new-'),
          });
        },
      );
    };

    it('reloads automatically when a part of it is needed, and keeps what was typed', async () => {
      const visitor = await newcomer('/account-management/new');
      const { page } = visitor;
      await page.getByLabel(say.accountName, { exact: true }).fill('Typed before');
      // Nothing else of the form may be loading, or it would be missing as well.
      await untilQuiet(page);
      await replaced(visitor);
      await page.keyboard.press('Control+k');
      await page.getByText('Your draft is here as you left it.').waitFor();
      expect(await page.getByLabel(say.accountName, { exact: true }).inputValue()).toBe('Typed before');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Discard draft' }).click();
    });

    it('reloads at the page that is being opened', async () => {
      await stage().account(marc, { accountName: 'After a deployment' });
      const visitor = await newcomer('/account-management/active');
      await visitor.page.getByRole('link', { name: 'After a deployment' }).waitFor();
      await replaced(visitor);
      await visitor.page.getByRole('link', { name: 'After a deployment' }).click();
      await visitor.page.getByRole('tab', { name: 'Timeline' }).waitFor();
      expect(visitor.otherTrouble()).toEqual([]);
    });

    it('does not reload again for a part that is missing still, as while two versions are deployed side by side', async () => {
      const visitor = await stage().newcomer();
      await visitor.signIn(oliver, null);
      const { page } = visitor;
      let loaded = 0;
      page.on('request', (request) => request.isNavigationRequest() && (loaded += 1));
      await page.route('**/assets/organization-choice-*.js', (route) => route.fulfill({ status: 404 }));
      await page.goto('/customer-success');
      const status = page.getByRole('status').and(page.locator('[data-seen]'));
      await status.getByText('Tenure is not responding. Check your connection.').waitFor();
      expect(loaded).toBe(2);
    });
  });

  it('a page that breaks says so, and not that the connection does', async () => {
    const visitor = await stage().visitor(oliver, null);
    const { page, trouble } = visitor;
    await page.route('**/api/applications/*', (route) => route.fulfill({ json: {} }));
    await visitor.open('/customer-success/applications/0198c2f4-0000-7000-8000-000000000000');
    const alert = page.getByRole('alert');
    await alert.getByText('This page could not be shown.').waitFor();
    expect(await alert.getByText('Check your connection').count()).toBe(0);
    expect(trouble.splice(0)).not.toEqual([]);
  });

  describe('the choice of a language', () => {
    const choose = async (page: Page, language: string) => {
      await page.getByRole('button', { name: 'Ruth Allen' }).click();
      await page.getByRole('menuitemradio', { name: language }).click();
    };

    it('is not shown if it could not be stored, for e-mails would stay in the other language', async () => {
      const { page } = await stage().visitor(ruth);
      await page.route('**/api/me/language', (route) => route.abort('connectionreset'));
      await choose(page, 'Español');
      const status = page.getByRole('status').and(page.locator('[data-seen]'));
      await status.getByText('Tenure is not responding. Check your connection.').waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    });

    it('reloads the page if the texts are no longer there, and is shown then', async () => {
      const { page } = await stage().visitor(ruth);
      const texts = /\/assets\/es-.*\.js/;
      await page.route(texts, (route) => route.fulfill({ status: 404, json: {} }));
      const isRefused = page.waitForResponse(texts);
      await choose(page, 'Español');
      await isRefused;
      await page.unroute(texts);
      await page.locator('html[lang=es]').waitFor();
      await choose(page, 'English');
      await page.locator('html[lang=en]').waitFor();
    });
  });

  describe('a page whose code is asked for without a network', () => {
    it('says so in its place, and opens on a retry with a network', async () => {
      await stage().account(marc, { accountName: 'Not yet here' });
      // A new browser, because one that has shown an account has its code.
      const visitor = await stage().newcomer();
      await visitor.signIn(marc, '/account-management/active');
      const { page } = visitor;
      await page.getByRole('link', { name: 'Not yet here' }).waitFor();
      await visitor.context.setOffline(true);
      await page.getByRole('link', { name: 'Not yet here' }).click();
      await page.getByRole('alert').getByText('Tenure is not responding. Check your connection.').waitFor();
      await visitor.context.setOffline(false);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('tab', { name: 'Timeline' }).waitFor();
      expect(visitor.otherTrouble()).toEqual([]);
    });
  });

  describe('an address with impossible values', () => {
    it('is answered in the language of the person who opened it', async () => {
      await stage().account(sofia, { accountName: 'On the first page' });
      const { page } = await stage().visitor(sofia, '/account-management/active?cursor=none');
      await page.getByText('No se ha aceptado. Vuelve a cargar la página e inténtalo de nuevo.').waitFor();
      await page.getByRole('button', { name: 'Primera página' }).click();
      await page.getByRole('table').waitFor();
    });
  });

  describe('a session that ends', () => {
    it('leads to the sign-in and back to the page', async () => {
      const visitor = await stage().visitor(marc, null);
      await visitor.context.clearCookies();
      await visitor.openAndSignIn(marc, '/account-management/applications');
      expect(await visitor.arriveAt('Applications')).toBe('/account-management/applications');
    });

    it('by signing out in one window ends in the others too; all of them show nothing more, even before the provider’s page, and do not sign in automatically', async () => {
      const visitor = await stage().visitor(marc);
      const other = await Visitor.at(visitor.context);
      await other.open('/account-management/new');
      const name = other.page.getByLabel(say.accountName, { exact: true });
      await name.fill('Typed in another window');
      // The page stays where it is, as while the provider does not answer.
      await visitor.page.route('**/session/end?*', (route) => route.fulfill({ status: 204 }));
      await visitor.page.getByRole('button', { name: 'Marc Ribas' }).click();
      await visitor.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
      await visitor.arriveAt('You are signed out');
      await other.arriveAt('You are signed out');
      expect(await name.count()).toBe(0);
      expect((await visitor.context.request.get('/auth/session')).status()).toBe(401);

      await other.page.getByRole('button', { name: 'Sign in' }).click();
      await other.arriveAt('Create a new account');
      await name.waitFor();
      expect(await name.inputValue()).toBe('');
      await other.leave();
    });

    it('and begins again in another window is the session of this one too, even before live updates say so', async () => {
      const visitor = await stage().visitor(marc, null);
      const { page } = visitor;
      // As in a network that blocks them.
      await page.route('**/api/live', (route) => route.abort('connectionfailed'));
      await visitor.open('/account-management/new');
      await complete(visitor, 'Sent after a sign-in elsewhere');
      const other = await Visitor.at(visitor.context);
      await other.openAndSignIn(marc, '/auth/sign-in?again=yes&return=/');
      await page.getByRole('button', { name: say.createAccount }).click();
      await page.getByRole('main').getByText(say.sent).waitFor();
      expect(await sentOf('Sent after a sign-in elsewhere')).toBe(1);
      await other.leave();
    });

    it('adds no step to the history: going back leads to the previous page, never to the used page of the provider', async () => {
      const visitor = await stage().newcomer();
      const { page } = visitor;
      await page.goto('/icon.svg');
      await visitor.openAndSignIn(marc, '/account-management/expired');
      await visitor.arriveAt('Expired accounts');
      await page.getByRole('main').getByRole('link', { name: 'Applications' }).click();
      await visitor.arriveAt('Applications');
      // The rows of the next page; this page requests only their number.
      await visitor.losesSessionBefore(
        (request) => request.url().includes('zone=active') && !request.url().endsWith('limit=1'),
      );
      await page.getByRole('main').getByRole('link', { name: 'Active accounts' }).click();
      await page.getByRole('button', { name: marc }).click();
      await page.getByRole('banner').waitFor();
      const steps: string[] = [];
      for (let step = 0; step < 4; step += 1) {
        steps.push(new URL(page.url()).pathname);
        await page.goBack();
      }
      expect([...steps, new URL(page.url()).pathname]).toEqual([
        '/account-management/active',
        '/account-management/applications',
        '/account-management/expired',
        '/icon.svg',
        'blank',
      ]);
    });

    it('loses nothing that was typed: after the sign-in the form is as before and can be sent', async () => {
      const visitor = await stage().visitor(marc, '/account-management/new');
      const { page } = visitor;
      await complete(visitor, 'Torre Sur');
      await visitor.losesSessionBefore((request) => request.url().endsWith('/api/applications'));
      await page.getByRole('button', { name: say.createAccount }).click();
      await page.getByRole('button', { name: marc }).click();
      await page.getByText('Your draft is here as you left it.').waitFor();
      expect(await page.getByLabel(say.accountName, { exact: true }).inputValue()).toBe('Torre Sur');
      await shows(visitor, say.license, /^Plus/);
      await shows(visitor, say.sector, /^Hotel/);
      await page.getByRole('button', { name: say.createAccount }).click();
      await page.getByRole('main').getByText(say.sent).waitFor();
      expect(await sentOf('Torre Sur')).toBe(1);
    });

    it('between an answer that was lost and the repetition keeps the key: after the sign-in, the form gets its first answer', async () => {
      const visitor = await stage().visitor(marc, '/account-management/new');
      const { page } = visitor;
      await complete(visitor, 'Sent before the session ended');
      let isLost = false;
      const isSubmission = (request: Request) =>
        request.method() === 'POST' && request.url().endsWith('/api/applications');
      await visitor.losesSessionBefore((request) => isLost && isSubmission(request));
      await page.route('**/api/applications', async (route) => {
        if (isLost || !isSubmission(route.request())) return route.fallback();
        await route.fetch();
        isLost = true;
        return route.abort('connectionreset');
      });
      await page.getByRole('button', { name: say.createAccount }).click();
      await page.getByRole('button', { name: marc }).click();
      await page.getByText('Your draft is here as you left it.').waitFor();
      await page.getByRole('button', { name: say.createAccount }).click();
      await page.getByRole('main').getByText(say.sent).waitFor();
      expect(await sentOf('Sent before the session ended')).toBe(1);
    });
  });

  describe('a setting, when the session ends', () => {
    /** Ends the session before what was typed is saved, and signs in again. */
    async function savedTooLate(visitor: Visitor, form: Locator, save = 'Save'): Promise<void> {
      await visitor.losesSessionBefore((request) => request.method() !== 'GET');
      await form.getByRole('button', { name: save }).click();
      await visitor.page.getByRole('button', { name: marc }).click();
    }
    const settings = '/account-management/settings';
    const restored = 'Your draft is here as you left it.';

    it('keeps what was typed until it is saved or discarded: the fallback address', async () => {
      const visitor = await stage().visitor(marc, `${settings}/addresses`);
      const { page } = visitor;
      const form = page.getByRole('region', { name: 'Fallback address' });
      const address = form.getByLabel('E-mail address');
      await address.waitFor();
      const before = await address.inputValue();
      await address.fill('typed@solar-partner.example');
      await savedTooLate(visitor, form);
      await form.getByText(restored).waitFor();
      expect(await address.inputValue()).toBe('typed@solar-partner.example');
      await form.getByRole('button', { name: 'Save' }).click();
      await visitor.hears('Fallback address saved.');
      await form.getByText(restored).waitFor({ state: 'detached' });
      await page.reload();
      await address.waitFor();
      expect([await address.inputValue(), await form.getByText(restored).count()]).toEqual([
        'typed@solar-partner.example',
        0,
      ]);
      await address.fill(before);
      await form.getByRole('button', { name: 'Save' }).click();
      await visitor.hears('Fallback address saved.');
    });

    it('keeps what was chosen until it is saved or discarded: the notices', async () => {
      const visitor = await stage().visitor(marc, `${settings}/notices`);
      const { page } = visitor;
      const reminders = page.getByRole('checkbox', { name: 'Reminders' });
      await reminders.uncheck();
      await savedTooLate(visitor, page.getByRole('main'));
      await page.getByText(restored).waitFor();
      expect(await reminders.isChecked()).toBe(false);
      await page.getByRole('button', { name: 'Discard draft' }).click();
      expect(await reminders.isChecked()).toBe(true);
    });

    it('keeps what was typed until it is saved or discarded: a new domain, its sender, and the logo', async () => {
      const visitor = await stage().visitor(marc, `${settings}/email-domains`);
      const { page } = visitor;
      const main = page.getByRole('main');
      const domain = page.getByLabel('Domain', { exact: true });
      const logo = page.getByRole('region', { name: 'Logo' });
      const picture = logo.getByLabel('Image address');
      await domain.fill('typed.solar-partner.example');
      await picture.fill('https://solar-partner.example/typed.png');
      await savedTooLate(visitor, main, 'Add the domain');
      await main.getByText(restored).nth(1).waitFor();
      expect(await picture.inputValue()).toBe('https://solar-partner.example/typed.png');
      await main.getByRole('button', { name: 'Discard draft: Logo' }).click();
      expect(await picture.inputValue()).not.toContain('typed');
      expect(await domain.inputValue()).toBe('typed.solar-partner.example');
      await page.getByRole('button', { name: 'Add the domain' }).click();

      const change = page.getByRole('button', { name: 'Change the sender of typed.solar-partner.example' });
      const dialog = page.getByRole('dialog');
      const sender = dialog.getByLabel('Name before the @');
      await change.click();
      const before = await sender.inputValue();
      await sender.fill('typed');
      await savedTooLate(visitor, dialog);
      await change.click();
      await dialog.getByText(restored).waitFor();
      expect(await sender.inputValue()).toBe('typed');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      await change.click();
      expect(await sender.inputValue()).toBe(before);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect([await domain.inputValue(), await main.getByText(restored).count()]).toEqual(['', 0]);
      await page.getByRole('button', { name: 'Delete typed.solar-partner.example' }).click();
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await change.waitFor({ state: 'detached' });
    });
  });

  describe('a reload in the middle of a form', () => {
    it('asks again for a time zone that was not chosen yet, and says why a number of RTC lines is not allowed', async () => {
      const visitor = await stage().visitor(marc, '/account-management/new');
      const { page } = visitor;
      await page.getByLabel('RTC lines', { exact: true }).fill('2');
      await page.getByRole('button', { name: 'Change country and time zone' }).click();
      await page.getByLabel('Country', { exact: true }).selectOption('PT');
      await page.getByText('Only available in Spain.').waitFor();
      await page.reload();
      await page.getByText('Your draft is here as you left it.').waitFor();
      await shows(visitor, 'Country', /^Portugal$/);
      await page.getByLabel('Time zone', { exact: true }).selectOption('Atlantic/Azores');
      expect(await page.getByLabel('Time zone', { exact: true }).inputValue()).toBe('Atlantic/Azores');
      await page.getByRole('button', { name: 'Discard draft' }).click();
    });
  });

  describe('live updates that are cut off', () => {
    it('are shown as paused and as resumed, in a window and on a phone without moving the page, and then the missed changes appear', async () => {
      await stage().applied(grace, { accountName: 'Sent before' });
      // An installed clock stays in its page.
      const visitor = await stage().newcomer();
      const { page } = visitor;
      await visitor.signIn(grace);
      await page.clock.install();
      await page.route('**/api/live', (route) => route.abort('connectionfailed'));
      await page.goto('/account-management/applications');
      await page.getByText('Sent before').waitFor();
      const places = async () => {
        const of = [];
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 800 });
          of.push(await page.getByText('Sent before').boundingBox());
        }
        return of;
      };
      const before = await places();
      await page.clock.fastForward(10_500);
      const paused = page.getByText('Live updates paused');
      await paused.waitFor();
      expect(await places()).toEqual(before);
      await stage().applied(grace, { accountName: 'Sent meanwhile' });
      expect(await page.getByText('Sent meanwhile').count()).toBe(0);
      await page.unroute('**/api/live');
      await visitor.hears('Live updates are back.');
      await paused.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Show' }).click();
      await page.getByText('Sent meanwhile').waitFor();
    });
  });
}
