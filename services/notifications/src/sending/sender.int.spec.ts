import { noticeFailed, noticeSent, noticeSkipped, refuse } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { ana, aPlan, ben, toldOf } from '../testing/answers.js';
import { anApplicationNotice, aReminder, helios, stageWithService } from '../testing/stage.js';

const stage = stageWithService();
beforeEach(() => {
  stage.others.told = () => toldOf();
});

const sentTo = (email: string) => ({ email, status: 'sent', reason: null });

describe('a notice', () => {
  it('is sent to each recipient once, in their own language, with tags to find it by', async () => {
    const reminder = aReminder();
    const { noticeId, status } = await stage.request(reminder);
    expect(status).toBe('planned');
    expect(await stage.ended(reminder.key)).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [sentTo(ana.email), sentTo(ben.email)],
    });
    const emails = stage.emailsOf(reminder.key).sort((a, b) => (a.to[0]! < b.to[0]! ? -1 : 1));
    expect(emails.map(({ from, to, subject }) => ({ from, to, subject }))).toEqual([
      { from: 'Tenure <notices@tenure.example>', to: [ana.email], subject: '«Solar Park» caduca dentro de 7 días' },
      { from: 'Tenure <notices@tenure.example>', to: [ben.email], subject: '“Solar Park” expires in 7 days' },
    ]);
    expect(emails[1]!.tags).toEqual(
      expect.arrayContaining([
        { name: 'kind', value: 'reminder' },
        { name: 'offset', value: 'P7D' },
        { name: 'account', value: reminder.accountId },
        { name: 'notice', value: noticeId },
      ]),
    );
    expect(emails[1]!.text).toContain(`https://tenure.example/account-management/accounts/${reminder.accountId}`);
    expect(stage.asked.plans[0]).toEqual({ accountId: reminder.accountId, termNumber: 1, kind: 'P7D' });
    expect(stage.asked.recipients[0]).toEqual({
      audience: 'super_admins',
      group: 'reminders',
      organizationId: helios,
      accountId: reminder.accountId,
      applicationId: null,
      calendar: true,
      extraAddresses: true,
    });
  });

  it('publishes an event once it is sent', async () => {
    const reminder = aReminder();
    const { noticeId } = await stage.request(reminder);
    await stage.ended(reminder.key);
    const { key, kind, offset, termNumber } = reminder;
    const event = await eventually(async () => {
      const found = (await stage.nats.events()).find(({ data }) => (data as { key?: string }).key === key);
      expect(found).toBeDefined();
      return found!;
    });
    expect(event).toMatchObject({
      type: noticeSent.name,
      organizationId: helios,
      accountId: reminder.accountId,
      version: 1,
      data: { noticeId, key, kind, offset, termNumber, recipients: 2 },
    });
  });

  it('goes to reviewers with a link to the decision, and without an account', async () => {
    stage.others.told = () => toldOf({ recipients: [ben], application: { status: 'pending' } });
    const waiting = anApplicationNotice('application_waiting');
    await stage.request(waiting);
    expect(await stage.ended(waiting.key)).toMatchObject({ status: 'sent', deliveries: [sentTo(ben.email)] });
    expect(stage.emailsOf(waiting.key)[0]!.text).toContain(
      `https://tenure.example/customer-success/applications/${waiting.applicationId}`,
    );
    expect(stage.asked.recipients[0]!.audience).toBe('customer_success');
    expect(stage.asked.plans).toEqual([]);
  });

  it('about an application is sent even if licensing knows no subscription', async () => {
    stage.others.plan = () => {
      throw refuse('not_found', 'There is no such subscription.');
    };
    stage.others.told = () => toldOf({ recipients: [ana], application: { status: 'rejected', reason: 'No.' } });
    const rejected = anApplicationNotice('application_rejected', { accountId: helios });
    await stage.request(rejected);
    expect(await stage.ended(rejected.key)).toMatchObject({ status: 'sent' });
  });

  it('is skipped when its plan was dropped before it could be sent', async () => {
    stage.others.plan = () => aPlan({ current: false, reason: 'renewed' });
    const reminder = aReminder();
    const { noticeId } = await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toEqual({ status: 'skipped', reason: 'renewed', deliveries: [] });
    expect(stage.emailsOf(reminder.key)).toEqual([]);
    await eventually(async () =>
      expect(await stage.nats.events()).toContainEqual(
        expect.objectContaining({
          type: noticeSkipped.name,
          data: expect.objectContaining({ noticeId, reason: 'renewed' }),
        }),
      ),
    );
  });

  it('about an application that is decided meanwhile does not remind reviewers', async () => {
    stage.others.told = () => toldOf({ recipients: [ben], application: { status: 'withdrawn' } });
    const waiting = anApplicationNotice('application_waiting');
    await stage.request(waiting);
    expect(await stage.ended(waiting.key)).toMatchObject({ status: 'skipped', reason: 'not_pending' });
  });
});

