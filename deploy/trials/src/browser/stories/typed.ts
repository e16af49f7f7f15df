import type { Page } from 'playwright-core';
import { application, decide, seenBy, submit } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { diego, marc, oliver, sofia } from '../people.js';
import type { BrowserStage } from '../stage.js';
import { words } from '../words.js';

const newAccount = '/account-management/new';
/** The longest possible name, without a place to break it. */
const longName = 'N'.repeat(100);

/** What people type: numbers in their own format, long names and long reasons. */
export function storiesOfWhatIsTyped(stage: () => BrowserStage): void {
  describe.each([
    ['en', marc, { much: '1,250', oneMore: '1,251', refused: ['12.5', '12,5', '1,25'] }],
    ['es', sofia, { much: '1.250', oneMore: '1251', refused: ['12,5', '12.5', '1.25'] }],
  ] as const)('the figures of a new account, in %s', (language, signIn, typed) => {
    const say = words[language];

    it("are read in the language's format, and anything else than a whole number is refused without being changed", async () => {
      const { page } = await stage().visitor(signIn, newAccount);
      const datapoints = page.getByLabel(say.datapoints, { exact: true });
      const field = datapoints.locator('xpath=ancestor::*[.//label][1]');
      for (const refused of typed.refused) {
        await datapoints.fill('20');
        await datapoints.blur();
        await field.getByText(say.enterWhole).waitFor({ state: 'detached' });
        await datapoints.fill('');
        await datapoints.pressSequentially(refused);
        await datapoints.blur();
        await field.getByText(say.enterWhole).waitFor();
        expect(await datapoints.inputValue()).toBe(refused);
      }
      await datapoints.fill('');
      await datapoints.pressSequentially(typed.much);
      await datapoints.blur();
      await datapoints.press('ArrowUp');
      await datapoints.press('ArrowDown');
      await field.locator('button').first().click();
      expect(await datapoints.inputValue()).toBe(typed.oneMore);
      await datapoints.fill(typed.much);
      // More than this license allows, but not more than the next one.
      await page.getByLabel(say.license, { exact: true }).selectOption('plus');
      await datapoints.focus();
      await datapoints.blur();
      await field.getByText(say.allowsUpTo).waitFor();
      await page.getByLabel(say.license, { exact: true }).selectOption('professional');
      await field.getByText(say.allowsUpTo).waitFor({ state: 'detached' });
      expect([await datapoints.inputValue(), await datapoints.getAttribute('aria-invalid')]).toEqual([
        typed.much,
        null,
      ]);
    });
  });

  it('the preview of a term without e-mails before its end shows only its dates', async () => {
    const visitor = await stage().visitor(marc, newAccount);
    const { page } = visitor;
    const say = words.en;
    await page.route('**/api/applications/preview', async (route) => {
      const response = await route.fetch();
      const preview = (await response.json()) as { timeline: { kind: string }[] };
      const timeline = preview.timeline.filter(({ kind }) => kind === 'expired');
      await route.fulfill({ response, json: { ...preview, timeline } });
    });
    await visitor.fillIn(
      { [say.accountName]: 'Unannounced', [say.customerName]: 'Customer' },
      { [say.license]: /Plus/, [say.sector]: /^Hotel/ },
    );
    await page
      .getByRole('region', { name: say.preview })
      .getByText(/^If approved today: first day .{11,12}, last day .{11,12}; no e-mails before then\. /)
      .waitFor();
  });

  it('the number of an added reminder is a suggestion, which typing replaces', async () => {
    const { page } = await stage().visitor(marc, '/account-management/settings/reminders');
    await page.getByRole('button', { name: 'Add a reminder' }).click();
    const number = page.getByLabel('How many, reminder 4');
    await number.and(page.locator(':focus')).waitFor();
    await page.keyboard.type('3');
    expect(await number.inputValue()).toBe('3');
  });

  it('the time of the reminders is in the format of the member’s language, whatever the browser’s', async () => {
    await stage().account(sofia, { accountName: 'Reminded in the afternoon' });
    const { page } = await stage().visitor(sofia, '/account-management/settings/reminders');
    const time = page.getByRole('group', { name: 'Hora del día' });
    await time.getByLabel('Horas').locator('option', { hasText: /^23$/ }).waitFor({ state: 'attached' });
    await time.getByLabel('Horas').selectOption('16');
    await time.getByLabel('Minutos').selectOption('05');
    await page
      .getByRole('region', { name: 'Qué cambiaría' })
      .getByText(/, 16:05/)
      .first()
      .waitFor();
  });

  describe('what is typed while the text before is being saved', () => {
    /** Holds the answers to what this page sends to the path, until the returned function is called. */
    const hold = async (page: Page, path: string) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      await page.route(path, async (route) => {
        if (route.request().method() !== 'GET') await promise;
        await route.fallback();
      });
      return resolve;
    };

    it('stays in a field, and is saved next', async () => {
      const visitor = await stage().visitor(marc, '/account-management/settings/addresses');
      const { page } = visitor;
      const form = page.getByRole('region', { name: 'Fallback address' });
      const address = form.getByLabel('E-mail address');
      const save = form.getByRole('button', { name: 'Save' });
      const answer = await hold(page, '**/api/organization/fallback-address');
      await address.fill('first@solar-partner.example');
      await save.click();
      await address.fill('second@solar-partner.example');
      await form.getByRole('button', { name: 'Sending…' }).waitFor();
      answer();
      await visitor.hears('Fallback address saved.');
      expect(await address.inputValue()).toBe('second@solar-partner.example');
      await save.click();
      await visitor.hears('Fallback address saved.');
      await page.reload();
      expect(await address.inputValue()).toBe('second@solar-partner.example');
    });

    it('stays in a dialog, which stays open for it', async () => {
      const accountId = await stage().account(marc, { accountName: 'Typed on' });
      const visitor = await stage().visitor(marc, `/account-management/accounts/${accountId}?show=recipients`);
      const { page } = visitor;
      const dialog = page.getByRole('dialog');
      const save = dialog.getByRole('button', { name: 'Save' });
      const answer = await hold(page, '**/api/accounts/*/recipients');
      await page.getByRole('button', { name: 'Edit the extra addresses' }).click();
      await dialog.getByLabel('E-mail address 1').fill('first@customer.example');
      await save.click();
      await dialog.getByRole('button', { name: 'Add an address' }).click();
      await dialog.getByLabel('E-mail address 2').fill('second@customer.example');
      answer();
      await visitor.hears('Extra addresses saved.');
      await save.click();
      await dialog.waitFor({ state: 'detached' });
      for (const each of ['first', 'second'])
        await page.getByRole('row', { name: `${each}@customer.example` }).waitFor();
    });

    it('stays among the notices', async () => {
      const visitor = await stage().visitor(sofia, '/account-management/settings/notices');
      const { page } = visitor;
      const [decisions, reminders] = ['Decisiones', 'Recordatorios'].map((name) =>
        page.getByRole('checkbox', { name }),
      );
      const answer = await hold(page, '**/api/me/notices');
      await decisions!.uncheck();
      await page.getByRole('button', { name: 'Guardar' }).click();
      await decisions!.check();
      await reminders!.uncheck();
      answer();
      await visitor.hears('Guardado.');
      expect([await decisions!.isChecked(), await reminders!.isChecked()]).toEqual([true, false]);
      await reminders!.check();
      await page.getByRole('button', { name: 'Guardar' }).click();
      await visitor.hears('Guardado.');
    });

    it('stays among the reminders', async () => {
      const visitor = await stage().visitor(sofia, '/account-management/settings/reminders');
      const { page } = visitor;
      const [minutes, apply] = [page.getByLabel('Minutos'), page.getByRole('button', { name: 'Aplicar' })];
      const current: object = await (await page.request.get('/api/reminder-policy')).json();
      const { promise, resolve } = Promise.withResolvers<void>();
      await page.route('**/api/reminder-policy', async (route) => {
        if (route.request().method() === 'GET') return route.fallback();
        await promise;
        return route.fulfill({ json: { ...current, localTime: '09:15' } });
      });
      await minutes.selectOption('15');
      await apply.click();
      await page.getByRole('button', { name: 'Enviando…' }).waitFor();
      await minutes.selectOption('30');
      resolve();
      await visitor.hears('Guardados. Las cuentas están pasando a estos recordatorios.');
      await apply.waitFor();
      expect(await minutes.inputValue()).toBe('30');
      await minutes.selectOption('00');
    });
  });

  it('a reason that is too long is not sent with either decision', async () => {
    const applicationId = await stage().applied(sofia, { accountName: 'Long reason' });
    const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()));
    const reason = page.getByLabel('Reason', { exact: true });
    await page.getByText('Create Long reason').waitFor();
    await reason.fill('x'.repeat(1_001));
    await page.getByText('At most 1,000 characters.').waitFor();
    for (const verdict of ['Reject', 'Approve']) {
      await page.getByRole('button', { name: verdict, exact: true }).click();
      await reason.and(page.locator(':focus')).waitFor();
    }
    expect(asked.filter((url) => url.endsWith('/decision'))).toEqual([]);
  });

  it('a comment and a reason keep their lines', async () => {
    const lines = 'First the roof.\nThen the cellar.';
    const ask = {
      customerName: 'Customer',
      license: 'plus',
      datapoints: 100,
      months: 12,
      sector: 'hotel',
      comment: lines,
    };
    const request = { ...ask, type: 'new_account', accountName: 'Written in lines' };
    const { applicationId } = given(await submit(await stage().person(sofia), request));
    const accountId = await stage().approved(applicationId);
    const rejected = await stage().applied(sofia, { accountName: 'Rejected in lines' });
    await stage().rejected(rejected, lines);
    const visitor = await stage().visitor(sofia, `/account-management/accounts/${accountId}`);
    const written = visitor.page.getByText('First the roof.');
    expect(await written.innerText()).toBe(lines);
    await visitor.goOn(`/account-management/applications/${rejected}`);
    await visitor.arriveAt('Cuenta nueva: Rejected in lines');
    expect(await written.innerText()).toBe(`Motivo: ${lines}`);
  });

  it('the longest name and a reason without spaces make no page wider than the screen', async () => {
    const accountId = await stage().account(sofia, { accountName: longName });
    const ask = (datapoints: number) => stage().appliedFor(sofia, { accountId, type: 'change_datapoints', datapoints });
    const rejected = await ask(200);
    const reviewer = await stage().person(oliver);
    const seen = await seenBy(reviewer, given(await application(reviewer, rejected)));
    given(await decide(reviewer, rejected, { verdict: 'reject', reason: 'r'.repeat(500), seen }));
    const pending = await ask(300);
    const section = '/account-management';
    const paths: [string, string[]][] = [
      [
        sofia,
        [
          '/',
          `${section}/active`,
          `${section}/applications?which=decided`,
          `${section}/applications/${pending}`,
          `${section}/applications/${rejected}`,
          `${section}/accounts/${accountId}`,
          `${section}/accounts/${accountId}?show=audit`,
          `${section}/accounts/${accountId}/license`,
        ],
      ],
      [
        diego,
        [
          '/customer-success',
          '/customer-success/decided?state=rejected',
          `/customer-success/applications/${pending}`,
          `/customer-success/accounts/${accountId}?show=applications`,
        ],
      ],
    ];
    const tooWide: string[] = [];
    for (const [signIn, pages] of paths) {
      const visitor = await stage().visitor(signIn);
      for (const path of pages) {
        await visitor.goOn(path);
        await visitor.page.getByText(longName).first().waitFor();
        // At 992 pixels, lists become tables.
        for (const width of [320, 992, 1280]) {
          await visitor.page.setViewportSize({ width, height: 800 });
          const by = await overflow(visitor.page);
          if (by > 0) tooWide.push(`${path} at ${width}: ${by} px`);
        }
      }
    }
    expect(tooWide).toEqual([]);
  });
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
