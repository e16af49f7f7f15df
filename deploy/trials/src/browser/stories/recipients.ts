import { moveClock } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { marc, oliver, sofia } from '../people.js';
import type { BrowserStage } from '../stage.js';

const caretaker = 'conserje@customer.example';
const office = 'office@customer.example';

/** Who gets e-mails: the extra addresses of an account, and a SuperAdmin's choices. */
export function recipientStories(stage: () => BrowserStage): void {
  describe('the recipients of an account', () => {
    it('are set on its page: the next reminder reaches each address in its language', async () => {
      const accountId = await stage().account(marc, { accountName: 'Told elsewhere' });
      const path = `/account-management/accounts/${accountId}?show=recipients`;
      const visitor = await stage().visitor(marc, path);
      const { page } = visitor;
      await page
        .getByRole('row', { name: /Sofía Núñez/ })
        .getByText('Decisions, reminders and expiry')
        .waitFor();
      await page.getByText('No extra addresses.').waitFor();
      // As if an e-mail to it had bounced.
      const mark = {
        address: sofia,
        why: 'bounced',
        words: null,
        markedAt: '2026-11-24T09:00:00.000Z',
        deliveryId: '',
      };
      await page.route('**/api/marked-addresses', (route) => route.fulfill({ json: { items: [mark] } }));
      await page.reload();
      const unreached = 'Nothing is sent to this address: an earlier e-mail bounced or was reported as spam';
      await page
        .getByRole('row', { name: /Sofía Núñez/ })
        .getByRole('link', { name: unreached })
        .waitFor();
      expect(await page.getByRole('link', { name: unreached }).count()).toBe(1);
      await page.unroute('**/api/marked-addresses');
      const reviewer = await stage().visitor(oliver, null);
      await reviewer.page.route('**/api/organizations/*/marked-addresses', (route) =>
        route.fulfill({ json: { items: [mark] } }),
      );
      await reviewer.open(path.replace('account-management', 'customer-success'));
      await reviewer.page
        .getByRole('row', { name: /Sofía Núñez/ })
        .getByText(unreached)
        .waitFor();

      // Another SuperAdmin of the organization sees the changes without doing anything.
      const colleague = await stage().visitor(sofia, path);
      await colleague.page.getByText('Ninguna dirección adicional.').waitFor();

      const edit = page.getByRole('button', { name: 'Edit the extra addresses' });
      await visitor.tabTo(edit);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      const address = (number: number) => dialog.getByLabel(`E-mail address ${number}`);
      await address(1).and(page.locator(':focus')).waitFor();
      await page.keyboard.type('no address');
      await page.keyboard.press('Enter');
      await dialog.getByText('Enter an e-mail address.').waitFor();
      await address(1).fill(office);
      await visitor.tabTo(dialog.getByRole('button', { name: 'Add an address' }));
      await page.keyboard.press('Enter');
      await address(2).and(page.locator(':focus')).waitFor();
      await page.keyboard.type(caretaker);
      await dialog.getByLabel('Language of address 2').selectOption('Español');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('row', { name: `${office} English` }).waitFor();
      await colleague.page.getByRole('row', { name: `${caretaker} Español` }).waitFor();

      await moveOn(accountId);
      const letters = await stage().mailbox.arrived({ account: accountId, kind: 'reminder' }, 4);
      const subjectTo = (to: string) => letters.find((letter) => letter.to.includes(to))?.subject;
      expect(subjectTo(office)).toMatch(/^“Told elsewhere” expires in \d\d days$/);
      expect(subjectTo(caretaker)).toMatch(/^«Told elsewhere» caduca dentro de \d\d días$/);

      // A colleague's changes from the meantime are not overwritten silently.
      await edit.click();
      await colleague.page.getByRole('button', { name: 'Editar las direcciones adicionales' }).click();
      const theirs = colleague.page.getByRole('dialog');
      await theirs.getByRole('button', { name: 'Quitar la dirección 2' }).click();
      await theirs.getByRole('button', { name: 'Guardar' }).click();
      await theirs.waitFor({ state: 'detached' });
      await dialog.getByRole('button', { name: 'Remove address 1' }).click();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText(`Somebody changed the addresses in the meantime, to: ${office}.`).waitFor();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('row', { name: `${caretaker} Español` }).waitFor();
      expect(await page.getByRole('row', { name: office }).count()).toBe(0);

      await moveOn(accountId);
      const later = await stage().mailbox.arrived({ account: accountId, kind: 'reminder' }, 7);
      expect(later.filter((letter) => letter.to.includes(office))).toHaveLength(1);
      expect(later.filter((letter) => letter.to.includes(caretaker))).toHaveLength(2);
    });

    it('include each SuperAdmin by choice; the last one who gets a kind of e-mail cannot turn it off', async () => {
      const settings = '/account-management/settings/notices';
      const [one, other] = [await stage().visitor(marc, settings), await stage().visitor(sofia, settings)];
      await one.arriveAt('Notices');
      const reminders = one.page.getByRole('checkbox', { name: 'Reminders' });
      await reminders.uncheck();
      await one.page.getByRole('button', { name: 'Save' }).click();
      await one.hears('Saved.');
      await other.page.getByRole('checkbox', { name: 'Recordatorios' }).uncheck();
      await other.page.getByRole('button', { name: 'Guardar' }).click();
      await other.page.getByText('Nadie más de tu organización los recibe.').waitFor();
      await reminders.check();
      await one.page.getByRole('button', { name: 'Save' }).click();
      await one.hears('Saved.');
    });
  });

  describe('an unsaved change', () => {
    it('is in the dialog of the extra addresses again after a sign-in, and is discarded by Cancel', async () => {
      const accountId = await stage().account(marc, { accountName: 'Typed in a dialog' });
      const visitor = await stage().visitor(marc, `/account-management/accounts/${accountId}?show=recipients`);
      const { page } = visitor;
      const edit = page.getByRole('button', { name: 'Edit the extra addresses' });
      const dialog = page.getByRole('dialog');
      const first = dialog.getByLabel('E-mail address 1');
      await edit.click();
      await first.fill(office);
      await visitor.losesSessionBefore((request) => request.method() === 'PUT');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: marc }).click();
      await edit.click();
      await dialog.getByText('Your draft is here as you left it.').waitFor();
      expect(await first.inputValue()).toBe(office);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      await edit.click();
      expect(await first.inputValue()).toBe('');
    });

    it('to the choice of e-mails is not mixed with what was saved in another tab', async () => {
      const settings = '/account-management/settings/notices';
      const [one, other] = [await stage().visitor(sofia, settings), await stage().visitor(sofia, settings)];
      const of = ({ page }: typeof one, name: string) => page.getByRole('checkbox', { name });
      const save = async ({ page }: typeof one) => page.getByRole('button', { name: 'Guardar' }).click();
      await of(one, 'Recordatorios').uncheck();
      await of(other, 'Decisiones').uncheck();
      await save(other);
      await other.hears('Guardado.');
      await of(one, 'Decisiones').and(one.page.locator(':not(:checked)')).waitFor();
      await save(one);
      await one.hears('Guardado.');
      for (const group of ['Recordatorios', 'Decisiones'])
        await of(other, group).and(other.page.locator(':not(:checked)')).waitFor();
      for (const group of ['Recordatorios', 'Decisiones']) await of(one, group).check();
      await save(one);
      await one.hears('Guardado.');
    });
  });

  /** Moves the account's clock to its next reminder. */
  async function moveOn(accountId: string): Promise<void> {
    given(await moveClock(await stage().person(marc), accountId, { toNextMoment: true }));
  }
}