describe('when there are no recipients', () => {
  it("the organization's fallback address is notified", async () => {
    stage.others.told = () => toldOf({ recipients: [], fallbackEmail: 'office@helios.example' });
    const reminder = aReminder();
    await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [sentTo('office@helios.example')],
    });
    expect(stage.emailsOf(reminder.key)[0]!.text).toMatch(/^Hola:\n/);
  });

  it('and no fallback address, the notice fails, and an event says so', async () => {
    stage.others.told = () => toldOf({ recipients: [] });
    const reminder = aReminder();
    const { noticeId } = await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toEqual({ status: 'failed', reason: 'no_recipient', deliveries: [] });
    await eventually(async () =>
      expect(await stage.nats.events()).toContainEqual(
        expect.objectContaining({
          type: noticeFailed.name,
          data: expect.objectContaining({ noticeId, reason: 'no_recipient' }),
        }),
      ),
    );
  });
});

describe('an e-mail that the provider refuses', () => {
  const broken = { ...ben, email: 'not-an-address' };

  it("fails with the provider's words; the others are sent", async () => {
    stage.others.told = () => toldOf({ recipients: [broken, ana] });
    const reminder = aReminder();
    await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [
        sentTo(ana.email),
        {
          email: 'not-an-address',
          status: 'failed',
          reason: expect.stringMatching(/^validation_error: Invalid `to` field\./),
        },
      ],
    });
  });

  it('is replaced by one to the fallback address when no other delivery may arrive', async () => {
    stage.others.told = () => toldOf({ recipients: [broken], fallbackEmail: 'office@helios.example' });
    const reminder = aReminder();
    await stage.request(reminder);
    expect((await stage.ended(reminder.key)).deliveries.map(({ email, status }) => [email, status])).toEqual([
      ['not-an-address', 'failed'],
      ['office@helios.example', 'sent'],
    ]);
  });
});

describe('an account with a domain of its own', () => {
  const domain = async (name: string, status: 'verified' | 'pending', organizationId = helios) =>
    stage.database.sql(
      `insert into notifications.email_domains (domain, organization_id, status, sender) values ($1, $2, $3, $4)`,
      [name, organizationId, status, `alerts@${name}`],
    );
  const withDomain = (emailDomain: string) => {
    const told = toldOf({ recipients: [ana] });
    stage.others.told = () => ({ ...told, account: { ...told.account!, emailDomain } });
  };

  it('has its e-mails sent from the domain once it is verified', async () => {
    await domain('mail.helios.example', 'verified');
    await stage.provider.addVerified('mail.helios.example');
    withDomain('mail.helios.example');
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.ended(reminder.key);
    expect(stage.emailsOf(reminder.key)[0]!.from).toBe('Helios Energy <alerts@mail.helios.example>');
  });

  it('has them sent from the platform until then', async () => {
    await domain('new.helios.example', 'pending');
    withDomain('new.helios.example');
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.ended(reminder.key);
    expect(stage.emailsOf(reminder.key)[0]!.from).toBe('Tenure <notices@tenure.example>');
  });

  it("has them sent from the platform when the domain is another organization's", async () => {
    await domain('mail.others.example', 'verified', uuidv7());
    await stage.provider.addVerified('mail.others.example');
    withDomain('mail.others.example');
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.ended(reminder.key);
    expect(stage.emailsOf(reminder.key)[0]!.from).toBe('Tenure <notices@tenure.example>');
  });

  it('has them sent from the platform, once each, starting with the first that the provider refuses for its sender', async () => {
    await domain('lost.helios.example', 'verified');
    await stage.provider.addVerified('lost.helios.example');
    stage.provider.setRecords('lost.helios.example', 'missing');
    withDomain('lost.helios.example');
    for (const reminder of [aReminder(), aReminder()]) {
      await stage.request(reminder);
      expect(await stage.ended(reminder.key)).toMatchObject({ status: 'sent', deliveries: [{ status: 'sent' }] });
      expect(stage.emailsOf(reminder.key).map(({ from }) => from)).toEqual(['Tenure <notices@tenure.example>']);
    }
    expect(
      await stage.database.sql(`select status from notifications.email_domains where domain = 'lost.helios.example'`),
    ).toEqual([{ status: 'failed' }]);
    expect(
      await stage.database.sql(`select action from notifications.audit where subject = 'lost.helios.example'`),
    ).toEqual([{ action: 'email_domain.failed' }]);
  });
});
