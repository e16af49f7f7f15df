import { deliveryDetails, listDeliveries } from '@tenure/contracts';
import { given } from '@tenure/local/api/person';
import { onDatabase } from '@tenure/local/servers/on-database';
import { until } from '@tenure/platform/command/until';
import { lena, oliver, tom } from '../people.js';
import type { BrowserStage } from '../stage.js';

/** The others who get e-mails about his applications: a report about one e-mail settles the whole batch. */
const reviewers = ['clara@platform.example', 'oliver@platform.example', 'diego@platform.example'];

/** E-mails that the provider accepted without answering, and about which it reports nothing. */
export function unclearStories(stage: () => BrowserStage): void {
  const inDatabase = async (statement: string) => {
    const { rows } = await onDatabase(stage().stack.database, (client) => client.query(statement));
    return rows as unknown[];
  };
  /** E-mails to Tom about his applications: the provider accepted them a day ago and has reported nothing. */
  const unclear = async (accountNames: readonly string[]) => {
    for (const address of [tom, ...reviewers]) await stage().mailbox.tell('outcomes', { address, outcome: 'silent' });
    await stage().mailbox.tell('faults', { mode: 'timeout-after-accept' });
    try {
      const applicationIds = await Promise.all(
        accountNames.map((accountName) => stage().applied(tom, { accountName })),
      );
      for (const application of applicationIds)
        await stage().mailbox.arrived({ application, kind: 'application_submitted' }, 1);
      await inDatabase(
        `update notifications.dispatches set first_attempt_at = first_attempt_at - interval '25 hours'
         where ended_at is null`,
      );
      // The reviewers' as well: none becomes unclear later, beside the rows of the story.
      await until(
        () =>
          inDatabase(
            `select from notifications.dispatches
             where ended_at is null and first_attempt_at < now() - interval '24 hours'`,
          ),
        (open) => open.length === 0,
      );
      return applicationIds;
    } finally {
      await stage().mailbox.tell('faults', { mode: null });
      for (const address of [tom, ...reviewers]) await stage().mailbox.tell('outcomes', { address, outcome: null });
    }
  };

  it('Customer Success resolves unclear e-mails, one after the other: one has arrived, another is sent again, once; both are found by their address', async () => {
    const [read, lost] = (await unclear(['Was read', 'Was lost'])) as [string, string];
    const visitor = await stage().visitor(lena, '/customer-success/unknown-emails');
    const { page } = visitor;
    const isUnclear = async () => {
      const { count } = given(await (await stage().person(lena)).get('/deliveries', listDeliveries.answer));
      const name = `E-mails ${count} unclear`;
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).waitFor();
      return count;
    };
    const atFirst = await isUnclear();
    const questions = { 'It arrived': 'How do you know?', 'Send again': 'Why send it again?' };
    const settle = async (accountName: string, button: keyof typeof questions) => {
      const row = page.getByRole('row').filter({ hasText: accountName }).filter({ hasText: tom });
      await row.getByRole('button', { name: button }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: button }).click();
      const missing = dialog.getByText('Enter a reason.');
      const reason = dialog.getByLabel(questions[button]);
      await missing.waitFor();
      await reason.and(page.locator(':focus')).waitFor();
      await reason.fill('Tom was called.');
      await missing.waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await row.getByRole('button', { name: button }).click();
      expect(await reason.inputValue()).toBe('Tom was called.');
      const beside = await row.evaluateHandle((shown) => shown.nextElementSibling ?? shown.previousElementSibling);
      await dialog.getByRole('button', { name: button }).click();
      await visitor.hears('Resolved.');
      await row.waitFor({ state: 'detached' });
      const isNext = ([other, name]: [Element | null, string]) =>
        document.activeElement?.textContent === name && other?.contains(document.activeElement) === true;
      await page.waitForFunction(isNext, [beside, button] as [typeof beside, string]);
    };
    await settle('Was read', 'It arrived');
    await settle('Was lost', 'Send again');
    expect(await isUnclear()).toBe(atFirst - 2);
    const about = (application: string) => ({ application, kind: 'application_submitted' });
    expect(await stage().mailbox.arrived(about(lost), 2)).toHaveLength(2);
    expect(await stage().mailbox.about(about(read))).toHaveLength(1);

    await page.getByRole('search').getByLabel('E-mail address').fill(tom.toUpperCase());
    await page.keyboard.press('Enter');
    await page.getByText('Not marked').waitFor();
    await page.getByRole('row').filter({ hasText: 'Was lost' }).getByText('Delivered').waitFor();
    // The URL, which is logged and copied, has no e-mail address; a reload and going back still keep the address and
    // its page.
    expect(new URL(page.url()).search).toBe('');
    await page.route('**/api/deliveries?*email=*', (route) =>
      route.continue({ url: `${route.request().url()}&limit=1` }),
    );
    await page.reload();
    const [next, before] = ['Next page', 'Previous page'].map((name) => page.getByRole('button', { name }));
    await next!.click();
    await before!.waitFor();
    await page
      .getByRole('row')
      .filter({ hasText: /Was (read|lost)/ })
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('region', { name: 'E-mails' }).getByText(tom).first().waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Queue', exact: true }).waitFor();
    await page.goBack();
    // The first page has no previous one.
    await before!.click();
    // With several applications about one account, it says which one.
    const accountId = await stage().approved(lost);
    await stage().appliedFor(tom, { type: 'change_datapoints', accountId, datapoints: 150 });
    await page.getByRole('row').getByRole('link', { name: 'Datapoints: Was lost' }).waitFor();
  });

  it('Customer Success resolves many unclear e-mails alike: those that are chosen, or all on every page, which can be stopped; one that a colleague has resolved meanwhile is counted apart', async () => {
    const applicationIds = await unclear(['Of many', 'Of many more']);
    const visitor = await stage().visitor(lena, '/customer-success/unknown-emails');
    const { page } = visitor;
    const [person, colleague] = [await stage().person(lena), await stage().person(oliver)];
    const listed = async () => given(await person.get('/deliveries?status=unknown&limit=200', listDeliveries.answer));
    const dialog = page.getByRole('dialog');
    const chosen = (number: number) => page.getByText(`Chosen: ${number}`, { exact: true });
    const title = page.locator('h1:focus');

    const rows = page.getByRole('row').filter({ hasText: 'Of many' }).filter({ hasText: tom });
    for (const row of [0, 1]) await rows.nth(row).getByRole('checkbox').check();
    await chosen(2).waitFor();
    await rows.nth(0).getByRole('link', { name: 'Of many' }).click();
    await page.getByRole('heading', { level: 1, name: 'New account: Of many' }).waitFor();
    await page.goBack();
    await chosen(2).waitFor();
    await page.getByRole('button', { name: 'Send them again' }).click();
    await dialog.getByRole('heading', { name: 'Send 2 e-mails again' }).waitFor();
    await dialog.getByLabel('Why send them again?').fill('The provider never got them.');
    await dialog.getByRole('button', { name: 'Send them again' }).click();
    await visitor.hears('Resolved: 2.');
    await page.keyboard.press('Enter');
    await title.waitFor();
    for (const application of applicationIds)
      expect(await stage().mailbox.arrived({ application, kind: 'application_submitted' }, 2)).toHaveLength(2);

    await page.route('**/api/deliveries?status=unknown', (route) =>
      route.continue({ url: `${route.request().url()}&limit=3` }),
    );
    await page.reload();
    const { items, count } = await listed();
    const all = page.getByRole('checkbox', { name: `All (${count})` });
    await all.focus();
    await page.keyboard.press('Space');
    await chosen(count).waitFor();
    const resolution = { resolution: 'arrived', reason: 'He asked.' };
    const path = `/deliveries/${items.at(-1)!.deliveryId}/resolution`;
    given(await colleague.post(path, { shape: deliveryDetails, body: resolution }));
    await page.getByRole('button', { name: 'They arrived' }).click();
    await dialog.getByRole('heading', { name: `${count} e-mails arrived` }).waitFor();
    await dialog.getByRole('button', { name: 'They arrived' }).click();
    await dialog.getByText('Enter a reason.').waitFor();
    await page.keyboard.type('The provider lists them.');
    const slowDown = { code: 'too_many_requests', title: 'Too many', status: 429, figures: { retryAfterSeconds: 1 } };
    await page.route(
      `**/api/deliveries/${items[1]!.deliveryId}/resolution`,
      (route) => route.fulfill({ status: 429, json: slowDown }),
      { times: 1 },
    );
    const third = Promise.withResolvers<void>();
    await page.route(`**/api/deliveries/${items[2]!.deliveryId}/resolution`, async (route) => {
      await third.promise;
      await route.continue();
    });
    await dialog.getByRole('button', { name: 'They arrived' }).click();
    await dialog.getByText('Too many requests. This continues in a moment.').waitFor();
    await dialog.getByText(`2 of ${count} done`).waitFor();
    await page.keyboard.press('Escape');
    third.resolve();
    await visitor.hears(`Resolved: 3. Still unclear: ${count - 3}.`);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await visitor.hears(`Resolved: ${count - 1}. A colleague or the provider was first: 1.`);
    await dialog.getByRole('button', { name: 'Close' }).last().and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('No unclear e-mails.').waitFor();
    await title.waitFor();
    expect((await listed()).count).toBe(0);
  });
}
