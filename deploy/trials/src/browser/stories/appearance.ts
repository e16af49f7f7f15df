import type { PolicyView } from '@tenure/contracts';
import type { Locator, Page } from 'playwright-core';
import { organizationNamed } from '../../screenshots/paths.js';
import { grace, marc, oliver } from '../people.js';
import { isQuiet, untilQuiet, untilUnchanged } from '../quiet.js';
import type { BrowserStage } from '../stage.js';
import { tryAgain } from '../try-again.js';

const styleOf = (locator: Locator, property: string) =>
  locator.first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

/** Runs in the page. */
function untilDrawn(): Promise<void> {
  return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())));
}

/** Runs in the page. @returns the controls that move from now on, by more than a pointer would miss them */
function recordMoves(): string[] {
  const atMost = 8;
  const moves: string[] = [];
  const places = new Map<Element, DOMRect>();
  const look = () => {
    // However slow the machine is, nothing is shown because it was waited for too long.
    for (const animation of document.getAnimations()) animation.pause();
    for (const control of document.querySelectorAll('a, button, input, select, textarea')) {
      if (!control.checkVisibility({ visibilityProperty: true })) {
        places.delete(control);
        continue;
      }
      const place = control.getBoundingClientRect();
      const before = places.get(control);
      const by = before && before.width > 0 ? [place.x - before.x, place.y - before.y].map(Math.round) : [];
      if (before && before.top < innerHeight && by.some((pixels) => Math.abs(pixels) > atMost))
        moves.push(`${control.getAttribute('aria-label') ?? (control.textContent || control.id)} by ${by.join()}`);
      places.set(control, place);
    }
    requestAnimationFrame(look);
  };
  look();
  return moves;
}

