import { memberView } from '@tenure/contracts';
import { given } from '@tenure/local/api/person';
import { oliver, sofia } from '../people.js';
import type { BrowserStage } from '../stage.js';

export function storiesOfEveryPage(stage: () => BrowserStage): void {
  describe('every page, light and dark, wide and narrow,', () => {
    // `npm run screenshots` checks the other states of the pages, and what people do on them, in the same way.
    it('passes axe', async () => {
      const accountId = await stage().account(sofia, { accountName: 'Axe' });
      const applicationId = await stage().applied(sofia, { accountName: 'Axe waits' });
      const { organizationId } = given(await (await stage().person(sofia)).get('/me', memberView));
      const section = '/account-management';
      const paths: [string, string[]][] = [
        [
          sofia,
          [
            '/',
            `${section}/active`,
            `${section}/expired`,
            `${section}/applications`,
            `${section}/applications?which=decided`,
            `${section}/new`,
            `${section}/accounts/${accountId}`,
            ...['allocations', 'applications', 'emails', 'recipients', 'audit'].map(
              (part) => `${section}/accounts/${accountId}?show=${part}`,
            ),
            `${section}/accounts/${accountId}/datapoints`,
            `${section}/accounts/${accountId}/license`,
            `${section}/accounts/${accountId}/renewal`,
            `${section}/applications/${applicationId}`,
            `${section}/settings/reminders`,
            `${section}/settings/notices`,
            `${section}/settings/email-domains`,
            `${section}/settings/calendar`,
            `${section}/settings/addresses`,
            `${section}/settings/audit`,
            `${section}/nowhere`,
          ],
        ],
        [
          oliver,
          [
            '/customer-success',
            '/customer-success/decided',
            `/customer-success/applications/${applicationId}`,
            '/customer-success/accounts',
            '/customer-success/accounts?zone=expired',
            `/customer-success/accounts/${accountId}`,
            '/customer-success/organizations',
            `/customer-success/organizations/${organizationId}`,
            '/customer-success/emails',
            section,
          ],
        ],
      ];
      const found: string[] = [];
      for (const [signIn, pages] of paths) {
        const visitor = await stage().visitor(signIn);
        for (const path of pages) found.push(...(await visitor.violations(path)));
      }
      expect(found).toEqual([]);
    });
  });
  it('the API reference opens without an error', async () => {
    const { page } = await stage().newcomer();
    await page.goto('/api/docs');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  });
}
