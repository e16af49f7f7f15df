import type { BrowserStage } from '../stage.js';
import type { Visitor } from '../visitor.js';

const sofia = 'sofia@solar-partner.example';
const grace = 'grace@grid-partner.example';

/** What those hear who do not see a page, and that those who see it are told as much. */
export function storiesOfWhatIsHeard(stage: () => BrowserStage): void {
  describe('a list that is narrowed', () => {
    it.each([
      [grace, 'Only one of these', '1 account'],
      [sofia, 'Solo una de estas', '1 cuenta'],
    ])('says how many are left, while the focus stays in the field: %s', async (signIn, accountName, count) => {
      await stage().account(signIn, { accountName });
      const visitor = await stage().visitor(signIn, '/account-management/active');
      const { page } = visitor;
      await page.getByRole('link', { name: accountName }).waitFor();
      await page.getByRole('searchbox').fill(accountName);
      await visitor.hears(count);
      await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
    });

    it('says so of the queue too, also where its checks sift it', async () => {
      await stage().applied(grace, { accountName: 'Not long ago' });
      const visitor = await stage().visitor('oliver@platform.example', '/customer-success?text=Not+long+ago');
      await visitor.page.getByRole('link', { name: 'New account, Not long ago' }).waitFor();
      await visitor.page.getByLabel('Overdue').check();
      await visitor.hears('0 applications');
    });
  });

  it('the header of a column is its name, whatever its button does', async () => {
    await stage().account(grace, { accountName: 'In columns' });
    const { page } = await stage().visitor(grace, '/account-management/active');
    await page.getByRole('columnheader', { name: 'Expires', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sort by Expires', exact: true }).waitFor();
  });

  it('the buttons of two e-mails to the same person say of which e-mail they are', async () => {
    const accountId = await stage().account(grace, { accountName: 'Told twice' });
    const applicationId = await stage().appliedFor(grace, { accountId, type: 'change_datapoints', datapoints: 150 });
    await stage().mailbox.arrived({ kind: 'application_submitted', application: applicationId }, 1);
    const { page } = await stage().visitor(grace, `/account-management/accounts/${accountId}?show=emails`);
    await page.getByRole('button', { name: `Details: Application approved, to ${grace}`, exact: true }).waitFor();
    await page.getByRole('button', { name: `Details: Application sent, to ${grace}`, exact: true }).waitFor();
  });

  describe('what did not come for want of a network', () => {
    /** The sentence is on the page, where those who see it have it before them, until they press something. */
    const sees = async ({ page }: Visitor, sentence: string) => {
      const shown = page.getByRole('status').filter({ hasText: sentence });
      await page.waitForFunction((element) => element!.clientWidth > 100, await shown.elementHandle());
      await page.keyboard.press('Shift');
      await page.waitForFunction((element) => element!.clientWidth <= 1, await shown.elementHandle());
    };

    it('is said to those who see it as well: the menu of a row', async () => {
      await stage().account(grace, { accountName: 'Its menu' });
      const visitor = await stage().newcomer();
      await visitor.signIn(grace, '/account-management/active');
      const dots = visitor.page.getByRole('button', { name: 'Actions for Its menu' });
      await dots.waitFor();
      await visitor.context.setOffline(true);
      await dots.click();
      await sees(visitor, 'Tenure is not responding. Check your connection.');
      // The browser does not ask for it a second time: the page begins anew as soon as that is of use.
      await visitor.context.setOffline(false);
      const anew = visitor.page.waitForEvent('load');
      await dots.click();
      await anew;
      await dots.click();
      await visitor.page.getByRole('menuitem', { name: 'Edit license' }).waitFor();
      expect(visitor.otherTrouble()).toEqual([]);
    });

    it('is no lack of matches in the palette', async () => {
      const { page } = await stage().visitor(grace);
      await page.route('**/api/accounts?*', (route) => route.abort());
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('zzzzzz');
      await page
        .getByRole('option', { name: 'Tenure is not responding. Check your connection.', exact: true })
        .waitFor();
      expect(await page.getByText('No matches.').count()).toBe(0);
    });

    it('is said to those who see it as well: signing out', async () => {
      const visitor = await stage().newcomer();
      const { page } = visitor;
      await visitor.signIn(sofia);
      await page.getByRole('button', { name: 'Sofía Núñez' }).click();
      await page.getByRole('menuitem', { name: 'Cerrar sesión' }).waitFor();
      await visitor.context.setOffline(true);
      await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
      await sees(visitor, 'Tenure no responde. Comprueba tu conexión.');
    });
  });
}
