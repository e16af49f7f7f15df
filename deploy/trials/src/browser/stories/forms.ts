import { account, application, moveClock } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { grace, marc, oliver, sofia, tom } from '../people.js';
import { untilQuiet, untilUnchanged } from '../quiet.js';
import type { BrowserStage } from '../stage.js';
import { tryAgain } from '../try-again.js';
import type { Visitor } from '../visitor.js';
import { words } from '../words.js';

const forms = { change_datapoints: 'datapoints', change_license: 'license', renew_subscription: 'renewal' } as const;

/** The three forms about an account: what they refuse and why, and their results. */
export function formStories(stage: () => BrowserStage): void {
  it('a rejected application for a new account can be sent again with its values, and an existing draft takes precedence', async () => {
    const rejected = await stage().applied(sofia, {
      accountName: 'Otra vez',
      datapoints: 1250,
      license: 'professional',
    });
    await stage().rejected(rejected, 'Falta el contrato.');
    const visitor = await stage().visitor(sofia, '/account-management/new');
    const { page } = visitor;
    const accountName = page.getByLabel('Nombre de la cuenta', { exact: true });
    await accountName.fill('Un borrador');
    await visitor.goOn(`/account-management/applications/${rejected}`);
    await page.getByText('Motivo: Falta el contrato.').waitFor();
    await page.getByRole('link', { name: 'Solicitar de nuevo' }).click();
    await visitor.arriveAt('Crear una cuenta nueva');
    await page.getByText('Motivo: Falta el contrato.').waitFor();
    await page.getByRole('link', { name: 'Volver sin enviar' }).click();
    await visitor.arriveAt('Cuenta nueva: Otra vez');
    await page.getByText('Motivo: Falta el contrato.').waitFor();
    await page.getByRole('link', { name: 'Solicitar de nuevo' }).click();
    await page.getByText('Tu borrador', { exact: false }).waitFor();
    expect(await accountName.inputValue()).toBe('Un borrador');
    await page.getByRole('button', { name: 'Descartar borrador' }).click();
    await page
      .getByLabel('Licencia', { exact: true })
      .locator('option:checked', { hasText: 'Profesional' })
      .waitFor({ state: 'attached' });
    expect([
      await accountName.inputValue(),
      await page.getByLabel('Nombre del cliente', { exact: true }).inputValue(),
      await page.getByLabel('Datapoints', { exact: true }).inputValue(),
    ]).toEqual(['Otra vez', 'Customer', '1250']);
    await page.getByLabel('Comentario', { exact: true }).fill('Va con el contrato.');
    await page.getByRole('button', { name: 'Crear una cuenta nueva' }).click();
    await page.getByRole('main').getByText(words.es.sent).waitFor();
    const again = page.url().split('/').at(-1)!;
    const reviewer = await stage().visitor(oliver, `/customer-success/applications/${again}`);
    const history = reviewer.page.getByRole('region', { name: "The account's history" });
    await history.getByText('Reason: Falta el contrato.').waitFor();
    const nothingPending = '**/api/applications?status=pending*';
    await page.route(nothingPending, (route) => route.fulfill({ json: { items: [], next: null, count: 0 } }));
    await visitor.goOn('/account-management/applications');
    await page.getByRole('main').getByRole('link', { name: 'Ver las solicitudes decididas' }).click();
    await page.getByText('Motivo: Falta el contrato.').waitFor();
    await page.unroute(nothingPending);
    expect(given(await application(await stage().person(sofia), again)).request).toMatchObject({
      accountName: 'Otra vez',
      license: 'professional',
      datapoints: 1250,
      comment: 'Va con el contrato.',
    });
    expect(again).not.toBe(rejected);
    await stage().approved(again);
  });

  it.each([
    ['change_datapoints', { datapoints: 1250 }, 'Edit datapoints'],
    ['change_license', { license: 'essential' }, 'Edit license'],
    ['renew_subscription', { months: 7 }, 'Renew subscription'],
  ] as const)(
    'a rejected application about an account, %s, can be sent again with its values',
    async (type, asked, form) => {
      const accountId = await stage().account(grace, { accountName: `Again: ${form}`, license: 'professional' });
      const rejected = await stage().appliedFor(grace, { accountId, type, comment: 'Please.', ...asked });
      await stage().rejected(rejected, 'No contract.');
      const narrowed = '?which=decided&text=again';
      const visitor = await stage().visitor(grace, `/account-management/applications/${rejected}${narrowed}`);
      const { page } = visitor;
      const applyAgain = page.getByRole('link', { name: 'Apply again' });
      await applyAgain.click();
      await visitor.arriveAt(form);
      await page.getByRole('link', { name: 'Back without sending' }).click();
      await page.getByText('Reason: No contract.').waitFor();
      expect(new URL(page.url()).search).toBe(narrowed);
      // Also for a person who opens it directly, as from the e-mail about an expiry.
      await visitor.goOn(`/account-management/accounts/${accountId}/${forms[type]}`);
      await visitor.arriveAt(form);
      await page.getByText('Reason: No contract.').waitFor();
      await visitor.goOn(`/account-management/applications/${rejected}${narrowed}`);
      await applyAgain.click();
      await visitor.arriveAt(form);
      const comment = page.getByLabel('Comment', { exact: true });
      expect(await comment.inputValue()).toBe('Please.');
      await comment.fill('With the contract.');
      await page.getByRole('button', { name: form, exact: true }).click();
      await page.getByRole('main').getByText(words.en.sent).waitFor();
      const again = page.url().split('/').at(-1)!;
      const { request } = given(await application(await stage().person(grace), again));
      expect(request).toEqual({ type, accountId, ...asked, comment: 'With the contract.' });
      await stage().approved(again);
    },
  );

  it('an application that is sent again fills only its own form', async () => {
    const accountId = await stage().account(grace, { accountName: 'Asked for once', license: 'professional' });
    const request = { accountId, type: 'change_datapoints', datapoints: 120, comment: 'Please.' };
    const rejected = await stage().appliedFor(grace, request);
    await stage().rejected(rejected, 'No contract.');
    const visitor = await stage().visitor(
      grace,
      `/account-management/accounts/${accountId}/datapoints?again=${rejected}`,
    );
    const { page } = visitor;
    const comment = page.getByLabel('Comment', { exact: true });
    await comment.waitFor();
    expect(await comment.inputValue()).toBe('Please.');
    await page.getByRole('main').getByRole('link', { name: 'Asked for once' }).click();
    await visitor.arriveAt('Asked for once');
    await page.getByRole('link', { name: 'Edit datapoints' }).click();
    await visitor.arriveAt('Edit datapoints');
    expect(await comment.inputValue()).toBe('');
    await visitor.goOn(`/account-management/accounts/${accountId}/license?again=${rejected}`);
    await visitor.arriveAt('Edit license');
    expect(await comment.inputValue()).toBe('');
  });

  it('says which choices could not be loaded, and offers them after a retry; also which do not exist yet', async () => {
    const { page } = await stage().visitor(marc, null);
    const offered = '**/api/{licenses,email-domains}';
    await page.route(offered, (route) => route.abort('connectionreset'));
    await page.goto('/account-management/new');
    const missing = page.getByRole('alert').filter({ hasText: 'License and Domain associated with emailing' });
    await missing.getByText('Tenure is not responding.', { exact: false }).waitFor();
    await tryAgain(page, offered);
    await missing.waitFor({ state: 'detached' });
    await page
      .getByLabel('License', { exact: true })
      .getByRole('option', { name: /^Plus/ })
      .waitFor({ state: 'attached' });
    await page.route('**/api/{licenses,sectors}', (route) => route.fulfill({ json: { items: [] } }));
    await page.reload();
    await page.getByText('Nothing to choose from yet: License and Sector').waitFor();
  });

  it('a draft with a domain that was deleted since shows it as unverified, and another one can be chosen', async () => {
    const visitor = await stage().visitor(marc, null);
    const { page } = visitor;
    let items = [{ domain: 'deleted.solar-partner.example', status: 'verified' }];
    await page.route('**/api/email-domains', (route) => route.fulfill({ json: { items } }));
    await visitor.open('/account-management/new');
    const domain = page.getByLabel('Domain associated with emailing');
    await domain.selectOption('deleted.solar-partner.example');
    items = [];
    await page.reload();
    const deleted = domain.locator('option', { hasText: 'deleted.solar-partner.example (not verified)' });
    await deleted.and(page.locator(':checked')).waitFor({ state: 'attached' });
    await domain.selectOption("The platform's domain");
    await deleted.waitFor({ state: 'detached' });
  });

  it('lists what needs a correction until the next attempt, so that no field moves while it is corrected', async () => {
    const { page } = await stage().visitor(marc, '/account-management/new');
    const summary = page.getByRole('alert');
    const send = page.getByRole('button', { name: 'Create a new account' });
    await send.click();
    await summary.and(page.locator(':focus')).waitFor();
    const name = page.getByLabel("Account's name", { exact: true });
    const before = await name.boundingBox();
    for (const typed of ['Corrected', '', 'Corrected']) {
      await name.fill(typed);
      await name.blur();
      await name.and(page.locator(typed === '' ? '[aria-invalid=true]' : ':not([aria-invalid=true])')).waitFor();
      expect(await name.boundingBox()).toEqual(before);
    }
    await send.click();
    await summary.getByText("Enter the account's name.").waitFor({ state: 'detached' });
    await summary.getByText("Enter the customer's name.").waitFor();
  });

  it('lists what is wrong with the reminders until the next attempt, under the current number of each', async () => {
    const { page } = await stage().visitor(marc, '/account-management/settings/reminders');
    const summary = page.getByRole('alert');
    const number = (of: number) => page.getByLabel(`How many, reminder ${of}`);
    await page.getByRole('button', { name: 'Add a reminder' }).click();
    await number(4).fill('');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await summary.and(page.locator(':focus')).waitFor();
    const before = await number(4).boundingBox();
    await number(4).fill('3');
    await number(4).and(page.locator(':not([aria-invalid=true])')).waitFor();
    expect(await number(4).boundingBox()).toEqual(before);
    await page.getByRole('button', { name: 'Remove reminder 1' }).click();
    await summary.getByRole('link', { name: 'Reminder 3' }).click();
    await number(3).and(page.locator(':focus')).waitFor();
    expect(await number(3).inputValue()).toBe('3');
    await page.getByRole('button', { name: 'Remove reminder 3' }).click();
    await summary.waitFor({ state: 'detached' });
  });

  it('a press is not lost when the field that it leaves shows an error and moves what is pressed', async () => {
    const { page } = await stage().visitor(marc, '/account-management/new');
    const back = page.getByRole('link', { name: 'Back without sending' });
    await back.scrollIntoViewIfNeeded();
    await page.getByLabel('Period in months', { exact: true }).fill('61');
    const { x, y } = (await back.boundingBox())!;
    await page.mouse.move(x + 20, y + 4);
    await page.mouse.down();
    await page.evaluate(untilUnchanged);
    await page.mouse.up();
    await untilQuiet(page);
    expect(new URL(page.url()).pathname).toBe('/account-management/active');
  });

  it('a field that is left by a key is checked, even if a press in it is not released on the page, as when it opens a menu', async () => {
    const { page } = await stage().visitor(marc, '/account-management/new');
    const months = page.getByLabel('Period in months', { exact: true });
    await months.hover();
    await page.mouse.down({ button: 'right' });
    await months.fill('61');
    await page.keyboard.press('Tab');
    await page.getByText('Enter 1 to 60 months.').waitFor();
    await page.mouse.up({ button: 'right' });
  });

  it('neither sends again nor previews what was sent, whose name is taken by then, while the page of the application loads', async () => {
    // A clock that is installed stays in its page.
    const visitor = await stage().newcomer();
    const { page } = visitor;
    await visitor.signIn(grace, '/account-management/new');
    const say = words.en;
    await visitor.fillIn(
      { [say.accountName]: 'Sent to a slow page', [say.customerName]: 'Customer' },
      { [say.license]: /Plus/, [say.sector]: /^Hotel/ },
    );
    await visitor.preview(say.preview).getByRole('listitem').first().waitFor();
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));
    const code = Promise.withResolvers<void>();
    await page.route('**/assets/application-page-*.js', (route) => code.promise.then(() => route.continue()));
    const isAsked = page.waitForRequest('**/assets/application-page-*.js');
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.getByLabel('Comment', { exact: true }).fill('Typed right before');
    await page.getByRole('button', { name: say.createAccount }).click();
    await isAsked;
    await page.clock.resume();
    await visitor.hears(say.sent);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sending…', exact: true }).waitFor();
    code.resolve();
    await visitor.arriveAt('New account: Sent to a slow page');
    expect(sent).toEqual(['/api/applications']);
    await stage().approved(page.url().split('/').at(-1)!);
  });

  it('that is answered after the user has gone to another page does not lead away from there', async () => {
    const visitor = await stage().visitor(grace, '/account-management/new');
    const { page } = visitor;
    const say = words.en;
    await visitor.fillIn(
      { [say.accountName]: 'Sent in the background', [say.customerName]: 'Customer' },
      { [say.license]: /Plus/, [say.sector]: /^Hotel/ },
    );
    const answer = Promise.withResolvers<void>();
    await page.route('**/api/applications', (route) => answer.promise.then(() => route.continue()));
    await page.getByRole('button', { name: say.createAccount }).click();
    await page.getByRole('button', { name: 'Sending…', exact: true }).waitFor();
    await visitor.goOn('/account-management/settings/addresses');
    await visitor.arriveAt('Addresses');
    answer.resolve();
    await visitor.hears(say.sent);
    await untilQuiet(page);
    expect(await visitor.arriveAt('Addresses')).toBe('/account-management/settings/addresses');
  });

  it.each([
    ['/account-management/new', 'Preview', 'Create a new account'],
    ['/account-management/settings/reminders', 'What would change', 'Apply'],
  ])('on a phone, %s shows what would happen before the button, to a screen reader too', async (path, title, name) => {
    const { page } = await stage().visitor(marc, path);
    const preview = page.getByRole('region', { name: title });
    const send = page.getByRole('button', { name, exact: true });
    await send.waitFor();
    const place = async () => ({ preview: (await preview.boundingBox())!, send: (await send.boundingBox())! });
    const wide = await place();
    expect(wide.preview.x).toBeGreaterThan(wide.send.x + wide.send.width);
    await page.setViewportSize({ width: 390, height: 800 });
    await untilQuiet(page);
    const narrow = await place();
    expect(narrow.send.y).toBeGreaterThan(narrow.preview.y + narrow.preview.height);
    const isRead = await send.evaluate(
      (button, before) => button.compareDocumentPosition(before!) === Node.DOCUMENT_POSITION_PRECEDING,
      await preview.elementHandle(),
    );
    expect(isRead).toBe(true);
  });

  it('withdrawing or rejecting a renewal after the last day warns that the account stops', async () => {
    const accountId = await stage().account(grace, { accountName: 'In its last days' });
    const person = await stage().person(grace);
    for (let reminder = 0; reminder < 3; reminder += 1)
      given(await moveClock(person, accountId, { toNextMoment: true }));
    const renewal = await stage().appliedFor(grace, { accountId, type: 'renew_subscription', months: 12 });
    const applicant = await stage().visitor(grace, `/account-management/applications/${renewal}`);
    await applicant.page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    const asked = applicant.page.getByRole('dialog');
    const reviewer = await stage().visitor(oliver, `/customer-success/applications/${renewal}`);
    const decided = reviewer.page.getByRole('region', { name: 'If approved now' });
    const stops = 'The account stops immediately: its last day has passed, and only this application keeps it working.';
    await decided.getByText(/^If undecided on .+, \d{4}, it works until .+, \d{4}\.$/).waitFor();
    expect(await asked.getByText(stops).count()).toBe(0);

    given(await moveClock(person, accountId, { days: 3 }));
    await asked.getByText(stops).waitFor();
    await decided
      .getByText(
        /^Its last day has passed\. It works until .+ at the latest, and stops immediately if this is rejected\.$/,
      )
      .waitFor();
    await stage().approved(renewal);
  });

  describe('a form about an account', () => {
    let accountId: string;
    let visitor: Visitor;
    const has = async (signIn: string, accountName: string) => {
      accountId = await stage().account(signIn, { accountName, datapoints: 500 });
    };
    const open = async (signIn: string, form: string) => {
      visitor = await stage().visitor(signIn, `/account-management/accounts/${accountId}/${form}`);
      return visitor.page;
    };
    const send = (name: string) => visitor.page.getByRole('button', { name, exact: true }).click();
    const sent = async ({ sent }: { sent: string }) => {
      await visitor.page.getByRole('main').getByText(sent).waitFor();
      return visitor.page.url().split('/').at(-1)!;
    };

    it('refuses fewer datapoints than are in use, more than the license allows, and no change', async () => {
      const say = words.en;
      await has(grace, 'Datapoints');
      await stage().uses(accountId, 480);
      const page = await open(grace, 'datapoints');
      const field = page.getByLabel(say.datapoints, { exact: true });
      for (const [typed, message] of [
        ['19', say.atLeast20],
        ['479', '480 are in use. Enter at least 480.'],
        ['1001', say.allowsUpTo],
        ['500', 'The account already has this many.'],
      ] as const) {
        await field.fill(typed);
        await page.keyboard.press('Tab');
        await page.getByRole('main').getByText(message, { exact: true }).waitFor();
        expect(await field.getAttribute('aria-invalid')).toBe('true');
      }
      await field.fill('479');
      await send('Edit datapoints');
      await page.getByRole('alert').getByText('480 are in use. Enter at least 480.').waitFor();
      // A click beside its words does not leave the form.
      const wayOut = (await page.getByRole('link', { name: 'See which devices use them' }).boundingBox())!;
      const room = (await field.boundingBox())!;
      expect(wayOut.width).toBeLessThan(room.width / 2);
      await field.fill('490');
      await send('Edit datapoints');
      const applicationId = await sent(say);
      await stage().approved(applicationId);
      // Accounts learns of it from licensing, possibly shortly after the application has ended.
      const person = await stage().person(grace);
      const contracted = await until(
        async () => given(await account(person, accountId)).contracted,
        (shown) => shown !== 500,
      );
      expect(contracted).toBe(490);
      const told = await stage().mailbox.arrived({ application: applicationId, kind: 'datapoints_changed' }, 2);
      expect(told.map(({ to }) => to)).toEqual([[grace], [tom]]);
    });

    it('refuses a license that the contract does not fit, and is replaced by the pending application', async () => {
      await has(grace, 'License');
      const page = await open(grace, 'license');
      await page.getByRole('radio', { name: /^Plus/ }).click();
      await send('Edit license');
      await page.getByRole('alert').getByText('The account already has this license.').waitFor();
      await page.getByRole('radio').first().click();
      await send('Edit license');
      await page.getByRole('alert').getByText('Essential allows up to 200 datapoints; 500 are contracted.').waitFor();
      await page.getByRole('radio').nth(2).click();
      await send('Edit license');
      const applicationId = await sent(words.en);
      await visitor.goOn(`/account-management/accounts/${accountId}/license`);
      await page
        .getByText('This application is pending. You can send another once it is decided or withdrawn.')
        .waitFor();
      expect(await page.getByRole('button', { name: 'Edit license' }).count()).toBe(0);
      await stage().approved(applicationId);
    });

    it('renews from the same anchor before the expiry, and from the day of the decision after it, as previewed', async () => {
      const say = words.es;
      const renew = 'Renovar suscripción';
      /** The preview's last day, once it reflects what was typed. */
      const lastDayShown = async () => {
        const lastDay = /último día,? (\d{1,2} [a-z]{3,4} \d{4})/;
        const text = await visitor.preview(say.preview).getByText(lastDay).first().textContent();
        return lastDay.exec(text ?? '')![1]!;
      };
      await has(sofia, 'Renewal');
      let page = await open(sofia, 'renewal');
      const months = page.getByLabel('Periodo en meses', { exact: true });
      for (const typed of ['0', '61', '']) {
        await months.fill(typed);
        await send(renew);
        await page.getByRole('alert').getByText('Indica de 1 a 60 meses.').waitFor();
      }
      await months.fill('12');
      await page.getByRole('list', { name: 'Este periodo y el siguiente' }).waitFor();
      await page.getByText('No se pierde ningún día.').waitFor();
      const shown = await lastDayShown();
      await send(renew);
      await stage().approved(await sent(say));
      await visitor.goOn(`/account-management/accounts/${accountId}`);
      await page.getByRole('main').getByText(shown, { exact: true }).first().waitFor();
      await page.getByText(/ \(próximo periodo\)$/).waitFor();
      // A reminder's link leads here too.
      await visitor.goOn(`/account-management/accounts/${accountId}/renewal`);
      await page.getByText('Ya está renovada: ', { exact: false }).waitFor();

      const person = await stage().person(sofia);
      await until(
        async () => {
          given(await moveClock(person, accountId, { toNextMoment: true }));
          return given(await account(person, accountId)).state;
        },
        (state) => state === 'expired',
      );
      page = await open(sofia, 'datapoints');
      await page.getByText('Las cuentas caducadas solo se pueden renovar.').waitFor();
      await page.getByRole('link', { name: renew }).click();
      await page.getByText('La cuenta vuelve a funcionar el día de la decisión.').waitFor();
      const back = await lastDayShown();
      await send(renew);
      await stage().approved(await sent(say));
      await visitor.goOn(`/account-management/accounts/${accountId}`);
      await page.getByRole('main').getByText(back, { exact: true }).first().waitFor();
      expect(given(await account(person, accountId)).state).toBe('active');
      // So does the link of the e-mail about the expiry.
      await visitor.goOn(`/account-management/accounts/${accountId}/renewal`);
      await page.getByText('Ya está renovada: ', { exact: false }).waitFor();
    });
  });
}
