import type { NoticeKind } from '@tenure/contracts';
import { submit } from '../../tour/calls.js';
import { given } from '../../tour/person.js';
import type { BrowserStage } from '../stage.js';

const marc = 'marc@solar-partner.example';
const sofia = 'sofia@solar-partner.example';
const domain = 'correo.solar-partner.example';

/** An organization's own domain, from the form in which it is added to the e-mail that comes from it. */
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
  /** Applied for, and approved: from whom the e-mail about that comes. */
  const approved = async (request: object, kind: NoticeKind) => {
    const { applicationId } = given(await submit(await stage().person(marc), request));
    const accountId = await stage().approved(applicationId);
    const [email] = await stage().mailbox.arrived({ application: applicationId, kind }, 1);
    return { accountId, from: email!.from };
  };

  describe("an organization's own domain", () => {
    it('is added, verified once its records are there, and sent from; lost, the platform sends, and it stays in use', async () => {
      const visitor = await stage().visitor(marc, settings);
      const { page } = visitor;
      await visitor.arriveAt('E-mail domains');
      await page.getByLabel('Domain', { exact: true }).fill('no domain');
      await page.getByRole('button', { name: 'Add the domain' }).click();
      await page.getByText('Enter a domain, such as mail.partner.example.').waitFor();
      await page.getByLabel('Domain', { exact: true }).fill('Correo.Solar-Partner.EXAMPLE');
      await page.getByRole('button', { name: 'Add the domain' }).click();
      const own = page.getByRole('region', { name: domain });
      const records = own.getByRole('table', { name: `Records of ${domain}` });
      await records
        .getByText(`send.${domain.split('.')[0]}.solar-partner.example`)
        .first()
        .waitFor();
      expect(await records.getByText('Pending', { exact: true }).count()).toBe(3);

      // Another SuperAdmin of the organization sees what comes of it without doing anything.
      const colleague = await stage().visitor(sofia, settings);
      const theirs = colleague.page.getByRole('region', { name: domain });
      await theirs.getByText('Pendiente').first().waitFor();

      const nameServer = await visitor.context.newPage();
      await nameServer.goto(`${stage().stack.mailbox}/mail-domains`);
      await nameServer.getByRole('button', { name: 'Set all right' }).click();
      const check = own.getByRole('button', { name: `Check now: ${domain}` });
      await check.click();
      await own.getByText('It can be chosen for new accounts').waitFor();
      await theirs.getByText('Se puede elegir para cuentas nuevas').waitFor();
      const { accountId, from } = await approved(newAccount, 'application_approved');
      expect(from).toBe(`notices@${domain}`);

      await nameServer.getByRole('button', { name: 'Remove all' }).click();
      await check.click();
      await own.getByText('Set these records').waitFor();
      const change = { type: 'change_datapoints', accountId, datapoints: 120 };
      expect((await approved(change, 'datapoints_changed')).from).toBe('Tenure <accounts@platform.example>');

      await own.getByRole('button', { name: `Delete ${domain}` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await dialog.getByText('It is in use and stays: accounts 1, undecided applications 0.').waitFor();
    });

    it('that nothing uses is deleted', async () => {
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
