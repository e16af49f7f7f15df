import { grace, oliver } from '../people.js';
import type { BrowserStage } from '../stage.js';
import type { Visitor } from '../visitor.js';

/** From an entry back to its list, as it was left. */
export function storiesOfWaysBack(stage: () => BrowserStage): void {
  const narrowed = ({ page }: Visitor) => Object.fromEntries(new URL(page.url()).searchParams);
  const backTo = async (visitor: Visitor, list: string) => {
    await visitor.page.getByRole('main').getByRole('link', { name: list, exact: true }).click();
    await visitor.arriveAt(list);
    return narrowed(visitor);
  };

  describe('the link back to a filtered list', () => {
    beforeAll(() => stage().account(grace, { accountName: 'Returned from' }));

    it.each([
      [grace, '/account-management/active', 'Active accounts', { text: 'returned', sort: 'account_name' }],
      [
        oliver,
        '/customer-success/accounts',
        'Active accounts of all organizations',
        { text: 'returned', pending: 'no' },
      ],
    ] as const)(
      'leads %s there from an account, even after a reload and from another tab',
      async (signIn, path, list, asked) => {
        const visitor = await stage().visitor(signIn, `${path}?${new URLSearchParams(asked)}`);
        const { page } = visitor;
        await page.getByRole('link', { name: 'Returned from' }).click();
        await visitor.arriveAt('Returned from');
        await page.getByRole('tab', { name: 'E-mails' }).click();
        await page.waitForURL(/show=emails/);
        await page.reload();
        await visitor.arriveAt('Returned from');
        expect(await backTo(visitor, list)).toEqual(asked);
      },
    );

    it('leads to the same page of the list, and from there to the previous one, even after a reload', async () => {
      const names = ['Leafed through 1', 'Leafed through 2', 'Leafed through 3'] as const;
      for (const accountName of names) await stage().account(grace, { accountName });
      const visitor = await stage().visitor(grace, null);
      const { page } = visitor;
      // One page of each.
      await page.route('**/api/accounts?*text=leafed*', (route) =>
        route.continue({ url: `${route.request().url()}&limit=1` }),
      );
      await visitor.open('/account-management/active?text=leafed&sort=account_name');
      const account = (of: 0 | 1 | 2) => page.getByRole('link', { name: names[of], exact: true });
      const turn = (to: string) => page.getByRole('button', { name: to, exact: true }).click();
      await account(0).waitFor();
      await turn('Next page');
      await account(1).waitFor();
      await turn('Next page');
      // The button that led to the last page is gone.
      await page.locator(':focus', { hasText: 'Previous page' }).waitFor();
      await account(2).click();
      await visitor.arriveAt(names[2]);
      await backTo(visitor, 'Active accounts');
      await account(2).waitFor();
      await page.reload();
      await account(2).waitFor();
      await turn('Previous page');
      await account(1).waitFor();
      await turn('Previous page');
      await account(0).waitFor();
      await page.getByRole('button', { name: 'Previous page' }).waitFor({ state: 'detached' });
      await page.locator(':focus', { hasText: 'Next page' }).waitFor();
    });

    it('leads to the first page from a page that is empty by now, which says so and nothing else', async () => {
      const visitor = await stage().visitor(grace);
      const { page } = visitor;
      await page.route('**/api/accounts?*cursor=*', (route) =>
        route.fulfill({ json: { items: [], next: null, count: 3 } }),
      );
      await visitor.goOn('/account-management/active?cursor=gone');
      await page.getByText('Nothing is left on this page.').waitFor();
      expect(await page.getByText('No active accounts').count()).toBe(0);
      await page.getByRole('button', { name: 'First page' }).click();
      await page.getByRole('link', { name: 'Returned from' }).waitFor();
    });

    it('leads there through a form of the account, sent or not', async () => {
      const visitor = await stage().visitor(grace, '/account-management/active?text=returned');
      const { page } = visitor;
      await page.getByRole('button', { name: 'Actions for Returned from' }).click();
      await page.getByRole('menuitem', { name: 'Edit license' }).click();
      await visitor.arriveAt('Edit license');
      await page.getByRole('link', { name: 'Back without sending' }).click();
      await visitor.arriveAt('Returned from');
      expect(await backTo(visitor, 'Active accounts')).toEqual({ text: 'returned' });

      await page.getByRole('button', { name: 'Actions for Returned from' }).click();
      await page.getByRole('menuitem', { name: 'Renew subscription' }).click();
      await page.getByRole('button', { name: 'Renew subscription' }).click();
      await visitor.arriveAt('Renewal: Returned from');
      const applicationId = page.url().split('/').at(-1)!;
      await page.goBack();
      await visitor.arriveAt('Active accounts');
      expect(narrowed(visitor)).toEqual({ text: 'returned' });
      await page.goForward();
      await visitor.arriveAt('Renewal: Returned from');
      await page.reload();
      expect(await backTo(visitor, 'Active accounts')).toEqual({ text: 'returned' });
      await page.goBack();
      await page.getByRole('link', { name: 'Open Returned from' }).click();
      await visitor.arriveAt('Returned from');
      expect(await backTo(visitor, 'Active accounts')).toEqual({ text: 'returned' });
      await stage().approved(applicationId);
    });

    it.each([
      ['active', 'Active accounts', { text: 'returned', sort: 'account_name' }],
      ['expired', 'Expired accounts', { license: 'plus', order: 'asc' }],
      ['applications', 'Applications', { which: 'decided', type: 'new_account', text: 'returned' }],
    ] as const)(
      'leads to the zone %s from the form of a new account that is not sent, even after a reload',
      async (zone, list, asked) => {
        const path = `/account-management/${zone}`;
        const visitor = await stage().visitor(grace, `${path}?${new URLSearchParams(asked)}`);
        const { page } = visitor;
        await page.getByRole('link', { name: 'Create a new account' }).first().click();
        await visitor.arriveAt('Create a new account');
        await page.reload();
        await page.getByRole('link', { name: 'Back without sending' }).click();
        expect(await visitor.arriveAt(list)).toBe(path);
        expect(narrowed(visitor)).toEqual(asked);
      },
    );

    it('is the browser’s own from an application to the same page of its account’s applications', async () => {
      const accountId = await stage().account(grace, { accountName: 'Applied for twice' });
      const renewal = await stage().appliedFor(grace, { type: 'renew_subscription', accountId, months: 12 });
      const visitor = await stage().visitor(grace, null);
      const { page } = visitor;
      await page.route('**/api/applications?accountId=*', (route) =>
        route.continue({ url: `${route.request().url()}&limit=1` }),
      );
      await visitor.open(`/account-management/accounts/${accountId}?show=applications`);
      const shown = page.getByRole('table', { name: 'Applications' }).getByRole('link');
      await page.getByRole('button', { name: 'Next page', exact: true }).click();
      await shown.getByText('New account').click();
      await visitor.arriveAt('New account: Applied for twice');
      await page.goBack();
      await visitor.arriveAt('Applied for twice');
      await shown.waitFor();
      expect(await shown.textContent()).toContain('New account');
      await stage().rejected(renewal, 'Not yet.');
    });

    it('leads there from an application; decided ones are filtered by typed days', async () => {
      const applicationId = await stage().applied(grace, { accountName: 'Asked for' });
      const visitor = await stage().visitor(grace, '/account-management/applications?type=new_account&text=asked');
      await visitor.page.getByRole('link', { name: 'New account, Asked for' }).click();
      await visitor.arriveAt('New account: Asked for');
      await visitor.page.reload();
      expect(await backTo(visitor, 'Applications')).toEqual({ type: 'new_account', text: 'asked' });
      const accountId = await stage().approved(applicationId);

      const reviewer = await stage().visitor(oliver, '/customer-success/decided?state=fulfilled&text=asked');
      await reviewer.page.getByRole('link', { name: 'New account, Asked for', exact: true }).click();
      await reviewer.arriveAt('New account: Asked for');
      await reviewer.page.reload();
      expect(await backTo(reviewer, 'Decided applications')).toEqual({ state: 'fulfilled', text: 'asked' });
      await reviewer.goOn(`/customer-success/accounts/${accountId}?show=applications`);
      await reviewer.page.getByRole('link', { name: 'New account, Asked for', exact: true }).click();
      await reviewer.arriveAt('New account: Asked for');
      expect(await backTo(reviewer, 'Decided applications')).toEqual({});
      for (const [day, keys] of [
        ['Decided from', '01022020'],
        ['Decided until', '01032020'],
      ] as const)
        await reviewer.page.getByLabel(day).pressSequentially(keys);
      await reviewer.page.waitForURL((url) => url.search === '?from=2020-01-02&to=2020-01-03');
      await reviewer.page.getByText('No matches.').waitFor();
    });
  });
}
