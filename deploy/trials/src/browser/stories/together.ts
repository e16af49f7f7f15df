import { changePolicy, showCalendarAddresses, type PolicyView } from '@tenure/contracts';
import { application, decide, reminderPolicy, seenBy, whenEnded } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { diego, grace, lena, oliver, tom } from '../people.js';
import { untilQuiet } from '../quiet.js';
import type { BrowserStage } from '../stage.js';
import { tryAgain } from '../try-again.js';

/** Two people who act on the same application. */
export function storiesOfTwo(stage: () => BrowserStage): void {
  describe('two people at once', () => {
    it('the second one sees who was first, in place of the buttons', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'Race' });
      const path = `/customer-success/applications/${applicationId}`;
      const second = await stage().visitor(oliver, path);
      await second.page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
      await stage().approved(applicationId, lena);
      await second.page.getByText('Already decided by Lena Hoffmann.').waitFor();
      expect(await second.page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    });

    it('what the second one goes on typing as a reason does nothing: it neither leads to the next application nor decides it', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'Typed too late' });
      const next = await stage().applied(grace, { accountName: 'Not meant at all' });
      const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      const reason = page.getByLabel('Reason', { exact: true });
      await reason.fill('No: ');
      await reason.and(page.locator(':focus')).waitFor();
      await stage().approved(applicationId, lena);
      await page.getByText('Already decided by Lena Hoffmann.').waitFor();
      await page.locator('h1').and(page.locator(':focus')).waitFor();
      await page.keyboard.type('just as agreed\njk', { delay: 100 });
      expect(new URL(page.url()).pathname).toBe(`/customer-success/applications/${applicationId}`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('j');
      await page.waitForURL(`**/customer-success/applications/${next}`);
      await stage().rejected(next, 'No.');
    });

    it('the second one sees whose decision it is while the first decision is in progress', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'On its way' });
      const path = `/customer-success/applications/${applicationId}`;
      const [{ page: first }, second] = [await stage().visitor(lena, path), await stage().visitor(oliver, path)];
      await stage().withoutProgress(async () => {
        await first.getByLabel('Reason', { exact: true }).fill('Not yet.');
        await first.getByRole('button', { name: 'Reject', exact: true }).click();
        await first.getByRole('region', { name: 'Decision' }).getByText('Sent, not yet confirmed').waitFor();
        await first.locator('h1').and(first.locator(':focus')).waitFor();
        await second.page.getByText('A rejection by Lena Hoffmann was sent, and is not yet confirmed.').waitFor();
        expect(await second.page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
      });
    });

    it('each sees in the tabs how many wait, whatever list is shown', async () => {
      const tabs = [
        [await stage().visitor(tom, '/account-management/active'), 'Applications'],
        [await stage().visitor(oliver, '/customer-success/emails'), 'Queue'],
      ] as const;
      const counts = await Promise.all(
        tabs.map(async ([{ page }, name]) => {
          const tab = page.getByRole('main').getByRole('link', { name: new RegExp(`^${name} \\d`) });
          await tab.waitFor();
          await untilQuiet(page);
          return { tab, count: Number(/\d+/.exec((await tab.textContent())!)) };
        }),
      );
      const applicationId = await stage().applied(grace, { accountName: 'One more' });
      for (const { tab, count } of counts) await tab.getByText(String(count + 1), { exact: true }).waitFor();
      await stage().rejected(applicationId, 'No.');
      for (const { tab, count } of counts) await tab.getByText(String(count), { exact: true }).waitFor();
    });

    it('of a simultaneous approval and withdrawal one wins, and both people see which', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'Withdrawn or not' });
      const applicant = await stage().visitor(grace, `/account-management/applications/${applicationId}`);
      const reviewer = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      await applicant.page.getByRole('button', { name: 'Withdraw', exact: true }).click();
      const withdraw = applicant.page.getByRole('dialog').getByRole('button', { name: 'Withdraw', exact: true });
      const approve = reviewer.page.getByRole('button', { name: 'Approve', exact: true });
      await approve.and(reviewer.page.locator(':not([aria-disabled])')).waitFor();
      // Uses the current buttons, because the second person's button may disappear before the click.
      const buttons = await Promise.all([withdraw, approve].map((button) => button.elementHandle()));
      await Promise.all(buttons.map((button) => button!.evaluate((element) => (element as HTMLElement).click())));

      const person = await stage().person(grace);
      const { status } = await whenEnded(person, applicationId);
      expect(['fulfilled', 'withdrawn']).toContain(status);
      const said = status === 'fulfilled' ? 'Fulfilled' : 'Withdrawn';
      for (const { page } of [applicant, reviewer])
        await page.getByRole('main').getByText(said, { exact: true }).first().waitFor();
      for (const button of [withdraw, approve]) await button.waitFor({ state: 'detached' });
    });

    it('an approval waits until the reviewer has seen what has changed', async () => {
      const accountId = await stage().account(grace, { accountName: 'Changed meanwhile', license: 'plus' });
      const applicationId = await stage().appliedFor(grace, { type: 'change_datapoints', accountId, datapoints: 150 });
      const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      const approve = page.getByRole('button', { name: 'Approve', exact: true });
      await approve.and(page.locator(':not([aria-disabled])')).waitFor();
      await untilQuiet(page);
      const passed = page.getByRole('listitem').filter({ hasText: 'The account is active' });
      const place = await passed.boundingBox();
      const checks = '**/api/applications/checks?*';
      await page.route(checks, (route) => route.abort('connectionreset'));
      const other = { type: 'change_license', accountId, license: 'professional' };
      await stage().approved(await stage().appliedFor(grace, other), lena);
      // Until the checks can be fetched again, the earlier ones stay in their place.
      await page.getByRole('alert').filter({ hasText: "Today's checks could not be loaded." }).waitFor();
      expect(await passed.boundingBox()).toEqual(place);
      await tryAgain(page, checks);
      await page.getByText('License: Plus is now Professional').waitFor();
      await approve.press('Enter');
      const reviewer = await stage().person(oliver);
      expect(given(await application(reviewer, applicationId)).decision).toBeNull();
      await page.getByRole('button', { name: 'Seen', exact: true }).click();
      await approve.click();
      await page.getByRole('region').getByText('Fulfilled').first().waitFor();
    });

    it('the applicant reads why it could not be approved, because only they can fix it', async () => {
      const accountId = await stage().account(grace, { accountName: 'Used meanwhile' });
      const applicationId = await stage().appliedFor(grace, { type: 'change_datapoints', accountId, datapoints: 50 });
      await stage().uses(accountId, 60);
      const reviewer = await stage().person(oliver);
      const seen = await seenBy(reviewer, { accountId });
      await decide(reviewer, applicationId, { verdict: 'approve', seen });
      const { page } = await stage().visitor(grace, `/account-management/applications/${applicationId}`);
      const state = page.getByRole('region', { name: 'State' });
      await state.getByText('Oliver Grant tried to approve this, but it could not be approved at the time.').waitFor();
      await state.getByText('60 are in use. Enter at least 60.').waitFor();
      await stage().rejected(applicationId, 'Ask for 60.');
    });

    it('a draft is put aside, with a message, when a colleague applies for the same, and returns once that is decided', async () => {
      const accountId = await stage().account(grace, { accountName: 'Both want more' });
      const visitor = await stage().visitor(grace, `/account-management/accounts/${accountId}/datapoints`);
      const { page } = visitor;
      const datapoints = page.getByLabel('Datapoints', { exact: true });
      await datapoints.fill('150');
      await page.getByLabel('Comment', { exact: true }).fill('For the new wing.');
      const theirs = await stage().appliedFor(tom, { type: 'change_datapoints', accountId, datapoints: 140 });
      await page.getByText('What you typed is kept').waitFor();
      await page.getByRole('heading', { level: 1, name: 'Edit datapoints' }).and(page.locator(':focus')).waitFor();
      await visitor.hears('This application is pending. You can send another once it is decided or withdrawn.');
      await stage().rejected(theirs, 'No.');
      await page.getByText('Your draft is here as you left it.').waitFor();
      expect([await datapoints.inputValue(), await page.getByLabel('Comment', { exact: true }).inputValue()]).toEqual([
        '150',
        'For the new wing.',
      ]);
    });

    it('a person about to withdraw an application that is decided at that moment gets the focus on its title', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'Nearly withdrawn' });
      const { page } = await stage().visitor(grace, `/account-management/applications/${applicationId}`);
      await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw', exact: true }).waitFor();
      await stage().approved(applicationId);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1 }).and(page.locator(':focus')).waitFor();
    });

    it('nobody can decide their own application', async () => {
      const applicationId = await stage().applied(diego, { accountName: 'Own' });
      const { page } = await stage().visitor(diego, `/customer-success/applications/${applicationId}`);
      await page.getByText('Tiene que decidirla otra persona del equipo.').waitFor();
      expect(await page.getByRole('button', { name: 'Aprobar', exact: true }).count()).toBe(0);
    });
  });

  describe('two SuperAdmins at their settings', () => {
    const policy = async () => given(await reminderPolicy(await stage().person(tom)));
    const choose = async (localTime: string) => {
      const { offsets, version } = await policy();
      const body = { offsets, localTime, replaces: version };
      given(
        await (await stage().person(tom)).post<PolicyView>('/reminder-policy', { shape: changePolicy.answer, body }),
      );
    };

    it('what one saves while the other types is overwritten only after the other was warned', async () => {
      const { localTime } = await policy();
      const { page } = await stage().visitor(grace, '/account-management/settings/reminders');
      const time = page.getByRole('group', { name: 'Time of day' });
      await time.getByLabel('Hours').selectOption('09');
      await time.getByLabel('Minutes').selectOption('45');
      await choose('10:15');
      await page.getByRole('region', { name: 'Accounts with' }).waitFor();
      const apply = page.getByRole('button', { name: 'Apply', exact: true });
      await apply.click();
      await page.getByText('Somebody changed the reminders in the meantime.', { exact: false }).waitFor();
      expect((await policy()).localTime).toBe('10:15');
      await apply.click();
      expect((await until(policy, (chosen) => chosen.localTime === '09:45')).localTime).toBe('09:45');
      await choose(localTime);
      await until(policy, ({ change }) => change?.endedAt != null);
    });

    it('one sees that the other created a calendar address, and no longer the address that it replaced', async () => {
      const { page } = await stage().visitor(grace, '/account-management/settings/calendar');
      await page.getByRole('button', { name: 'Create an address' }).click();
      const address = page.getByLabel('Address', { exact: true });
      await address.waitFor();
      const other = await stage().person(tom);
      given(await other.post('/calendars/feed', { shape: showCalendarAddresses.answer, body: {} }));
      await address.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Revoke the address' }).click();
      await page.getByRole('button', { name: 'Create an address' }).waitFor();
    });

    it('one sets the fallback address, with an error for an invalid one that is in view even at 400 %, and the other sees it', async () => {
      const one = await stage().visitor(grace, '/account-management/settings/addresses');
      const other = await stage().visitor(tom, '/account-management/settings/addresses');
      const ofOther = other.page.getByRole('region', { name: 'Fallback address' }).getByLabel('E-mail address');
      const before = await ofOther.inputValue();
      const ofOne = one.page.getByRole('region', { name: 'Fallback address' });
      const choose = async (address: string) => {
        await ofOne.getByLabel('E-mail address').fill(address);
        await ofOne.getByRole('button', { name: 'Save' }).click();
      };
      await one.page.setViewportSize({ width: 320, height: 256 });
      const field = ofOne.getByLabel('E-mail address');
      await field.evaluate((at) => window.scrollBy(0, at.getBoundingClientRect().bottom - window.innerHeight));
      await field.focus();
      await one.page.keyboard.press('Control+a');
      await one.page.keyboard.type('nobody');
      await one.page.keyboard.press('Enter');
      const wrong = ofOne.getByText('Enter an e-mail address', { exact: false });
      await wrong.waitFor();
      const { y, height } = (await wrong.boundingBox())!;
      expect(y + height).toBeLessThanOrEqual(256);
      await one.page.setViewportSize({ width: 1280, height: 800 });
      await choose('last-resort@grid-partner.example');
      await one.hears('Fallback address saved.');
      await until(
        () => ofOther.inputValue(),
        (shown) => shown === 'last-resort@grid-partner.example',
      );
      await choose(before);
      await until(
        () => ofOther.inputValue(),
        (shown) => shown === before,
      );
    });
  });
}
