import type { AccountView } from '@tenure/contracts';
import type { Page } from 'playwright-core';
import { answers } from '../../screenshots/api-answers.js';
import { add, type Rounds } from './report.js';
import { slowestAnswer } from './vitals.js';

const fullPage = 50;

/** A page of accounts as a large partner has it: the sample accounts, filled up with copies. */
function filledUp(page: { items: AccountView[] }) {
  const [first] = page.items;
  if (page.items.length < 2 || !first) return page;
  const copies = Array.from({ length: fullPage - page.items.length }, (_, copy) => ({
    ...first,
    accountId: `00000000-0000-7000-8000-${String(copy).padStart(12, '0')}`,
    accountName: `Copy ${copy}`,
  }));
  return { ...page, items: [...page.items, ...copies] };
}

/** Uses the console as people do, without a reload, and measures how long each input waits for its paint. */
export async function answersOfConsole(page: Page, rounds: Rounds): Promise<void> {
  const measure = async (name: string, act: () => Promise<unknown>) =>
    add(rounds, name, await slowestAnswer(page, act));
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const arrived = (title: string) => page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  const row = (name: string) => page.getByRole('row').filter({ hasText: name }).first();

  await answers(page, '/api/accounts?*', filledUp);
  await page.goto('/account-management/active');
  await row('Harbor Tower').waitFor();
  await measure('another zone', async () => {
    await page.getByRole('link', { name: /^Expired accounts/ }).click();
    await row('Maui Resort').waitFor();
  });
  await measure('back to the first zone', async () => {
    await page.getByRole('link', { name: /^Active accounts/ }).click();
    await row('Harbor Tower').waitFor();
  });
  await measure('searching, letter by letter', async () => {
    await page.getByLabel('Search by account or customer').pressSequentially('harbor');
    await row('Copy 0').waitFor({ state: 'detached' });
  });
  await measure("a row's menu", async () => {
    await page.getByRole('button', { name: 'Actions for Harbor Tower' }).click();
    await page.getByRole('menuitem', { name: 'Edit license' }).waitFor();
  });
  await measure('a form from the menu', async () => {
    await page.getByRole('menuitem', { name: 'Edit license' }).click();
    await arrived('Edit license');
    await page.getByRole('radio', { name: /Professional/ }).waitFor();
  });
  await measure('the command palette', async () => {
    await page.keyboard.press('Control+K');
    await page.getByLabel('Account, application or page').pressSequentially('harbor');
    await page
      .getByRole('option', { name: /Harbor Tower/ })
      .first()
      .waitFor();
  });
  await measure('an account from the palette', async () => {
    await page.getByRole('option', { name: /^Harbor Tower/ }).click();
    await arrived('Harbor Tower');
    await page.getByText('Final notice').waitFor();
  });
  await measure('another tab of the account', async () => {
    await page.getByRole('tab', { name: 'Allocations' }).click();
    await page.getByText('floors-1-20').waitFor();
  });
  await page.goto('/account-management/new');
  await arrived('Create a new account');
  await measure('typing into the form', () =>
    page.getByLabel("Account's name", { exact: true }).pressSequentially('Hotel Sol'),
  );
  await measure('leaving a field, with its message', async () => {
    await page.getByLabel('Datapoints', { exact: true }).fill('1');
    await page.keyboard.press('Tab');
    await page.getByText('Enter at least 20.').waitFor();
  });
  await measure('sending an incomplete form', async () => {
    await button('Create a new account').click();
    await page.getByRole('alert').waitFor();
  });
  await page.unroute('**/api/accounts?*');
}

/** A button and typing on the empty page. */
export async function answersOfEmptyPage(page: Page, rounds: Rounds): Promise<void> {
  const press = async () => {
    await page.getByRole('button').click();
    await page.getByText('Pressed').waitFor();
  };
  add(rounds, 'empty page: a button', await slowestAnswer(page, press));
  const type = () => page.getByRole('textbox').pressSequentially('Hotel Sol');
  add(rounds, 'empty page: typing', await slowestAnswer(page, type));
}
