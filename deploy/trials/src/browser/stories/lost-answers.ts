import { randomUUID } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { withUnclear } from '../../screenshots/lost-emails.js';
import { lena, oliver, tom } from '../people.js';
import { untilQuiet } from '../quiet.js';
import type { BrowserStage } from '../stage.js';

/** Requests sent from a list or a dialog that get no answer: the page says so there and offers a retry there. */
export function storiesOfLostAnswers(stage: () => BrowserStage): void {
  const uncertain = 'It may not have arrived. Trying again never sends it twice.';
  /**
   * A request from a row or a dialog gets no answer three times, and each time the page shows that it is being sent.
   * @param answer the answer after that; the server's own if left out
   */
  const losesThree = async (from: Locator, path: string, answer?: object) => {
    const lost = { times: 0 };
    await from.page().route(path, async (route) => {
      if (lost.times === 3) return answer ? route.fulfill({ json: answer }) : route.fallback();
      await from.getByRole('button', { name: 'Sending…' }).waitFor();
      lost.times += 1;
      return route.abort('connectionreset');
    });
    return lost;
  };

  describe('an answer that is lost', () => {
    it('to the clearing of a marked address is reported in its row, where a retry clears it', async () => {
      const { mailbox } = stage();
      await mailbox.tell('outcomes', { address: tom, outcome: 'bounced' });
      const first = await stage().applied(tom, { accountName: 'Comes back' });
      await mailbox.arrived({ application: first, kind: 'application_submitted' }, 1);
      await mailbox.tell('outcomes', { address: tom, outcome: null });

      const { page } = await stage().visitor(tom, '/account-management/settings/addresses');
      const row = page.getByRole('row').filter({ hasText: tom });
      await row.getByText('Bounced').waitFor();
      const clear = await losesThree(row, '**/api/marked-addresses/clear');
      await row.getByRole('button', { name: 'Clear mark' }).click();
      await page.getByRole('alert').getByText(uncertain).waitFor();
      expect(clear.times).toBe(3);
      await row.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('No address is marked.').waitFor();
      const second = await stage().applied(tom, { accountName: 'Arrives' });
      expect(await mailbox.arrived({ application: second, kind: 'application_submitted' }, 1)).toHaveLength(1);
    });

    it('to the resolution of an unclear e-mail is reported in the dialog, which keeps the reason', async () => {
      const visitor = await stage().visitor(lena, null);
      const { page } = visitor;
      await withUnclear(page);
      const dialog = page.getByRole('dialog');
      const settle = await losesThree(dialog, '**/api/deliveries/*/resolution', {});
      await visitor.open('/customer-success/unknown-emails');
      const row = page.getByRole('row').filter({ hasText: 'Marc Ribas' });
      // 08:00 UTC, which in winter is nine in the zone of Customer Success.
      await row.getByText('Nov 24, 2026, 09:00', { exact: true }).waitFor();
      await row.getByRole('button', { name: 'It arrived' }).click();
      const reason = dialog.getByLabel('How do you know?');
      await reason.fill('Marc says that he has read it.');
      await dialog.getByRole('button', { name: 'It arrived' }).click();
      await dialog.getByRole('alert').getByText(uncertain).waitFor();
      expect([settle.times, await reason.inputValue()]).toEqual([3, 'Marc says that he has read it.']);
      await dialog.getByRole('button', { name: 'Try again' }).click();
      await dialog.waitFor({ state: 'detached' });
      await visitor.hears('Resolved.');
    });

    it('to one of many resolutions stops them, and says how many were resolved; a retry goes on with that one, under its key', async () => {
      const visitor = await stage().visitor(lena, null);
      const { page } = visitor;
      await withUnclear(page);
      const keys: string[] = [];
      await page.route('**/api/deliveries/*/resolution', (route) => {
        keys.push(route.request().headers()['idempotency-key']!);
        return keys.length >= 2 && keys.length <= 4 ? route.abort('connectionreset') : route.fulfill({ json: {} });
      });
      await visitor.open('/customer-success/unknown-emails');
      await page.getByRole('checkbox', { name: 'All (3)' }).click();
      await page.getByRole('button', { name: 'They arrived' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('How do you know?').fill('The provider lists them.');
      await dialog.getByRole('button', { name: 'They arrived' }).click();
      await dialog.getByRole('alert').getByText(uncertain).waitFor();
      await dialog.getByText('Resolved: 1. Still unclear: 2.').waitFor();
      await dialog.getByRole('button', { name: 'Try again' }).click();
      await visitor.hears('Resolved: 3.');
      const [first, second, third] = [...new Set(keys)];
      expect(keys).toEqual([first, second, second, second, second, third]);
    });

    it('to a rejection is retried with the button that rejects, while Approve stays Approve', async () => {
      const applicationId = await stage().applied(tom, { accountName: 'Not wanted' });
      const { page } = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
      const bar = page.getByRole('region', { name: 'Decision' });
      const buttons = async () => (await bar.getByRole('button').allTextContents()).join();
      await bar.getByText('Create Not wanted').waitFor();
      await losesThree(bar, '**/api/applications/*/decision');
      await bar.getByLabel('Reason').fill('Too many.');
      await bar.getByRole('button', { name: 'Reject' }).click();
      await bar.getByRole('button', { name: 'Sending…' }).waitFor();
      expect(await buttons()).toBe('Sending…,Approve');
      await bar.getByRole('alert').getByText(uncertain).waitFor();
      expect(await buttons()).toBe('Try again,Approve');
      await bar.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('main').getByText('Rejected by Oliver Grant').waitFor();
    });
  });

  it('a decision whose outcome is not known yet counts as being sent until the page shows what came of it', async () => {
    const applicationId = await stage().applied(tom, { accountName: 'Slow to show' });
    const visitor = await stage().visitor(oliver, `/customer-success/applications/${applicationId}`);
    const { page } = visitor;
    const bar = page.getByRole('region', { name: 'Decision' });
    const buttons = async () => (await bar.getByRole('button').allTextContents()).join();
    await bar.getByText('Create Slow to show').waitFor();
    await untilQuiet(page);
    const path = `/api/applications/${applicationId}`;
    await page.route(`**${path}/decision`, (route) =>
      route.fulfill({ status: 202, json: { decisionId: randomUUID(), application: path } }),
    );
    const held = Promise.withResolvers<void>();
    await page.route(`**${path}`, (route) => held.promise.then(() => route.fallback()));
    await bar.getByRole('button', { name: 'Approve' }).click();
    await visitor.hears('Sent, not yet confirmed');
    expect(await buttons()).toBe('Reject,Sending…');
    held.resolve();
    await bar.getByRole('button', { name: 'Approve' }).waitFor();
  });
}
