import { eventually } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { ana, toldOf } from '../testing/answers.js';
import { anApplicationNotice, aReminder, stageWithService } from '../testing/stage.js';

const stage = stageWithService();
beforeEach(() => {
  told([ana], [site]);
});

const site = { email: 'site@customer.example', language: 'en' } as const;
const office = 'office@helios.example';
/** Sets the answer of accounts from now on. */
function told(recipients: (typeof ana)[], extraAddresses: (typeof site)[], fallbackEmail: string | null = null): void {
  stage.others.told = (about) =>
    toldOf({ recipients, extraAddresses: about.extraAddresses ? extraAddresses : [], fallbackEmail });
}
const sent = (email: string) => ({ email, status: 'sent', reason: null });
const removed = { email: site.email, status: 'skipped', reason: 'address_removed' };
const textTo = (key: string, address: string) => stage.emailsOf(key).find(({ to }) => to[0] === address)?.text;

/** Reports a permanent bounce of the notice's e-mail to this address. */
async function comesBack(key: string, address: string): Promise<void> {
  await stage.report(stage.emailsOf(key).find(({ to }) => to[0] === address)!);
}

describe('an extra address of an account', () => {
  it('gets a reminder in its language, with nothing that requires signing in', async () => {
    const reminder = aReminder();
    await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toMatchObject({ deliveries: [sent(ana.email), sent(site.email)] });
    expect(textTo(reminder.key, ana.email)).toContain('/account-management/');
    const text = textTo(reminder.key, site.email);
    expect(text).toMatch(/^Hello,\n\nThe account “Solar Park” expires in 7 days\./);
    expect(text).not.toContain('tenure.example');
  });

  it('is notified of the expiry and of a renewal, and of nothing else', async () => {
    const accountId = uuidv7();
    const about = { accountId, termNumber: 1, offset: null };
    const notices = [
      aReminder({ ...about, kind: 'subscription_expired', key: `${accountId}/1/expired` }),
      aReminder({ ...about, kind: 'subscription_renewed', key: `${accountId}/2/renewed` }),
      anApplicationNotice('datapoints_changed', { accountId }),
      anApplicationNotice('license_changed', { accountId }),
      anApplicationNotice('application_approved', { accountId }),
    ];
    const got = [];
    for (const notice of notices) {
      await stage.request(notice);
      await stage.ended(notice.key);
      if (textTo(notice.key, site.email) !== undefined) got.push(notice.kind);
    }
    expect(got).toEqual(['subscription_expired', 'subscription_renewed']);
  });

  it('that is removed gets nothing more, not even planned e-mails; the others do', async () => {
    await stage.provider.down();
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.heldUp(reminder.key, 2, () => told([ana], []));
    expect(await stage.ended(reminder.key)).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [sent(ana.email), removed],
    });
    expect(stage.emailsOf(reminder.key).map(({ to }) => to)).toEqual([[ana.email]]);
  });

  it('that is removed is replaced by the fallback address when everybody else’s e-mail failed', async () => {
    const broken = { ...ana, email: 'not-an-address' } as unknown as typeof ana;
    told([broken], [site], office);
    await stage.provider.down();
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.heldUp(reminder.key, 2, () => told([broken], [], office));
    await eventually(async () =>
      expect((await stage.ended(reminder.key)).deliveries.map(({ email, status }) => [email, status])).toEqual([
        ['not-an-address', 'failed'],
        [office, 'sent'],
        [site.email, 'skipped'],
      ]),
    );
  });

  it.each([
    ['the fallback address is notified', office, [[office, 'sent']], 0],
    ['Customer Success is notified if there is no fallback address', null, [], 1],
  ] as const)(
    'does not count as reached, since it cannot renew: when nothing arrives at the SuperAdmins, %s',
    async (_, fallback, more, toReviewers) => {
      told([ana], [site], fallback);
      const organizationId = uuidv7();
      for (const toAna of ['bounced', 'skipped']) {
        const reminder = aReminder({ organizationId });
        await stage.request(reminder);
        await stage.ended(reminder.key);
        if (toAna === 'bounced') await comesBack(reminder.key, ana.email);
        await eventually(async () => {
          const { deliveries } = await stage.ended(reminder.key);
          expect(deliveries.map(({ email, status }) => [email, status])).toEqual([
            [ana.email, toAna],
            ...more,
            [site.email, 'sent'],
          ]);
          expect(stage.emailsOf(`${reminder.key}/recipients_unreachable`).map(({ to }) => to[0])).toEqual(
            Array(toReviewers).fill(ana.email),
          );
        });
      }
    },
  );

  it('that bounces is marked, and gets no more e-mails', async () => {
    const organizationId = uuidv7();
    const first = aReminder({ organizationId });
    await stage.request(first);
    await stage.ended(first.key);
    await comesBack(first.key, site.email);
    const second = aReminder({ organizationId });
    await stage.request(second);
    expect(await stage.ended(second.key)).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [sent(ana.email), { email: site.email, status: 'skipped', reason: 'address_marked' }],
    });
  });
});
