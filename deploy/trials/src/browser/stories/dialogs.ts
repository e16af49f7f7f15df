import { grace, sofia } from '../people.js';
import type { BrowserStage } from '../stage.js';

const settings = '/account-management/settings';

/** Dialogs, menus and the palette: their accessibility, and the focus before and after. */
export function storiesOfDialogs(stage: () => BrowserStage): void {
  it('everything that opens passes axe', async () => {
    const accountId = await stage().account(sofia, { accountName: 'Opened' });
    const applicationId = await stage().applied(sofia, { accountName: 'Opened later' });
    await stage().mailbox.arrived({ kind: 'application_approved', account: accountId }, 1);
    const visitor = await stage().visitor(sofia, `${settings}/email-domains`);
    const { page } = visitor;
    await page.getByLabel('Dominio', { exact: true }).fill('opened.solar-partner.example');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Eliminar opened/ }).waitFor();
    const press = (name: string | RegExp) => () => page.getByRole('button', { name }).first().click();
    const account = `/account-management/accounts/${accountId}`;
    const opening: [path: string, open: () => Promise<void>][] = [
      ['/', press('Sofía Núñez')],
      ['/', () => page.keyboard.press('Control+k')],
      ['/', () => page.keyboard.press('Control+k').then(() => page.getByRole('combobox').fill('zzzzzz'))],
      ['/account-management/active?text=opened', press('Acciones para Opened')],
      [`${account}?show=emails`, press(/^Detalles/)],
      [`${account}?show=recipients`, press('Editar las direcciones adicionales')],
      [`/account-management/applications/${applicationId}`, press('Retirar')],
      [`${settings}/email-domains`, press(/^Cambiar el remitente de opened/)],
      [`${settings}/email-domains`, press(/^Eliminar opened/)],
    ];
    const opened = page.getByRole('dialog').or(page.getByRole('menu'));
    const found: string[] = [];
    for (const [path, open] of opening) {
      found.push(...(await visitor.violations(path, () => open().then(() => opened.waitFor()))));
      await page.keyboard.press('Escape');
      await opened.waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
    await press(/^Eliminar opened/)();
    await page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
    await page.getByRole('button', { name: /^Eliminar opened/ }).waitFor({ state: 'detached' });
  });

  it('the palette returns the focus to the previous element', async () => {
    const { page } = await stage().visitor(grace, '/account-management/active');
    const search = page.getByRole('searchbox');
    await search.focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await search.and(page.locator(':focus')).waitFor();
  });

  it('the palette keeps the focus while a page loads, and gives it to the title of that page when it is closed', async () => {
    const accountId = await stage().account(grace, { accountName: 'Slow' });
    const { page } = await stage().visitor(grace, '/account-management/active?text=slow');
    const [code, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/assets/account-page-*.js', (route) => code.promise.then(() => route.continue()));
    await page.route(`**/api/accounts/${accountId}`, (route) => answer.promise.then(() => route.continue()));
    await page.getByRole('link', { name: 'Slow', exact: true }).click();
    await page.waitForURL(`**/accounts/${accountId}?text=slow`);
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('combobox').and(page.locator(':focus'));
    await palette.waitFor();
    code.resolve();
    answer.resolve();
    const title = page.locator('h1', { hasText: 'Slow' });
    await title.waitFor();
    expect(await palette.count()).toBe(1);
    await page.keyboard.press('Escape');
    await title.and(page.locator(':focus')).waitFor();
  });

  it('deleting something with its own button moves the focus to what is left', async () => {
    const visitor = await stage().visitor(grace, `${settings}/calendar`);
    const { page } = visitor;
    const make = page.getByRole('button', { name: 'Create an address' });
    await make.click();
    await page.getByRole('button', { name: 'Revoke the address' }).click();
    await make.and(page.locator(':focus')).waitFor();

    await visitor.goOn('/account-management/new');
    await page.getByLabel("Customer's name", { exact: true }).fill('Customer');
    await page.reload();
    await page.getByRole('button', { name: 'Discard draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Create a new account' }).and(page.locator(':focus')).waitFor();

    await visitor.goOn(`${settings}/email-domains`);
    await page.getByLabel('Domain', { exact: true }).fill('gone.grid-partner.example');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete gone.grid-partner.example' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'gone.grid-partner.example', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'E-mail domains' }).and(page.locator(':focus')).waitFor();
  });

  it('single-key shortcuts do nothing behind a dialog', async () => {
    const applicationId = await stage().applied(grace, { accountName: 'Behind a dialog' });
    const { page } = await stage().visitor(
      'oliver@platform.example',
      `/customer-success/applications/${applicationId}`,
    );
    await page.getByLabel('Reason', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Oliver Grant' }).click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere…' }).click();
    const focused = page.getByRole('dialog').locator(':focus');
    await focused.waitFor();
    await page.keyboard.press('r');
    expect(await focused.count()).toBe(1);
    await stage().rejected(applicationId, 'No longer needed');
  });

  it('a pasted list of addresses fills a row for each, and an invalid one gets the focus', async () => {
    const accountId = await stage().account(grace, { accountName: 'Mistyped' });
    const { page } = await stage().visitor(grace, `/account-management/accounts/${accountId}?show=recipients`);
    await page.getByRole('button', { name: 'Edit the extra addresses' }).click();
    await page.getByLabel('E-mail address 1').evaluate((field) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', 'Right <right@customer.example>;\nwrong@\n');
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    expect(await page.getByLabel('E-mail address 1').inputValue()).toBe('right@customer.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('E-mail address 2').and(page.locator(':focus')).waitFor();
    expect(await page.getByLabel('E-mail address 2').getAttribute('aria-invalid')).toBe('true');
  });

  it('a reminder of one and a half weeks is invalid and stays as it was typed', async () => {
    const { page } = await stage().visitor(grace, `${settings}/reminders`);
    const count = page.getByLabel('How many, reminder 1');
    await count.fill('');
    await count.pressSequentially('1.5');
    await page.getByText('Enter a whole number, 0 or more.').waitFor();
    expect(await count.inputValue()).toBe('1.5');
  });
}