/** What lines and colors convey, and what remains of it with the system's colors and on paper. */
export function storiesOfAppearance(stage: () => BrowserStage): void {
  describe('the appearance', () => {
    let accountId: string;
    let renewal: string;
    beforeAll(async () => {
      accountId = await stage().account(grace, { accountName: 'Looked at' });
      await stage().uses(accountId, 40);
      renewal = await stage().appliedFor(grace, { accountId, type: 'renew_subscription', months: 12 });
    });
    afterAll(() => stage().rejected(renewal, 'Only looked at.'));

    it('a badge without urgency is plain, and licenses to choose from are cards', async () => {
      const visitor = await stage().visitor(grace, `/account-management/accounts/${accountId}`);
      const { page } = visitor;
      const badge = page.locator('.mantine-Badge-root', { hasText: 'days left' });
      await badge.waitFor();
      const quiet = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('div'));
        probe.style.background = 'var(--tenure-quiet)';
        const { backgroundColor } = getComputedStyle(probe);
        probe.remove();
        return backgroundColor;
      });
      expect(await styleOf(badge, 'background-color')).toBe(quiet);
      await visitor.goOn(`/account-management/accounts/${accountId}/license`);
      const card = page.getByRole('radio', { name: 'Enterprise' });
      await card.waitFor();
      expect(await styleOf(card, 'border-top-width')).toBe('1px');
    });

    it.each([
      {
        what: 'the tabs of a section',
        arrives: 'the number of entries',
        signIn: grace,
        path: () => '/account-management/active',
        late: '**/api/*?*limit=1',
        pressed: (page: Page) => page.getByRole('main').getByRole('link', { name: 'Applications' }),
        shown: (page: Page) => page.getByRole('link', { name: /^Expired accounts \d/ }),
      },
      {
        what: 'the tabs of an account',
        arrives: 'the time of its clock',
        signIn: grace,
        path: () => `/account-management/accounts/${accountId}?show=recipients`,
        late: '**/api/accounts/*/timeline',
        pressed: (page: Page) => page.getByRole('tab', { name: 'E-mails' }),
        shown: (page: Page) => page.getByText(/^[A-Z][a-z]{2} \d+, \d{4}, \d\d:\d\d$/),
      },
      {
        what: 'the filters of the queue',
        arrives: 'the choice of an organization',
        signIn: oliver,
        path: () => '/customer-success',
        late: '**/assets/organization-choice-*.js',
        pressed: (page: Page) => page.getByLabel('Checks failing'),
        shown: (page: Page) => page.getByRole('combobox', { name: 'Organization' }),
      },
    ])(
      '$what do not move when $arrives arrives, so that no click is lost',
      async ({ signIn, path, late, pressed, shown }) => {
        const { page } = await stage().visitor(signIn, null);
        const answer = Promise.withResolvers<void>();
        await page.route(late, (route) => answer.promise.then(() => route.fallback()));
        await page.goto(path());
        await pressed(page).waitFor();
        expect(await shown(page).count()).toBe(0);
        const before = await pressed(page).boundingBox();
        answer.resolve();
        await shown(page).waitFor();
        expect(await pressed(page).boundingBox()).toEqual(before);
      },
    );

    it.each<[string, string, () => string | Promise<string>]>([
      ['the main screen', grace, () => '/'],
      ['the list of active accounts', grace, () => '/account-management/active'],
      ['the list of applications', grace, () => '/account-management/applications?which=decided'],
      ['an account', grace, () => `/account-management/accounts/${accountId}`],
      [
        "the list of an account's applications",
        grace,
        () => `/account-management/accounts/${accountId}?show=applications`,
      ],
      ["the list of an account's recipients", grace, () => `/account-management/accounts/${accountId}?show=recipients`],
      ['the form of a new account', grace, () => '/account-management/new'],
      ['the form of datapoints', grace, () => `/account-management/accounts/${accountId}/datapoints`],
      [
        'the form of datapoints after a rejection',
        grace,
        async () => {
          const rejected = await stage().account(grace, { accountName: 'Rejected before' });
          const change = { type: 'change_datapoints', accountId: rejected, datapoints: 150 } as const;
          await stage().rejected(await stage().appliedFor(grace, change), 'Too many.');
          return `/account-management/accounts/${rejected}/datapoints`;
        },
      ],
      ['the form of a license', grace, () => `/account-management/accounts/${accountId}/license`],
      [
        'what is shown instead of the form of a pending renewal',
        grace,
        () => `/account-management/accounts/${accountId}/renewal`,
      ],
      ['an application', grace, () => `/account-management/applications/${renewal}`],
      ['the page of e-mail domains', grace, () => '/account-management/settings/email-domains'],
      ['the page of addresses', grace, () => '/account-management/settings/addresses'],
      ['the queue', oliver, () => '/customer-success'],
      ['a decision', oliver, () => `/customer-success/applications/${renewal}`],
      ['the list of all accounts', oliver, () => '/customer-success/accounts'],
      ['an organization', oliver, async () => organizationNamed('Grid Partner')(await stage().person(oliver))],
    ])('while %s loads, no control moves, even if the first request is answered last', async (_, signIn, path) => {
      const { page } = await stage().visitor(signIn, null);
      const waiting: string[] = [];
      // Routes of Playwright turn the browser's cache off, and then loading the code takes most of the time.
      const browser = await page.context().newCDPSession(page);
      const answered = (requestId: string) => browser.send('Fetch.continueRequest', { requestId });
      browser.on('Fetch.requestPaused', ({ requestId, request }) => {
        if (request.url.endsWith('/api/live')) void answered(requestId);
        else waiting.push(requestId);
      });
      await browser.send('Fetch.enable', { patterns: [{ urlPattern: '*/api/*', requestStage: 'Response' }] });
      await page.goto(await path());
      const moved = await page.evaluateHandle(recordMoves);
      let wave: string[];
      do {
        await page.evaluate(untilUnchanged);
        wave = waiting.splice(0).toReversed();
        for (const requestId of wave) {
          await answered(requestId);
          await page.evaluate(untilDrawn);
        }
      } while (wave.length > 0 || !(await isQuiet(page)));
      const moves = await moved.jsonValue();
      await browser.detach();
      expect(moves).toEqual([]);
    });

    it('rows that could not be refetched stay in their places, and the line above them says so', async () => {
      const { page } = await stage().visitor(grace, '/account-management/active?text=looked');
      const row = page.getByRole('link', { name: 'Looked at' });
      const before = await row.boundingBox();
      await page.route('**/api/accounts?*', (route) => route.abort());
      const applicationId = await stage().appliedFor(grace, { accountId, type: 'change_datapoints', datapoints: 150 });
      const line = page.getByRole('alert').filter({ hasText: 'Tenure is not responding.' });
      await line.waitFor();
      expect(await row.boundingBox()).toEqual(before);
      await tryAgain(page, '**/api/accounts?*');
      await line.waitFor({ state: 'detached' });
      await stage().rejected(applicationId, 'Only looked at.');
    });

    it('the names on the main screen stay in their places while they cannot be refetched, and a line below says so', async () => {
      const { page } = await stage().visitor(marc);
      await stage().account(marc, { accountName: 'Stays in its place' });
      const name = page.getByText('Stays in its place');
      await name.waitFor();
      const before = await name.boundingBox();
      await page.route('**/api/accounts/names*', (route) => route.abort());
      await stage().account(marc, { accountName: 'Not to be seen yet' });
      const line = page.getByRole('alert').filter({ hasText: 'Tenure is not responding.' });
      await line.waitFor();
      expect(await name.boundingBox()).toEqual(before);
      await tryAgain(page, '**/api/accounts/names*');
      await page.getByText('Not to be seen yet').waitFor();
      await line.waitFor({ state: 'detached' });
    });

    it('an account that is added while the main screen is shown comes last there', async () => {
      const { page } = await stage().visitor(marc);
      const names = page.getByRole('region').getByRole('listitem');
      const shown = async () => (await names.allTextContents()).map((name) => name.trim());
      await stage().account(marc, { accountName: 'B is there' });
      await page.getByText('B is there').waitFor();
      const before = await shown();
      await stage().account(marc, { accountName: 'A is added' });
      await page.getByText('A is added').waitFor();
      expect(await shown()).toEqual([...before, 'A is added']);
    });

    it('a select keeps the focus when its options arrive', async () => {
      const { page } = await stage().visitor(grace, null);
      const catalog = Promise.withResolvers<void>();
      await page.route('**/api/{licenses,sectors}', (route) => catalog.promise.then(() => route.fallback()));
      await page.goto('/account-management/new');
      const license = page.getByLabel('License', { exact: true });
      await license.focus();
      catalog.resolve();
      await license.getByRole('option', { name: /^Plus/ }).waitFor({ state: 'attached' });
      await license.and(page.locator(':focus')).waitFor();
    });

    it('the code of the page is fetched while the session is', async () => {
      const { page } = await stage().visitor(oliver, null);
      const session = Promise.withResolvers<void>();
      await page.route('**/auth/session', (route) => session.promise.then(() => route.fallback()));
      const code = page.waitForResponse('**/assets/queue-page-*.js');
      await page.goto('/customer-success');
      await code;
      session.resolve();
      await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor();
    });

    it('the names of licenses and sectors are fetched while the code of the page that shows them loads', async () => {
      const { page } = await stage().visitor(oliver, null);
      const code = Promise.withResolvers<void>();
      await page.route('**/assets/decision-page-*.js', (route) => code.promise.then(() => route.fallback()));
      const names = ['/api/licenses', '/api/sectors'].map((path) =>
        page.waitForResponse((response) => response.url().endsWith(path)),
      );
      await page.goto(`/customer-success/applications/${renewal}`);
      await Promise.all(names);
      code.resolve();
      await page.getByText('Renew Looked at until').waitFor();
    });

    it('with reduced motion, all colors change at once', async () => {
      const { page } = await stage().visitor(grace, '/account-management/active?text=looked');
      await page.getByRole('row').filter({ hasText: 'Looked at' }).waitFor();
      const onTheirWay = await page.evaluateHandle(() => {
        const properties = new Set<string>();
        document.addEventListener('transitionrun', ({ propertyName }) => properties.add(propertyName));
        return properties;
      });
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.locator('[data-mantine-color-scheme=dark]').waitFor();
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      expect(await onTheirWay.evaluate((properties) => [...properties])).toEqual([]);
    });

    it("with the system's colors, the selected page, tab and entry and the usage bar can still be distinguished", async () => {
      const visitor = await stage().visitor(grace, '/account-management/active');
      const { page } = visitor;
      await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
      const zones = page.getByRole('navigation', { name: 'Account management' });
      const line = 'border-bottom-color';
      const otherZone = await styleOf(zones.getByRole('link', { name: 'Applications' }), line);
      expect(await styleOf(zones.getByRole('link', { name: 'Active accounts' }), line)).not.toBe(otherZone);
      await page.keyboard.press('Control+k');
      const options = page.getByRole('dialog').getByRole('option');
      await options.first().and(page.locator('[data-combobox-selected]')).waitFor();
      expect([await styleOf(options, 'outline-style'), await styleOf(options.nth(1), 'outline-style')]).toEqual([
        'solid',
        'none',
      ]);
      await visitor.goOn(`/account-management/accounts/${accountId}`);
      await page.getByRole('tab', { name: 'Timeline' }).waitFor();
      const otherPart = await styleOf(page.getByRole('tab', { name: 'Audit' }), line);
      expect(await styleOf(page.getByRole('tab', { name: 'Timeline' }), line)).not.toBe(otherPart);
      const bar = page.locator('.mantine-Progress-root');
      expect(await styleOf(bar.locator('.mantine-Progress-section'), 'background-color')).not.toBe(
        await styleOf(bar, 'background-color'),
      );
    });

    it.each(['/customer-success', '/customer-success/decided'])(
      'the list at %s fits the width of a printed sheet',
      async (path) => {
        const { page } = await stage().visitor(oliver, path);
        await untilQuiet(page);
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize({ width: 720, height: 1_000 });
        const { width } = (await page.getByRole('table').boundingBox())!;
        expect(width).toBeLessThanOrEqual(720);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wider).toBe(0);
      },
    );

    it('an account and a pending application are printed without controls', async () => {
      const applicationId = await stage().appliedFor(grace, { accountId, type: 'change_datapoints', datapoints: 150 });
      const partner = await stage().visitor(grace, `/account-management/accounts/${accountId}`);
      await partner.page.getByText('One month before').waitFor();
      await partner.page.emulateMedia({ media: 'print' });
      const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      await page.getByText('Set Looked at to 150 datapoints').waitFor();
      await page.getByRole('region', { name: "The account's history" }).getByText('Plus').first().waitFor();
      await page.emulateMedia({ media: 'print' });
      for (const printed of [partner.page, page]) {
        await printed.getByText('Looked at').first().waitFor();
        const toClick = printed.locator('button:not([aria-selected=true]), input, select, textarea, nav a, header a');
        expect(await toClick.filter({ visible: true }).count()).toBe(0);
      }
      await stage().rejected(applicationId, 'Only looked at.');
    });
  });

  it('the progress of changed reminders is in view below their button, and moves nothing', async () => {
    const { page } = await stage().visitor(grace, '/account-management/settings/reminders');
    const height = 640;
    await page.setViewportSize({ width: 1280, height });
    let policy = (await (await page.request.get('/api/reminder-policy')).json()) as PolicyView;
    const version = policy.version + 1;
    const change = { version, state: 'applying', total: 40, lookedAt: 10, moved: 10, endedAt: null };
    await page.route('**/api/reminder-policy', (route) => {
      if (route.request().method() === 'POST')
        policy = { ...policy, version, localTime: '09:15', change: change as PolicyView['change'] };
      return route.fulfill({ json: policy });
    });
    const apply = page.getByRole('button', { name: 'Apply', exact: true });
    const place = () => apply.evaluate((element) => element.getBoundingClientRect().y + scrollY);
    await page.getByLabel('Minutes').selectOption('15');
    await untilQuiet(page);
    const before = await place();
    await apply.click();
    const progress = page.getByRole('region', { name: 'Accounts with these reminders' });
    await progress.waitFor();
    await page.evaluate(untilUnchanged);
    expect(await place()).toBe(before);
    const { y, height: itsHeight } = (await progress.boundingBox())!;
    // A page scrolls by whole pixels.
    expect(Math.floor(y + itsHeight)).toBeLessThanOrEqual(height);
  });
}
