import { listApplications } from '@tenure/contracts';
import type { Page, Route } from 'playwright-core';
import { moveClock } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { grace, lena, oliver } from '../people.js';
import { untilQuiet } from '../quiet.js';
import type { BrowserStage } from '../stage.js';
import { tryAgain } from '../try-again.js';

/** The queue of Customer Success. */
export function storiesOfTheQueue(stage: () => BrowserStage): void {
  describe('the queue', () => {
    it('is printed in light colors, without controls', async () => {
      const { page } = await stage().visitor(oliver, '/customer-success');
      await page.emulateMedia({ colorScheme: 'dark' });
      const color = () => page.getByRole('main').evaluate((main) => getComputedStyle(main).color);
      // The page changes its colors only when it is notified.
      const turns = async (wished: string) => expect(await until(color, (now) => now === wished)).toBe(wished);
      await turns('rgb(233, 236, 239)');
      await page.emulateMedia({ media: 'print' });
      await turns('rgb(0, 0, 0)');
      await page.getByRole('banner').waitFor({ state: 'hidden' });
      await page.emulateMedia({ media: 'screen' });
      await turns('rgb(233, 236, 239)');
    });

    it('has rows that stay where they are when the checks mark them as overdue, so that nobody opens another one', async () => {
      const pending: string[] = [];
      for (const accountName of ['Overdue first', 'Overdue last']) {
        const accountId = await stage().account(grace, { accountName });
        pending.push(await stage().appliedFor(grace, { type: 'change_datapoints', accountId, datapoints: 150 }));
      }
      const visitor = await stage().visitor(oliver, null);
      const { page } = visitor;
      const threeDaysAgo = new Date(Date.now() - 3 * 24 * 60 * 60_000).toISOString();
      const checked = Promise.withResolvers<void>();
      const changed = async (route: Route, change: object) => {
        const response = await route.fetch();
        const { items, ...answer } = (await response.json()) as { items: object[] };
        await route.fulfill({ response, json: { ...answer, items: items.map((item) => ({ ...item, ...change })) } });
      };
      await page.route('**/api/applications?status=pending*', (route) => changed(route, { submittedAt: threeDaysAgo }));
      await page.route('**/api/applications/checks?*', (route) =>
        checked.promise.then(() => changed(route, { remindAt: threeDaysAgo })),
      );
      await visitor.open('/customer-success?text=overdue');
      const last = page.getByRole('row').filter({ hasText: 'Overdue last' });
      await last.getByRole('link', { name: 'Datapoints, Overdue last' }).waitFor();
      const boxes: unknown[] = [];
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 800 });
        boxes.push(await last.boundingBox());
      }
      checked.resolve();
      await last.getByText('Over 2 working days').waitFor();
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await last.boundingBox()).toEqual(boxes.pop());
      }
      for (const applicationId of pending) await stage().approved(applicationId);
    });

    it('follows the accounts that its applications are about, and refetches nothing when others change', async () => {
      const other = await stage().account(grace, { accountName: 'Decreased by nobody' });
      const accountId = await stage().account(grace, { accountName: 'Decreased soon' });
      const applicationId = await stage().appliedFor(grace, { type: 'change_datapoints', accountId, datapoints: 60 });
      const { page } = await stage().visitor(oliver, null);
      const live = page.waitForResponse('**/api/live');
      await page.goto('/customer-success?text=decreased');
      await live;
      const row = page.getByRole('row').filter({ hasText: 'Decreased soon' });
      await row.getByText('✓').waitFor();
      await untilQuiet(page);
      // Reports on the e-mails of earlier applications refetch other things.
      const refetched = requestsUnder(page, '/api/applications');
      await stage().uses(other, 70);
      await stage().uses(accountId, 70);
      await row.getByText('✗').waitFor();
      const untilThen = [...refetched];
      await stage().rejected(applicationId, 'More are in use.');
      expect(untilThen).toEqual(['/api/applications/checks']);
    });

    it('has organizations whose page refetches only what shows use while devices change it', async () => {
      const accountId = await stage().account(grace, { accountName: 'Used by devices' });
      const { page } = await stage().visitor(oliver, null);
      const live = page.waitForResponse('**/api/live');
      await page.goto('/customer-success/organizations?text=grid');
      await live;
      await page.getByRole('link', { name: 'Grid Partner', exact: true }).click();
      await page.getByRole('table', { name: 'Audit' }).waitFor();
      await untilQuiet(page);
      // Reports on earlier e-mails refetch the marked addresses, and what earlier stories did the lists of accounts.
      const refetched = requestsUnder(page, '/api/organizations', '/api/applications');
      const isRefetched = page.waitForResponse('**/api/organizations/*');
      await stage().uses(accountId, 30);
      await isRefetched;
      await stage().uses(accountId, 20);
      await untilQuiet(page);
      const organization = new URL(page.url()).pathname.replace('/customer-success', '/api');
      refetched.delete(`${organization}/marked-addresses`);
      expect([...refetched]).toEqual([organization]);
    });

    it('has organizations whose page shows ten marked addresses at a time, and the same ones after a look at one', async () => {
      const items = Array.from({ length: 12 }, (_, index) => ({
        address: `closed-${index + 1}@grid-partner.example`,
        why: 'bounced',
        words: null,
        markedAt: '2026-11-20T08:00:04.000Z',
        deliveryId: '',
      }));
      const visitor = await stage().visitor(oliver, null);
      const { page } = visitor;
      await page.route('**/api/organizations/*/marked-addresses', (route) => route.fulfill({ json: { items } }));
      await visitor.open('/customer-success/organizations?text=grid');
      await page.getByRole('link', { name: 'Grid Partner', exact: true }).click();
      const marks = page.getByRole('region', { name: 'Addresses' });
      const first = marks.getByRole('rowheader', { name: 'closed-1@grid-partner.example' });
      const last = marks.getByRole('rowheader', { name: 'closed-12@grid-partner.example' });
      await first.waitFor();
      expect(await marks.getByRole('rowheader').count()).toBe(10);
      await marks.getByRole('button', { name: 'Next page' }).click();
      await last.waitFor();
      expect(await marks.getByRole('rowheader').count()).toBe(2);
      await marks.getByRole('button', { name: 'E-mails: closed-12@grid-partner.example' }).click();
      await page.getByText('Not marked').waitFor();
      await page.goBack();
      await last.waitFor();
      await marks.getByRole('button', { name: 'Previous page' }).click();
      await first.waitFor();
    });

    it('says that the checks could not be loaded instead of claiming that none fails', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'Not checked' });
      const visitor = await stage().visitor(oliver, null);
      const { page } = visitor;
      const checks = '**/api/applications/checks?*';
      const withoutChecks = page.getByText("Today's checks could not be loaded.");
      const fails = () => page.route(checks, (route) => route.abort('connectionreset'));
      await fails();
      await visitor.open('/customer-success?failing=yes&text=not+checked');
      await withoutChecks.waitFor();
      for (const claim of ['No matches.', '0 applications']) expect(await page.getByText(claim).count()).toBe(0);
      await tryAgain(page, checks);
      await page.getByText('No matches.').waitFor();
      expect(await withoutChecks.count()).toBe(0);

      // Where there are rows, it moves none of them.
      const held = Promise.withResolvers<void>();
      await page.route(checks, (route) => held.promise.then(() => route.abort('connectionreset')));
      await page.goto('/customer-success?text=not+checked');
      const row = page.getByRole('link', { name: 'New account, Not checked' });
      await row.waitFor();
      const place = await row.boundingBox();
      held.resolve();
      await withoutChecks.waitFor();
      expect(await row.boundingBox()).toEqual(place);
      await page.unroute(checks);

      await fails();
      await page.goto(`/customer-success/applications/${applicationId}`);
      await page.getByRole('region', { name: 'Decision' }).getByText("Today's checks could not be loaded.").waitFor();
      await tryAgain(page, checks);
      await page.getByText('Create Not checked, 100 datapoints').waitFor();
      await stage().approved(applicationId);
    });

    it('names the organization that it is filtered by, even when none of its applications wait', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'The last one' });
      const visitor = await stage().visitor(oliver, null);
      const { page } = visitor;
      const asked = requestsUnder(page, '/api/organizations');
      await visitor.open('/customer-success');
      const organization = page.getByRole('combobox', { name: 'Organization' });
      await organization.waitFor();
      await untilQuiet(page);
      expect([...asked]).toEqual([]);
      // Also an organization without an application among the oldest.
      await organization.fill('platform');
      await page.getByRole('option', { name: 'Platform Operations', exact: true }).waitFor();
      await organization.fill('grid');
      await page.getByRole('option', { name: 'Grid Partner', exact: true }).click();
      await page.getByRole('table').getByText('The last one').waitFor();
      await page.route('**/api/applications?status=pending*', (route) =>
        route.fulfill({ json: { items: [], next: null, count: 0 } }),
      );
      await page.reload();
      await page.getByText('No matches.').waitFor();
      expect(
        await until(
          () => organization.inputValue(),
          (shown) => shown === 'Grid Partner',
        ),
      ).toBe('Grid Partner');
      await stage().approved(applicationId);
    });

    it('is not the only place to look: the palette leads to an organization, whose figures are live links, and to the list of all applications, of which the page shows the latest; going back from a member’s e-mails leads to the same page of members', async () => {
      const visitor = await stage().visitor(oliver);
      const { page } = visitor;
      await page.route('**/api/applications?*text=grid*', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...((await response.json()) as object), count: 1_250 } });
      });
      // One page of each.
      await page.route('**/api/organizations/*/members?limit=10*', (route) =>
        route.continue({ url: route.request().url().replace('limit=10', 'limit=1') }),
      );
      const applicationId = await stage().applied(grace, { accountName: 'Grid of many' });
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('grid');
      await page.getByRole('option', { name: 'Grid Partner', exact: true }).click();
      await visitor.arriveAt('Grid Partner');
      // What is still loading would move the buttons.
      await untilQuiet(page);
      const members = page.getByRole('region', { name: 'Members' });
      await members.getByRole('button', { name: 'Next page' }).click();
      await members.getByRole('button', { name: 'Previous page' }).waitFor();
      await members.getByRole('button', { name: /^E-mails: / }).click();
      await visitor.arriveAt('E-mails');
      await page.goBack();
      // The first page has no previous one.
      await members.getByRole('button', { name: 'Previous page' }).waitFor();
      const pending = page.getByRole('link', { name: /^Pending applications: \d/ });
      const before = Number(await pending.textContent());
      const another = await stage().applied(grace, { accountName: 'One more' });
      expect(
        await until(
          () => pending.textContent(),
          (now) => now === String(before + 1),
        ),
      ).toBe(String(before + 1));
      await pending.click();
      await visitor.arriveAt('Queue');
      await page.getByText(`${before + 1} applications`).waitFor();
      await stage().approved(another);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('grid');
      await page.getByRole('option', { name: 'Pending applications 1,250 applications' }).waitFor();
      await page.getByRole('option', { name: 'Decided applications 1,250 applications' }).click();
      await page.waitForURL('**/customer-success/decided?text=grid');
      await stage().approved(applicationId);
    });

    it('can show only applications that fail their checks today, such as fewer datapoints than are in use by now, at their own address', async () => {
      const accountId = await stage().account(grace, { accountName: 'Outgrown', datapoints: 500 });
      const failing = await stage().appliedFor(grace, { type: 'change_datapoints', accountId, datapoints: 300 });
      const fine = await stage().applied(grace, { accountName: 'Fits as it is' });
      await stage().uses(accountId, 400);
      const visitor = await stage().visitor(oliver, '/customer-success');
      const { page } = visitor;
      const queue = page.getByRole('table');
      await queue.getByText('Fits as it is').waitFor();
      await page.getByLabel('Checks failing').check();
      await queue.getByText('Fits as it is').waitFor({ state: 'detached' });
      await queue.getByText('Outgrown').waitFor();
      expect(new URL(page.url()).searchParams.get('failing')).toBe('yes');
      await page.reload();
      await queue.getByText('Outgrown').waitFor();
      expect(await queue.getByText('Fits as it is').count()).toBe(0);

      await visitor.goOn('/customer-success');
      await queue.getByText('Outgrown').waitFor();
      await page.getByLabel('Search by account or customer').fill('fits');
      await queue.getByText('Outgrown').waitFor({ state: 'detached' });
      await queue.getByText('Fits as it is').waitFor();
      expect(new URL(page.url()).searchParams.get('text')).toBe('fits');

      await stage().uses(accountId, 300);
      for (const applicationId of [failing, fine]) await stage().approved(applicationId);
    });

    it('can be downloaded as CSV as it is filtered, unless by its checks; so can the organizations', async () => {
      const accountId = await stage().account(grace, { accountName: 'Late by its clock', datapoints: 500 });
      const late = await stage().appliedFor(grace, { type: 'change_datapoints', accountId, datapoints: 600 });
      given(await moveClock(await stage().person(grace), accountId, { days: 7 }));
      const fresh = await stage().applied(grace, { accountName: 'Sent just now' });
      const visitor = await stage().visitor(oliver, '/customer-success');
      const { page } = visitor;
      const queue = page.getByRole('table');
      const csv = page.getByRole('link', { name: 'Download as CSV' });
      const file = async () => (await page.request.get((await csv.getAttribute('href'))!)).text();
      await queue.getByText('Sent just now').waitFor();
      for (const name of ['Late by its clock', 'Sent just now']) expect(await file()).toContain(name);
      await page.getByLabel('Overdue').check();
      await queue.getByText('Sent just now').waitFor({ state: 'detached' });
      await queue.getByText('Late by its clock').waitFor();
      expect(await file()).toContain('Late by its clock');
      expect(await file()).not.toContain('Sent just now');
      await page.getByLabel('Checks failing').check();
      await page.getByText('No matches.').waitFor();
      expect(await csv.count()).toBe(0);

      await visitor.goOn('/customer-success/organizations?text=grid');
      await queue.getByText('Grid Partner').waitFor();
      expect(await file()).toMatch(/^organizationId,organization,.*\r\n[^\r]*,Grid Partner,US,\d+,\d+\r\n$/);
      for (const applicationId of [late, fresh]) await stage().approved(applicationId);
    });

    it('steps through the filtered applications and back to them; deciding the last one leads back to the filtered list', async () => {
      const applied = (accountName: string) => stage().applied(grace, { accountName });
      await applied('Narrow first');
      const other = await applied('Of another name');
      const last = await applied('Narrow last');
      const visitor = await stage().visitor(oliver, '/customer-success?text=narrow&type=new_account');
      const { page } = visitor;
      const narrowed = () => Object.fromEntries(new URL(page.url()).searchParams);
      const asked = { text: 'narrow', type: 'new_account' };
      await page.getByRole('link', { name: 'New account, Narrow first' }).waitFor();
      // The tab shows how many wait, whatever the filter.
      const waiting = async () => {
        const { count } = given(
          await (await stage().person(oliver)).get('/applications?status=pending&limit=1', listApplications.answer),
        );
        await page
          .getByRole('navigation')
          .getByRole('link', { name: `Queue ${count}`, exact: true })
          .waitFor();
        return count;
      };
      const before = await waiting();
      // From the queue, the next one is the first.
      await page.keyboard.press('j');
      await visitor.arriveAt('New account: Narrow first');
      expect(narrowed()).toEqual(asked);
      // A page's keys work once its content is there, which comes after its heading.
      await page.getByRole('link', { name: 'Next (1 of 2)' }).waitFor();
      await page.keyboard.press('j');
      await visitor.arriveAt('New account: Narrow last');
      await page.getByRole('link', { name: 'Next (2 of 2)' }).waitFor();
      await page.keyboard.press('k');
      await visitor.arriveAt('New account: Narrow first');
      const approve = page.getByRole('button', { name: 'Approve', exact: true });
      await approve.and(page.locator(':not([aria-disabled])')).waitFor();
      await approve.press('Enter');
      await page.getByRole('link', { name: 'Next (1 of 2)' }).and(page.locator(':focus')).waitFor();
      // A colleague decides the other one first.
      await stage().approved(last, lena);
      const back = page.getByRole('link', { name: 'Back to the queue' });
      await back.and(page.locator(':focus')).waitFor();
      expect(await page.getByRole('link', { name: 'Next' }).count()).toBe(0);
      await back.click();
      await page.getByText('No matches.').waitFor();
      expect(await waiting()).toBe(before - 2);
      expect(narrowed()).toEqual(asked);
      await stage().approved(other);
    });

    it('steps through the applications that fail their checks', async () => {
      const outgrown = async (accountName: string) => {
        const accountId = await stage().account(grace, { accountName, datapoints: 500 });
        const applicationId = await stage().appliedFor(grace, {
          type: 'change_datapoints',
          accountId,
          datapoints: 300,
        });
        await stage().uses(accountId, 400);
        return { accountId, applicationId };
      };
      const first = await outgrown('Outgrown first');
      const fine = await stage().applied(grace, { accountName: 'Fits between' });
      const last = await outgrown('Outgrown last');
      const visitor = await stage().visitor(oliver, '/customer-success?failing=yes');
      const { page } = visitor;
      await page.getByRole('link', { name: 'Datapoints, Outgrown first' }).click();
      await visitor.arriveAt('Datapoints: Outgrown first');
      await page.getByRole('link', { name: 'Next (1 of 2)' }).click();
      await visitor.arriveAt('Datapoints: Outgrown last');
      await page.getByRole('link', { name: 'Back to the queue' }).click();
      await page.getByRole('table').getByText('Outgrown last').waitFor();
      expect(await page.getByRole('table').getByText('Fits between').count()).toBe(0);

      for (const { accountId } of [first, last]) await stage().uses(accountId, 300);
      for (const applicationId of [first.applicationId, fine, last.applicationId])
        await stage().approved(applicationId);
    });

    it('the bar of a decision covers neither the focused element nor, in little space as at 400 %, the page', async () => {
      const accountId = await stage().account(grace, { accountName: 'Not covered' });
      const applicationId = await stage().appliedFor(grace, { type: 'change_datapoints', accountId, datapoints: 150 });
      const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      await page.getByText('Set Not covered to 150 datapoints').waitFor();
      // What is still loading would move the links.
      await untilQuiet(page);
      for (const [width, height] of [
        [1280, 600],
        [390, 667],
        [320, 256],
      ] as const) {
        await page.setViewportSize({ width, height });
        const links = await page.getByRole('main').getByRole('link').all();
        expect(links.length).toBeGreaterThan(2);
        for (const link of links) {
          await page.evaluate(() => window.scrollTo(0, 0));
          await link.focus();
          const covered = await link.evaluate((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return !element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
          });
          expect([width, await link.textContent(), covered]).toEqual([width, await link.textContent(), false]);
        }
      }
      // Without a reason, its field gets the focus, under the message. At the second time, that may be out of view.
      const reject = page.getByRole('button', { name: 'Reject', exact: true });
      const wrong = page.getByText('Enter a reason.');
      await reject.press('Enter');
      await wrong.waitFor();
      await reject.focus();
      await page
        .getByLabel('Reason', { exact: true })
        .evaluate((field) => window.scrollBy(0, field.getBoundingClientRect().top - 4));
      await page.keyboard.press('Enter');
      const { y, height } = (await wrong.boundingBox())!;
      expect([y >= 0, y + height <= 256]).toEqual([true, true]);
      await stage().approved(applicationId);
    });

    it('the buttons of a decision stay where they are when Next appears, so that nobody presses another one', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'Held still' });
      const other = await stage().applied(grace, { accountName: 'Held still next' });
      const { page } = await stage().visitor(oliver, null);
      const bar = page.getByRole('region', { name: 'Decision' });
      const buttons = ['Reject', 'Approve'].map((name) => bar.getByRole('button', { name, exact: true }));
      const next = bar.getByRole('link', { name: /^Next/ });
      for (const width of [1280, 900, 390]) {
        await page.setViewportSize({ width, height: 800 });
        const queue = Promise.withResolvers<void>();
        await page.route('**/api/applications?status=pending*', (route) => queue.promise.then(() => route.continue()));
        await page.goto(`/customer-success/applications/${applicationId}`);
        await buttons[1]!.and(page.locator(':not([aria-disabled])')).waitFor();
        const boxes = () => Promise.all(buttons.map((button) => button.boundingBox()));
        const before = await boxes();
        expect(await next.count()).toBe(0);
        queue.resolve();
        await next.waitFor();
        expect([width, await boxes()]).toEqual([width, before]);
        await page.unrouteAll();
      }
      for (const id of [applicationId, other]) await stage().approved(id);
    });

    it('on a phone the bar of a decision takes at most a fifth of the screen until a reason is started, and then shows what would be sent', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'On a phone' });
      const other = await stage().applied(grace, { accountName: 'On a phone next' });
      const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      await page.setViewportSize({ width: 390, height: 667 });
      const sentence = page.getByText('Create On a phone, 100 datapoints', { exact: false });
      await sentence.waitFor();
      // The page takes its narrow form, and gets what it still loads, only after that.
      await untilQuiet(page);
      const reason = page.getByLabel('Reason', { exact: true });
      const top = async (of: typeof reason) => (await of.boundingBox())!.y;
      const toTop = () => page.evaluate(() => window.scrollTo(0, 0));
      const covered = () =>
        reason.evaluate((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return document.elementFromPoint(x + width / 2, y + height / 2) !== element;
        });
      await toTop();
      const main = page.getByRole('main');
      for (const each of [
        sentence,
        main.getByRole('button', { name: 'Reject', exact: true }),
        main.getByRole('button', { name: 'Approve', exact: true }),
        main.getByRole('link', { name: /^Next/ }),
      ]) {
        const { y, height } = (await each.boundingBox())!;
        expect(y).toBeGreaterThan(667 * 0.8);
        expect(y + height).toBeLessThanOrEqual(667);
      }
      expect(await top(reason)).toBeGreaterThan(667);

      // What arrives in the same frame as the focus would move the field after the browser has scrolled to it.
      await untilQuiet(page);
      await page.getByRole('button', { name: 'Reject', exact: true }).click();
      await reason.and(page.locator(':focus')).waitFor();
      await page.getByText('Enter a reason.').waitFor();
      expect(await covered()).toBe(false);
      await page.keyboard.type('Too few.');
      await toTop();
      expect([await reason.inputValue(), await covered(), (await top(reason)) < 667]).toEqual([
        'Too few.',
        false,
        true,
      ]);
      await reason.fill('');
      await toTop();
      expect(await top(reason)).toBeGreaterThan(667);
      for (const id of [applicationId, other]) await stage().approved(id);
    });

    it('says that a long history is incomplete and links to the rest', async () => {
      const accountId = await stage().account(grace, { accountName: 'Long known' });
      const applicationId = await stage().appliedFor(grace, { type: 'change_datapoints', accountId, datapoints: 150 });
      const visitor = await stage().visitor(oliver, null);
      const { page } = visitor;
      // As if there were a hundred more applications.
      await page.route(`**/api/applications?accountId=${accountId}&limit=20`, async (route) => {
        const response = await route.fetch();
        const answer = (await response.json()) as { count: number };
        await route.fulfill({ response, json: { ...answer, count: answer.count + 1_300, next: 'more' } });
      });
      await visitor.open(`/customer-success/applications/${applicationId}`);
      const history = page.getByRole('region', { name: "The account's history" });
      await history.getByText('Showing the latest 1 of 1,301.').waitFor();
      await history.getByRole('link', { name: 'All applications of Long known' }).click();
      await visitor.arriveAt('Long known');
      await page.getByRole('tabpanel').getByRole('link', { name: 'Datapoints, Long known' }).waitFor();
      await stage().approved(applicationId);
    });

    it('on a narrow screen names each application by its account', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'Named' });
      const { page } = await stage().visitor(oliver, '/customer-success?text=named');
      await page.setViewportSize({ width: 390, height: 800 });
      const name = page.getByRole('rowheader');
      await name.getByText('Named', { exact: true }).waitFor();
      const top = async (of: typeof name) => (await of.boundingBox())!.y;
      const others = await page.getByRole('row').filter({ hasText: 'Named' }).getByRole('cell').all();
      for (const cell of others) if (await cell.isVisible()) expect(await top(cell)).toBeGreaterThan(await top(name));
      await name.getByRole('link', { name: 'New account, Named' }).click();
      await page.getByRole('heading', { level: 1, name: 'New account: Named' }).waitFor();
      await stage().approved(applicationId);
    });
  });
}

/** The paths below these that the page requests from now on. */
function requestsUnder(page: Page, ...paths: string[]): Set<string> {
  const requested = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (paths.some((path) => pathname.startsWith(path))) requested.add(pathname);
  });
  return requested;
}
