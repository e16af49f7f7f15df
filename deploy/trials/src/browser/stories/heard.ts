import { grace, oliver, sofia } from '../people.js';
import type { BrowserStage } from '../stage.js';
import type { Visitor } from '../visitor.js';

/** What a page announces to screen readers, and that it shows the same to everybody else. */
export function storiesOfWhatIsHeard(stage: () => BrowserStage): void {
  describe('a filtered list', () => {
    it('announces how many entries are left, while the focus stays in the field', async () => {
      await stage().account(grace, { accountName: 'Only one of these' });
      const visitor = await stage().visitor(grace, '/account-management/active');
      const { page } = visitor;
      await page.getByRole('link', { name: 'Only one of these' }).waitFor();
      await page.getByRole('searchbox').fill('Only one of these');
      await visitor.hears('1 account');
      await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
    });

    it('does so for the queue too, even when it is filtered by its checks', async () => {
      await stage().applied(grace, { accountName: 'Not long ago' });
      const visitor = await stage().visitor('oliver@platform.example', '/customer-success?text=Not+long+ago');
      await visitor.page.getByRole('link', { name: 'New account, Not long ago' }).waitFor();
      await visitor.page.getByLabel('Overdue').check();
      await visitor.hears('0 applications');
    });
  });

  it('the accessible name of a column header is its title, whatever its button does', async () => {
    await stage().account(grace, { accountName: 'In columns' });
    const { page } = await stage().visitor(grace, '/account-management/active');
    await page.getByRole('columnheader', { name: 'Expires', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sort by Expires', exact: true }).waitFor();
  });

  it('a required choice is not called invalid before it was left without one', async () => {
    const { page } = await stage().visitor(grace, '/account-management/new');
    const license = page.getByRole('combobox', { name: 'License' });
    await license.waitFor();
    const browser = await page.context().newCDPSession(page);
    const invalid = async () =>
      (await browser.send('Accessibility.getFullAXTree')).nodes
        .filter(({ properties }) => properties?.some(({ name, value }) => name === 'invalid' && value.value === 'true'))
        .map(({ name }) => name?.value as unknown);
    expect(await invalid()).toEqual([]);
    await license.focus();
    await license.blur();
    await page.getByText('Choose a license.').waitFor();
    expect(await invalid()).toEqual(['License']);
    await browser.detach();
  });

  it('the name of an account is announced if it was not known yet when the page took the focus', async () => {
    const accountId = await stage().account(grace, { accountName: 'Known late' });
    const visitor = await stage().visitor(grace, null);
    const { page } = visitor;
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route(`**/api/accounts/${accountId}`, (route) => promise.then(() => route.fallback()));
    await visitor.open(`/account-management/accounts/${accountId}`);
    await page.locator('h1:focus').getByText('Account', { exact: true }).waitFor();
    resolve();
    await visitor.hears('Known late');
  });

  it('a withdrawal is announced once', async () => {
    const applicationId = await stage().applied(grace, { accountName: 'Not needed' });
    const visitor = await stage().visitor(grace, `/account-management/applications/${applicationId}`);
    const { page } = visitor;
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await page.locator('h1:focus').waitFor();
    expect(await visitor.hears('Withdrawn')).not.toContain('Withdrawn.');
  });

  it('an e-mail is marked with its own language, which may not be the language of the page', async () => {
    const applicationId = await stage().applied(sofia, { accountName: 'In Spanish' });
    const accountId = await stage().approved(applicationId);
    await stage().mailbox.arrived({ kind: 'application_approved', application: applicationId }, 1);
    const { page } = await stage().visitor(oliver, `/customer-success/accounts/${accountId}?show=emails`);
    await page.getByRole('button', { name: `Details: Application approved, to ${sofia}`, exact: true }).click();
    const letter = page.getByRole('dialog').locator('[lang=es]');
    await letter.getByText('Hola, Sofía Núñez:').waitFor();
    await letter.getByText('Aprobada: cuenta nueva «In Spanish»', { exact: true }).waitFor();
  });

  it('the buttons of two e-mails to the same person name their e-mail', async () => {
    const accountId = await stage().account(grace, { accountName: 'Told twice' });
    const applicationId = await stage().appliedFor(grace, { accountId, type: 'change_datapoints', datapoints: 150 });
    await stage().mailbox.arrived({ kind: 'application_submitted', application: applicationId }, 1);
    const { page } = await stage().visitor(grace, `/account-management/accounts/${accountId}?show=emails`);
    await page.getByRole('button', { name: `Details: Application approved, to ${grace}`, exact: true }).waitFor();
    await page.getByRole('button', { name: `Details: Application sent, to ${grace}`, exact: true }).waitFor();
  });

  describe('what could not be loaded without a network', () => {
    /** The sentence is visible on the page until something is pressed. */
    const sees = async ({ page }: Visitor, sentence: string) => {
      const shown = page.getByRole('status').filter({ hasText: sentence });
      await page.waitForFunction((element) => element!.clientWidth > 100, await shown.elementHandle());
      await page.keyboard.press('Shift');
      await page.waitForFunction((element) => element!.clientWidth <= 1, await shown.elementHandle());
    };

    it('is also shown visibly: the menu of a row', async () => {
      await stage().account(grace, { accountName: 'Its menu' });
      const visitor = await stage().newcomer();
      await visitor.signIn(grace, '/account-management/active');
      const dots = visitor.page.getByRole('button', { name: 'Actions for Its menu' });
      await dots.waitFor();
      await visitor.context.setOffline(true);
      await dots.click();
      await sees(visitor, 'Tenure is not responding. Check your connection.');
      // The browser does not request it a second time, so the page reloads as soon as that helps.
      await visitor.context.setOffline(false);
      const anew = visitor.page.waitForEvent('load');
      await dots.click();
      await anew;
      await dots.click();
      await visitor.page.getByRole('menuitem', { name: 'Edit license' }).waitFor();
      expect(visitor.otherTrouble()).toEqual([]);
    });

    it('is not shown as no matches in the palette', async () => {
      const { page } = await stage().visitor(grace);
      await page.route('**/api/accounts?*', (route) => route.abort());
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('zzzzzz');
      await page
        .getByRole('option', { name: 'Tenure is not responding. Check your connection.', exact: true })
        .waitFor();
      expect(await page.getByText('No matches.').count()).toBe(0);
    });

    it('is also shown visibly: signing out', async () => {
      const visitor = await stage().visitor(sofia);
      const { page } = visitor;
      await page.getByRole('button', { name: 'Sofía Núñez' }).click();
      await page.getByRole('menuitem', { name: 'Cerrar sesión' }).waitFor();
      await visitor.context.setOffline(true);
      await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
      await sees(visitor, 'Tenure no responde. Comprueba tu conexión.');
    });
  });
}
