import { emailDomainDetails, type NoticeKind } from '@tenure/contracts';
import { submit } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { marc, sofia } from '../people.js';
import { untilQuiet } from '../quiet.js';
import type { BrowserStage } from '../stage.js';

const domain = 'correo.solar-partner.example';

/** An organization's email domain, from the form that adds it to an e-mail sent from it. */
export function emailDomainStories(stage: () => BrowserStage): void {
  const settings = '/account-management/settings/email-domains';
  const newAccount = {
    type: 'new_account',
    accountName: 'From its own domain',
    customerName: 'Customer',
    license: 'plus',
    datapoints: 100,
    months: 12,
    sector: 'hotel',
    emailDomain: domain,
  };
  const logo = 'https://solar-partner.example/logo.png';
  /** Applies for an account and approves it. @returns the sender of the e-mail about that, and whether it has the logo */
  const approved = async (request: object, kind: NoticeKind) => {
    const { applicationId } = given(await submit(await stage().person(marc), request));
    const accountId = await stage().approved(applicationId);
    const [email] = await stage().mailbox.arrived({ application: applicationId, kind }, 1);
    return { accountId, from: email!.from, hasLogo: (email!.html ?? '').includes(`src="${logo}"`) };
  };

  describe("an organization's email domain", () => {
    it('is added, verified once its records exist, and used for sending, with another sender name and a logo; if its records are lost, the platform sends instead, and it stays in use', async () => {
      const visitor = await stage().visitor(marc, settings);
      const { page } = visitor;
      await visitor.arriveAt('E-mail domains');
      await page.getByLabel('Domain', { exact: true }).fill('no domain');
      await page.getByRole('button', { name: 'Add the domain' }).click();
      await page.getByRole('main').getByText('Enter a domain, such as mail.partner.example.').waitFor();
      await page.getByLabel('Domain', { exact: true }).fill('Correo.Solar-Partner.EXAMPLE');
      await page.getByRole('button', { name: 'Add the domain' }).click();
      const own = page.getByRole('region', { name: domain });
      const records = own.getByRole('table', { name: `Records of ${domain}` });
      await records
        .getByText(`send.${domain.split('.')[0]}.solar-partner.example`)
        .first()
        .waitFor();
      await records.getByText('Pending', { exact: true }).nth(2).waitFor();
      expect(await records.getByText('Pending', { exact: true }).count()).toBe(3);
      await own.getByRole('heading', { name: domain }).and(page.locator(':focus')).waitFor();
      const { y, height } = (await own.boundingBox())!;
      // A page scrolls by whole pixels.
      expect([y >= 0, Math.floor(y + height) <= page.viewportSize()!.height]).toEqual([true, true]);

      // Another SuperAdmin of the organization sees the changes without doing anything.
      const colleague = await stage().visitor(sofia, settings);
      const theirs = colleague.page.getByRole('region', { name: domain });
      await theirs.getByText('Pendiente').first().waitFor();

      const nameServer = await visitor.context.newPage();
      await nameServer.goto(`${stage().stack.mailbox}/mail-domains`);
      /** Waits until each of the three records has this state. */
      const set = async (button: string, finding: string) => {
        await nameServer.getByRole('button', { name: button }).click();
        await nameServer.getByRole('button', { name: finding, exact: true, disabled: true }).nth(2).waitFor();
      };
      await set('Set all right', 'right');
      const check = own.getByRole('button', { name: `Check now: ${domain}` });
      await check.click();
      await own.getByText('You can choose it for new accounts').waitFor();
      await theirs.getByText('Puedes elegirlo para cuentas nuevas').waitFor();
      // In the organization's zone, like all times of the settings; this browser is in another zone.
      const details = await (await page.request.get(`/api/email-domains/${domain}`)).json();
      const inMadrid = { timeZone: 'Europe/Madrid', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
      const time = new Intl.DateTimeFormat('en-US', inMadrid).format(new Date(String(details.checkedAt)));
      await own.getByText(`, ${time}.`).waitFor();
      const { accountId, ...first } = await approved(newAccount, 'application_approved');
      expect(first).toEqual({ from: `Solar Partner <notices@${domain}>`, hasLogo: false });

      await own.getByRole('button', { name: `Change the sender of ${domain}` }).click();
      const sender = page.getByRole('dialog');
      await sender.getByLabel('Name before the @').fill('Our accounts');
      await sender.getByRole('button', { name: 'Save' }).click();
      await sender.getByText('Use lowercase letters and digits,').waitFor();
      await sender.getByLabel('Name before the @').fill('cuentas');
      await sender.getByText(`The next e-mails come from cuentas@${domain}.`).waitFor();
      await sender.getByRole('button', { name: 'Save' }).click();
      await own.getByText(`E-mails come from cuentas@${domain}.`).waitFor();
      await theirs.getByText(`cuentas@${domain}`).waitFor();
      await page.getByLabel('Image address').fill(logo.replace('https', 'http'));
      await page.getByRole('region', { name: 'Logo' }).getByRole('button', { name: 'Save' }).click();
      const refused = page
        .getByRole('main')
        .getByText('Enter an address that starts with https:// and contains no user name or password');
      await refused.waitFor();
      await page.getByLabel('Image address').fill(logo.replace('https://', 'https://ana:secret@'));
      await refused.waitFor({ state: 'detached' });
      await page.getByRole('region', { name: 'Logo' }).getByRole('button', { name: 'Save' }).click();
      await refused.waitFor();
      await page.getByLabel('Image address').fill(logo);
      await page.getByRole('region', { name: 'Logo' }).getByRole('button', { name: 'Save' }).click();
      await visitor.hears('Logo saved.');
      const more = { type: 'change_datapoints', accountId, datapoints: 110 };
      const { from, hasLogo } = await approved(more, 'datapoints_changed');
      expect({ from, hasLogo }).toEqual({ from: `Solar Partner <cuentas@${domain}>`, hasLogo: true });

      const form = await stage().visitor(marc, '/account-management/new');
      await form.fillIn(
        { "Account's name": 'Chosen too late', "Customer's name": 'Customer', Datapoints: '100' },
        { License: /Plus/, Sector: /^Hotel/, 'Domain associated with emailing': new RegExp(domain) },
      );
      await set('Remove all', 'missing');
      await check.click();
      await own.getByText('A record is missing or incorrect.').waitFor();
      await form.page.getByRole('button', { name: 'Create a new account' }).click();
      await form.page.getByRole('alert').getByText('Choose a verified domain.').waitFor();
      const change = { type: 'change_datapoints', accountId, datapoints: 120 };
      expect((await approved(change, 'datapoints_changed')).from).toBe('Tenure <accounts@platform.example>');

      await own.getByRole('button', { name: `Delete ${domain}` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await dialog.getByText('It is in use and cannot be deleted: accounts 1, undecided applications 0.').waitFor();
    });

    it('stays as it was shown when it cannot be refetched', async () => {
      const domain = 'boletines.solar-partner.example';
      const colleague = await stage().person(sofia);
      given(await colleague.post('/email-domains', { shape: emailDomainDetails, body: { domain } }));
      const { page } = await stage().visitor(marc, settings);
      await page.getByRole('region', { name: domain }).getByRole('table').waitFor();
      let asked = 0;
      await page.route(`**/api/email-domains/${domain}`, (route) => {
        asked += 1;
        return route.abort();
      });
      const body = { sender: 'facturas' };
      given(await colleague.put(`/email-domains/${domain}/sender`, { shape: emailDomainDetails, body }));
      const isLast = (times: number) => times === 3;
      expect(await until(async () => asked, isLast)).toBe(3);
      await untilQuiet(page);
      expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    });

    it('can be deleted if nothing uses it', async () => {
      const { page } = await stage().visitor(sofia, settings);
      await page.getByLabel('Dominio', { exact: true }).fill('sin-uso.solar-partner.example');
      await page.getByRole('button', { name: 'Añadir el dominio' }).click();
      const own = page.getByRole('region', { name: 'sin-uso.solar-partner.example' });
      await own.getByRole('button', { name: 'Eliminar sin-uso.solar-partner.example' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Eliminar', exact: true }).click();
      await own.waitFor({ state: 'detached' });
    });
  });
}
