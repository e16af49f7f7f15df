import { whenATestFails } from '@tenure/testing';
import type { Page } from 'playwright-core';
import { moveClock, reminderPolicy, timeline } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { diego, grace, irene, marc, oliver, ruth, sofia, tom } from './people.js';
import { BrowserStage } from './stage.js';
import { formStories } from './stories/forms.js';
import { storiesOfTheQueue } from './stories/queue.js';
import { auditStories } from './stories/audit.js';
import { emailDomainStories } from './stories/email-domains.js';
import { recipientStories } from './stories/recipients.js';
import { storiesOfWhatIsTyped } from './stories/typed.js';
import { unclearStories } from './stories/unclear.js';
import { words } from './words.js';

let stage: BrowserStage;
beforeAll(async () => {
  stage = await BrowserStage.set('console');
  whenATestFails(() => stage.seen());
});
afterAll(() => stage?.strike());
afterEach(() => stage?.everybodyLeaves());

describe('who may enter', () => {
  it('a member without a role sees the names of active accounts, as they were typed, and neither entry to a section', async () => {
    await stage.account(grace, { accountName: 'Harbor <b>1</b>' });
    const { page } = await stage.visitor(ruth);
    await page.getByText('Harbor <b>1</b>', { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Account management' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Customer Success' }).count()).toBe(0);
  });

  it.each([
    [ruth, 'You need the SuperAdmin permission.'],
    [irene, 'Necesitas el permiso de SuperAdmin.'],
    [oliver, 'You need the SuperAdmin permission.'],
  ])('%s reads in their language which permission is missing', async (signIn, sentence) => {
    const { page } = await stage.visitor(signIn, '/account-management/active');
    await page.getByText(sentence).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
  });

  it('a SuperAdmin enters with the button at the top right and the icon of the main screen', async () => {
    const visitor = await stage.visitor(marc);
    for (const place of ['banner', 'main'] as const) {
      await visitor.goOn('/');
      await visitor.page.getByRole(place).getByRole('link', { name: 'Account management' }).click();
      expect(await visitor.arriveAt('Active accounts')).toBe('/account-management/active');
    }
    expect(await visitor.page.getByRole('link', { name: 'Customer Success' }).count()).toBe(0);
  });

  it.each([
    ['/customer-success/organizations', 'Customer Success'],
    ['/account-management/settings/reminders', 'Gestión de cuentas'],
  ])('who may enter both sections sees in the header that %s belongs to %s', async (path, section) => {
    const { page } = await stage.visitor(diego, path);
    const sections = page.getByRole('navigation', { name: 'Secciones' });
    await sections.locator('[aria-current]').getByText(section).waitFor();
    expect(await sections.locator('[aria-current]').count()).toBe(1);
  });

  it('a SuperAdmin without an active account who waits for the first reads so, with a link to the application', async () => {
    const applicationId = await stage.applied(grace, { accountName: 'The first of all' });
    const visitor = await stage.visitor(grace, null);
    const { page } = visitor;
    for (const list of ['**/api/accounts?*', '**/api/accounts/names*'])
      await page.route(list, (route) => route.fulfill({ json: { items: [], next: null, count: 0 } }));
    for (const path of ['/', '/account-management/active']) {
      await visitor.open(path);
      await page
        .getByText("Your organization's applications are waiting for Customer Success.", { exact: false })
        .waitFor();
      expect(await page.getByText('Apply for the first one', { exact: false }).count()).toBe(0);
      await page.getByRole('main').getByRole('link', { name: 'See the applications' }).click();
      await visitor.arriveAt('Applications');
      await page.getByRole('link', { name: 'New account, The first of all' }).waitFor();
    }
    await stage.approved(applicationId);
  });

  it('a SuperAdmin with only expired accounts gets a link to them, not to creating a first one', async () => {
    const visitor = await stage.visitor(sofia, null);
    const { page } = visitor;
    const of = (count: number) => ({ json: { items: [], next: null, count } });
    await page.route('**/api/accounts/names*', (route) => route.fulfill(of(0)));
    await page.route('**/api/accounts?*', (route) =>
      route.fulfill(of(route.request().url().includes('zone=expired') ? 2 : 0)),
    );
    for (const path of ['/', '/account-management/active']) {
      await visitor.open(path);
      await page.getByText('No hay cuentas activas.', { exact: true }).waitFor();
      await page.getByRole('main').getByRole('link', { name: 'Ver las cuentas caducadas' }).click();
      expect(await visitor.arriveAt('Cuentas caducadas')).toBe('/account-management/expired');
    }
  });

  it("another organization's account does not exist", async () => {
    const accountId = await stage.account(grace, { accountName: 'Lighthouse' });
    const visitor = await stage.visitor(marc, null);
    const { page } = visitor;
    const shown = async (id: string) => {
      await page.goto(`/account-management/accounts/${id}`);
      await visitor.arriveAt('Not found');
      await page.getByRole('main').getByRole('link', { name: 'Go to the main screen' }).waitFor();
      return page.getByRole('main').textContent();
    };
    const theirs = await shown(accountId);
    expect(theirs).toBe(await shown('0198c2f4-0000-7000-8000-000000000000'));
    expect(theirs).not.toContain('Lighthouse');
  });

  it('an address whose id is a path does not exist, and asks the API nothing', async () => {
    const visitor = await stage.visitor(oliver, null);
    const { page } = visitor;
    const asked: string[] = [];
    page.on('request', (request) => request.url().endsWith('/countries') && asked.push(request.url()));
    await visitor.open('/customer-success/applications/..%2Fcountries');
    await visitor.arriveAt('Not found');
    expect(asked).toEqual([]);
  });

  it('a member who is both SuperAdmin and Customer Success manages only their own organization, and finds the others in the other section', async () => {
    await stage.account(diego, { accountName: 'Own depot' });
    const accountId = await stage.account(grace, { accountName: 'Depot of another' });
    const pending = await stage.applied(grace, { accountName: 'Annex of another' });
    const visitor = await stage.visitor(diego, '/account-management/active');
    const { page } = visitor;
    await page.getByRole('table').getByText('Own depot').waitFor();
    expect(await page.getByRole('table').getByText('of another').count()).toBe(0);
    const shown = (await page.getByRole('table').getByRole('row').count()) - 1;
    await page.getByRole('link', { name: `Cuentas activas ${shown}` }).waitFor();

    await visitor.goOn('/account-management/applications');
    await page.getByText('Nada pendiente.').waitFor();
    const account = `accounts/${accountId}`;
    for (const [path, shown, title] of [
      [`${account}?show=emails`, `${account}?show=emails`, 'Depot of another'],
      [`${account}/renewal`, account, 'Depot of another'],
      [`applications/${pending}`, `applications/${pending}`, 'Cuenta nueva: Annex of another'],
    ] as const) {
      await visitor.goOn(`/account-management/${path}`);
      await page.waitForURL(`**/customer-success/${shown}`);
      await visitor.arriveAt(title);
    }

    for (const [text, found, path] of [
      ['Depot of', 'Depot of another Grid Partner · Customer · Activa', `accounts/${accountId}`],
      ['Annex of', 'Cuenta nueva: Annex of another Grid Partner · Pendiente', `applications/${pending}`],
    ] as const) {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill(text);
      await page.getByRole('option', { name: found, exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/customer-success/${path}`);
    }
    await stage.approved(pending);
  });

  it('a partner and Customer Success may send each other the address of an application', async () => {
    const pending = await stage.applied(grace, { accountName: 'Sent by address' });
    for (const [signIn, from, to] of [
      [grace, 'customer-success', 'account-management'],
      [oliver, 'account-management', 'customer-success'],
    ] as const) {
      const visitor = await stage.visitor(signIn, `/${from}/applications/${pending}`);
      expect(await visitor.arriveAt('New account: Sent by address')).toBe(`/${to}/applications/${pending}`);
    }
    await stage.approved(pending);
  });
});

describe('a new account', () => {
  const say = words.es;

  it('is applied for, decided by another person in another language, and turns into an account while the applicant watches', async () => {
    const visitor = await stage.visitor(sofia);
    const { page } = visitor;
    await page.getByRole('banner').getByRole('link').last().click();
    await visitor.arriveAt(say.activeAccounts);
    await page.getByRole('link', { name: say.createAccount }).first().click();
    await visitor.arriveAt(say.createAccount);
    await visitor.fillIn(
      { [say.accountName]: 'Hotel Luna', [say.customerName]: 'Customer', [say.datapoints]: '200' },
      { [say.license]: /Plus/, [say.sector]: /^Hotel/ },
    );
    const preview = page.getByRole('region', { name: say.preview });
    await preview.getByRole('listitem').last().waitFor();
    expect(await preview.getByRole('listitem').count()).toBe(5);

    await page.getByRole('button', { name: say.createAccount }).click();
    await page.getByRole('main').getByText(say.sent).waitFor();
    expect(await visitor.arriveAt('Cuenta nueva: Hotel Luna')).toMatch(
      /^\/account-management\/applications\/[0-9a-f-]{36}$/,
    );
    const applicationId = page.url().split('/').at(-1)!;
    await page.getByRole('main').getByText(say.pending, { exact: true }).waitFor();

    const reviewer = await stage.visitor(oliver, `/customer-success/applications/${applicationId}`);
    await reviewer.page.getByRole('button', { name: words.en.approve, exact: true }).click();
    await reviewer.page.getByRole('region').getByText(words.en.fulfilled).first().waitFor();
    await page.getByRole('main').getByText(say.fulfilled, { exact: true }).waitFor();
    const emails = await stage.mailbox.arrived({ application: applicationId, kind: 'application_approved' }, 1);
    expect(emails.map(({ to }) => to)).toEqual([[sofia]]);
    await visitor.goOn('/account-management/active');
    await page.getByRole('row', { name: 'Hotel Luna' }).getByText(say.used(0, 200)).waitFor();
  });

  it('shows the error at each field and loses nothing that was typed', async () => {
    const { page } = await stage.visitor(sofia, '/account-management/new');
    await page.getByLabel(say.datapoints, { exact: true }).fill('19');
    await page.getByLabel(say.customerName, { exact: true }).fill('<b>Customer</b>');
    await page.getByRole('button', { name: say.createAccount }).click();
    const summary = page.getByRole('alert');
    for (const message of [say.enterName, say.chooseLicense, say.atLeast20]) await summary.getByText(message).waitFor();
    await summary.and(page.locator(':focus')).waitFor();
    await page.reload();
    await page.getByLabel(say.customerName, { exact: true }).waitFor();
    expect([
      await page.getByLabel(say.datapoints, { exact: true }).inputValue(),
      await page.getByLabel(say.customerName, { exact: true }).inputValue(),
    ]).toEqual(['19', '<b>Customer</b>']);
  });
});

formStories(() => stage);
storiesOfWhatIsTyped(() => stage);
storiesOfTheQueue(() => stage);

describe('in the sandbox', () => {
  it("an account's clock is moved from its page, and its reminders are sent one after the other", async () => {
    const accountId = await stage.account(grace, { accountName: 'Calendar' });
    const { page } = await stage.visitor(grace, `/account-management/accounts/${accountId}`);
    const timeline = page.getByRole('list', { name: /./ }).filter({ hasText: 'Final notice' }).first();
    for (const [index, reminder] of ['One month before', 'One week before', 'Final notice'].entries()) {
      await page.getByRole('button', { name: 'To the next moment' }).click();
      await timeline.getByRole('listitem').filter({ hasText: reminder }).filter({ hasText: 'Sent' }).waitFor();
      expect(await stage.mailbox.arrived({ account: accountId, kind: 'reminder' }, 2 * (index + 1))).toHaveLength(
        2 * (index + 1),
      );
    }
    await page.getByRole('button', { name: 'To the next moment' }).click();
    await page.getByRole('main').getByText('Expired', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'To the next moment' }).click();
    await page.getByRole('alert').getByText('Nothing more is planned for this account.').waitFor();

    // The link back leads to the list that has it now.
    for (const [signIn, section, list] of [
      [grace, 'account-management', 'Expired accounts'],
      [oliver, 'customer-success', 'Expired accounts of all organizations'],
    ] as const) {
      const visitor = await stage.visitor(signIn, `/${section}/accounts/${accountId}`);
      await visitor.page.getByRole('main').getByRole('link', { name: list, exact: true }).click();
      await visitor.arriveAt(list);
      await visitor.page.getByRole('row').filter({ hasText: 'Calendar' }).waitFor();
    }
  });
});

describe('the reminders of an organization', () => {
  const progress = (page: Page, text: RegExp) =>
    page.getByRole('region', { name: 'Accounts with' }).getByText(text).waitFor();

  it('are changed for every account in batches, across a stop: no reminder is sent twice, and none that is overdue only because of the change', async () => {
    const accountIds: string[] = [];
    for (const accountName of ['Reminded', 'Second', 'Third', 'Fourth'])
      accountIds.push(await stage.approved(await stage.applied(tom, { accountName })));
    // Its first reminder has been sent; the next is due in a week.
    const [reminded] = accountIds as [string];
    const person = await stage.person(tom);
    given(await moveClock(person, reminded, { toNextMoment: true }));
    const remindedOf = (offset: string) => stage.mailbox.about({ account: reminded, kind: 'reminder', offset });
    expect(await remindedOf('P1M')).toHaveLength(2);
    await stage.stack.restart('licensing', { POLICY_BATCH: '1' });

    const visitor = await stage.visitor(tom, '/account-management/settings/reminders');
    const { page } = visitor;
    const preview = page.getByRole('region', { name: 'What would change' });
    for (const [count, unit] of [
      ['2', 'months'],
      ['2', 'weeks'],
    ] as const) {
      await page.getByRole('button', { name: 'Add a reminder' }).press('Enter');
      const number = await page.getByRole('listitem').filter({ hasText: 'before the last day' }).count();
      await page.getByLabel(`How many, reminder ${number + 1}`).fill(count);
      await page.getByLabel(`Unit, reminder ${number + 1}`).selectOption(unit);
    }
    await preview.getByText('2 more reminders', { exact: false }).first().waitFor();
    await preview.getByText('1 account: 1 more reminder and 1 skipped, already past').waitFor();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    const changing = async () => given(await reminderPolicy(person)).change;
    await until(changing, (change) => change?.endedAt === null && change.lookedAt > 0);
    await stage.withoutProgress(async () => {
      await progress(page, /^Accounts processed: [1-9]\d* of \d+\./);
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await progress(page, /^Stopped\. Accounts processed: [1-9]\d* of/);
      const stopped = (await changing())!;
      expect(stopped.lookedAt).toBeLessThan(stopped.total);
      // The rest fits into one batch.
      await stage.stack.restart('licensing', {});
    });
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await progress(page, /^All accounts have had these reminders since/);

    for (const accountId of accountIds) {
      const { moments } = given(await timeline(person, accountId));
      expect(moments.filter(({ applicationId }) => applicationId === null).map(({ kind }) => kind)).toEqual([
        ...['P2M', 'P1M', 'P14D', 'P7D', 'P0D', 'expired'],
      ]);
    }
    given(await moveClock(person, reminded, { toNextMoment: true }));
    await visitor.goOn(`/account-management/accounts/${reminded}`);
    await page.getByRole('listitem').filter({ hasText: '2 weeks before' }).filter({ hasText: 'Sent' }).waitFor();
    const skipped = page.getByRole('listitem').filter({ hasText: '2 months before' });
    await skipped.getByText('already past when the reminders were applied', { exact: false }).waitFor();
    expect([
      (await remindedOf('P2M')).length,
      (await remindedOf('P1M')).length,
      (await remindedOf('P14D')).length,
    ]).toEqual([0, 2, 2]);
  });
});

emailDomainStories(() => stage);

recipientStories(() => stage);

unclearStories(() => stage);

auditStories(() => stage);

describe('a calendar', () => {
  const events = async (address: string) => (await (await fetch(address)).text()).match(/SUMMARY:.*/g) ?? [];

  it('has an address that is created, shown once and revoked; a reminder has an address for its account only', async () => {
    const accountId = await stage.approved(await stage.applied(tom, { accountName: 'Calendared' }));
    const { page } = await stage.visitor(tom, '/account-management/settings/calendar');
    await page.getByRole('button', { name: 'Create an address' }).click();
    const address = await page.getByLabel('Address', { exact: true }).inputValue();
    expect(await events(address)).toContain('SUMMARY:Last day of Calendared');
    await page.reload();
    await page.getByRole('button', { name: 'Revoke the address' }).waitFor();
    expect(await page.getByLabel('Address', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Revoke the address' }).click();
    await page.getByRole('button', { name: 'Create an address' }).waitFor();
    expect((await fetch(address)).status).toBe(404);

    given(await moveClock(await stage.person(tom), accountId, { toNextMoment: true }));
    const [reminder] = await stage.mailbox.arrived({ account: accountId, kind: 'reminder' }, 2);
    const inReminder = /https?:\/\/\S+\/calendar\/[\w-]+\.ics/.exec(reminder!.text ?? '')![0];
    expect(await events(inReminder)).toEqual(['SUMMARY:Last day of Calendared']);
    await page.getByRole('button', { name: 'Revoke all of these links' }).click();
    await page.getByText('No link is valid.').waitFor();
    const cancelled = await (await fetch(inReminder)).text();
    expect([cancelled.includes('STATUS:CANCELLED'), cancelled.includes('Calendared')]).toEqual([true, false]);
  });
});
