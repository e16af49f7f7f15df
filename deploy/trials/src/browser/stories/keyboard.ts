import { marc, oliver, sofia } from '../people.js';
import type { BrowserStage } from '../stage.js';
import { words } from '../words.js';

const say = words.en;
const renew = 'Renew subscription';

/** The main job without a mouse. */
export function keyboardStories(stage: () => BrowserStage): void {
  describe('by keyboard alone', () => {
    it('a person can apply for an account from the main screen, and another can decide it from the queue', async () => {
      const applicant = await stage().visitor(marc);
      const { page } = applicant;
      const { keyboard } = page;
      await applicant.tabTo(page.getByRole('link', { name: 'Skip to content' }));
      await applicant.tabTo(page.getByRole('main').getByRole('link', { name: 'Account management' }));
      await keyboard.press('Enter');
      await applicant.arriveAt(say.activeAccounts);
      await applicant.tabTo(page.getByRole('main').getByRole('link', { name: say.createAccount }).first());
      await keyboard.press('Enter');
      await applicant.arriveAt(say.createAccount);
      await applicant.tabTo(page.getByLabel(say.accountName, { exact: true }));
      await keyboard.type('Keys');
      await keyboard.press('Tab');
      await keyboard.type('Customer');
      for (const [label, wanted] of [
        [say.license, 'Plus'],
        [say.sector, 'Hotels'],
      ] as const) {
        const select = page.getByLabel(label, { exact: true });
        // The select is rendered again once its options have loaded.
        await select.locator('option', { hasText: wanted }).waitFor({ state: 'attached' });
        await applicant.tabTo(select);
        // Selects the first match. Keys pressed more than a second later would start another word.
        await keyboard.press(wanted[0]!);
        await select.locator('option:checked', { hasText: wanted }).waitFor({ state: 'attached' });
      }
      await applicant.tabTo(page.getByRole('button', { name: say.createAccount }));
      await keyboard.press('Enter');
      await applicant.arriveAt('New account: Keys');

      const reviewer = await stage().visitor(oliver, '/customer-success');
      const link = reviewer.page.getByRole('link', { name: 'New account, Keys' });
      await link.waitFor();
      await reviewer.tabTo(link);
      await reviewer.page.keyboard.press('Enter');
      await reviewer.arriveAt('New account: Keys');
      const approve = reviewer.page.getByRole('button', { name: say.approve, exact: true });
      await approve.and(reviewer.page.locator(':not([aria-disabled])')).waitFor();
      await reviewer.page.keyboard.press('a');
      await approve.and(reviewer.page.locator(':focus')).waitFor();
      await reviewer.page.keyboard.press('Enter');
      await page.getByRole('main').getByText(say.fulfilled, { exact: true }).waitFor();
    });

    it('a button that disappears with what it was for gives the focus to the title', async () => {
      const visitor = await stage().visitor(marc, '/account-management/applications?text=zzzzzz');
      const { page } = visitor;
      const press = async (name: string, before?: () => void) => {
        await page.getByRole('button', { name }).focus();
        before?.();
        await page.keyboard.press('Enter');
        await page.locator('h1:focus').waitFor();
      };
      await press('Clear search and filters');
      await stage().applied(sofia, { accountName: 'Shown' });
      await press('Show');
      let isLost = true;
      await page.route('**/api/applications?*', (route) => (isLost ? route.abort() : route.fallback()));
      await visitor.goOn('/account-management/applications?which=decided');
      await press('Try again', () => {
        isLost = false;
      });
    });

    it('the menu of a row opens and returns the focus; the palette leads to a form', async () => {
      await stage().account(marc, { accountName: 'Row' });
      const visitor = await stage().visitor(marc, '/account-management/active');
      const { page } = visitor;
      const menu = page.getByRole('button', { name: 'Actions for Row' });
      await menu.waitFor();
      await visitor.tabTo(menu);
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: renew }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menuitem', { name: renew }).waitFor({ state: 'detached' });
      await menu.and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Control+K');
      await page.getByLabel('Account, application or page').and(page.locator(':focus')).waitFor();
      await page.keyboard.type('create');
      await page.getByRole('option', { name: say.createAccount }).waitFor();
      await page.keyboard.press('Enter');
      expect(await visitor.arriveAt(say.createAccount)).toBe('/account-management/new');
    });

    it('the palette offers what can be applied for about the account of the page, and keeps the way back to its list', async () => {
      await stage().account(marc, { accountName: 'Warehouse' });
      const visitor = await stage().visitor(marc, '/account-management/active?license=plus');
      const { page } = visitor;
      const options = () => page.getByRole('dialog').getByRole('option');
      await page.keyboard.press('Control+K');
      await options().first().waitFor();
      expect(await options().filter({ hasText: renew }).count()).toBe(0);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Warehouse' }).click();
      await visitor.arriveAt('Warehouse');
      await page.keyboard.press('Control+K');
      const actions = page.getByRole('dialog').getByRole('group', { name: 'Warehouse' }).getByRole('option');
      await actions.first().waitFor();
      expect(await actions.allTextContents()).toEqual(['Edit datapoints', 'Edit license', renew]);
      await page.keyboard.type('renew');
      await actions.filter({ hasText: renew }).and(page.locator('[data-combobox-selected]')).waitFor();
      await page.keyboard.press('Enter');
      await visitor.arriveAt(renew);
      expect(new URL(page.url()).searchParams.get('license')).toBe('plus');
    });

    it('the palette opens nothing that was found for an earlier text', async () => {
      for (const name of ['Kiosk', 'Pavilion']) await stage().account(marc, { accountName: name });
      const visitor = await stage().visitor(marc);
      const { page } = visitor;
      const { promise, resolve } = Promise.withResolvers<void>();
      await page.route('**/api/accounts?*text=Pavilion*', async (route) => {
        await promise;
        await route.fallback();
      });
      await page.keyboard.press('Control+K');
      const field = page.getByLabel('Account, application or page');
      const selected = (name: string) => page.locator('[data-combobox-selected]').filter({ hasText: name });
      await field.fill('Kiosk');
      await selected('Kiosk').waitFor();
      await field.fill('Pavilion');
      await page.keyboard.press('Enter');
      resolve();
      await selected('Pavilion').waitFor();
      await page.keyboard.press('Enter');
      await visitor.arriveAt('Pavilion');
    });

    it('the palette lists an exact name before names that only contain it, and leads to the list of all matches', async () => {
      for (const name of ['Alto Silo', 'Silo 1', 'Silo']) await stage().account(marc, { accountName: name });
      const visitor = await stage().visitor(marc);
      const { page } = visitor;
      // Two results of each kind.
      await page.route('**/api/accounts?*text=silo*', (route) =>
        route.continue({ url: route.request().url().replace('limit=20', 'limit=2') }),
      );
      await page.keyboard.press('Control+K');
      await page.getByLabel('Account, application or page').fill('silo');
      const found = page.getByRole('group', { name: 'Accounts' }).getByRole('option');
      await found.nth(1).waitFor();
      expect(await found.first().textContent()).toMatch(/^SiloCustomer/);
      await found.filter({ hasText: 'Active accounts' }).click();
      expect(await visitor.arriveAt(say.activeAccounts)).toBe('/account-management/active');
      await page.getByText('3 accounts', { exact: true }).waitFor();
    });

    it('deciding leaves the page where it is: what is decided stays in view', async () => {
      const applicationId = await stage().applied(marc, { accountName: 'In view' });
      const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      const focused = page.locator(':focus');
      const scrolled = () => page.evaluate(() => window.scrollY);
      const approve = page.getByRole('button', { name: say.approve, exact: true });
      await approve.and(page.locator(':not([aria-disabled])')).waitFor();
      await page.keyboard.press('a');
      await approve.and(focused).waitFor();
      expect(await scrolled()).toBe(0);
      await approve.blur();
      await page.keyboard.press('r');
      await page.getByLabel('Reason', { exact: true }).and(focused).waitFor();
      await page.keyboard.type('As agreed.');
      expect(await scrolled()).toBe(0);
      await approve.press('Enter');
      await page.getByRole('region', { name: 'Queue' }).getByRole('link').and(focused).waitFor();
      expect(await scrolled()).toBe(0);
    });

    it('what is typed while the code of the palette loads is searched for, and acts on nothing else', async () => {
      const applicationId = await stage().applied(marc, { accountName: 'Typed ahead' });
      const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      const approve = page.getByRole('button', { name: say.approve, exact: true });
      await approve.and(page.locator(':not([aria-disabled])')).waitFor();
      const code = Promise.withResolvers<void>();
      await page.route('**/assets/palette-*.js', (route) => code.promise.then(() => route.continue()));
      await page.keyboard.press('Control+K');
      await page.keyboard.type('a');
      await page.keyboard.press('Enter');
      await page.keyboard.type('head');
      code.resolve();
      const field = page.getByRole('dialog').getByRole('combobox');
      await field.and(page.locator(':focus')).waitFor();
      expect(await field.inputValue()).toBe('ahead');
      await page.getByRole('option', { name: 'New account: Typed ahead' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('main').getByText(say.pending, { exact: true }).waitFor();
      await stage().approved(applicationId);
    });

    it('the palette opens with its first page chosen', async () => {
      const visitor = await stage().visitor(marc, '/account-management/active');
      const { page } = visitor;
      await page.keyboard.press('Control+K');
      const pointing = page.getByRole('dialog').getByRole('combobox').and(page.locator('[aria-activedescendant]'));
      const chosen = await pointing.getAttribute('aria-activedescendant');
      expect(chosen).toBe(await page.getByRole('option', { name: 'Main screen' }).getAttribute('id'));
      await page.keyboard.press('Enter');
      expect(await visitor.arriveAt('Your accounts')).toBe('/');
    });

    it('a search field shows its key only while single-key shortcuts are on', async () => {
      const { page } = await stage().visitor(marc, '/account-management/active');
      const key = page.locator('kbd', { hasText: '/' });
      await key.waitFor();
      await page.getByRole('banner').getByRole('button', { name: 'Marc Ribas' }).click();
      const setting = page.getByRole('menuitemcheckbox', { name: 'Single-key shortcuts' });
      await setting.click();
      await key.waitFor({ state: 'detached' });
      await setting.click();
      await key.waitFor();
    });

    it('the key of a search field focuses it also where it takes Shift, as on a Spanish keyboard; Escape clears the field, but not while it cancels a composition', async () => {
      const { page } = await stage().visitor(marc, '/account-management/active');
      const search = page.getByRole('searchbox');
      await search.waitFor();
      await page.locator('h1').dispatchEvent('keydown', { key: '/', code: 'Digit7', shiftKey: true });
      await search.and(page.locator(':focus')).waitFor();
      await page.keyboard.type('typed');
      await search.dispatchEvent('keydown', { key: 'Escape', isComposing: true });
      expect(await search.inputValue()).toBe('typed');
      await page.keyboard.press('Escape');
      expect(await search.inputValue()).toBe('');
    });
  });
}
