import { DomainError, getDelivery, recordDeliveryReport, type Actor } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { ana, aPlan, ben, toldOf } from '../testing/answers.js';
import { anApplicationNotice, another, aReminder, helios, stageWithService } from '../testing/stage.js';

const stage = stageWithService();
beforeEach(() => {
  stage.others.told = () => toldOf();
  stage.others.plan = () => aPlan({ daysLeft: 7 });
});

const person = (organizationId: string, ...roles: Actor['roles']): Actor => ({
  memberId: uuidv7(),
  organizationId,
  roles,
});
const sofia = person(helios, 'super_admin');
const get = async (actor: Actor, deliveryId: string) =>
  (await stage.nats.ask('gateway')).ask(getDelivery, { actor, deliveryId });
const refusal = (error: unknown) => (error instanceof DomainError ? error.problem.code : error);
const deliveryIn = (key: string, email: string) => {
  const sent = stage.emailsOf(key).find(({ to }) => to[0] === email)!;
  return { email: sent, deliveryId: sent.tags.find(({ name }) => name === 'delivery')!.value };
};

describe('a delivery', () => {
  it('shows what exactly was sent, to this recipient alone, and all that was reported of it', async () => {
    const reminder = aReminder();
    const { noticeId } = await stage.request(reminder);
    await stage.ended(reminder.key);
    const { email, deliveryId } = deliveryIn(reminder.key, ben.email);
    const gateway = await stage.nats.ask('gateway');
    const report = { providerId: email.id, deliveryId, permanent: false };
    const at = '2027-11-17T08:01:00.000Z';
    await gateway.ask(recordDeliveryReport, { ...report, reportId: uuidv7(), kind: 'sent', at, words: null });
    const words = 'The mailbox was full';
    await gateway.ask(recordDeliveryReport, { ...report, reportId: uuidv7(), kind: 'bounced', at, words });

    const { key, kind, offset, termNumber, accountId, dueAt } = reminder;
    const { from, to, subject, html, text } = email;
    const event = { at, recordedAt: expect.any(String), permanent: false, memberId: null };
    expect(await get(sofia, deliveryId)).toEqual({
      ...{ deliveryId, noticeId, key, kind, offset, termNumber, accountId, dueAt },
      ...{ organizationId: helios, applicationId: null, providerId: email.id },
      ...{ email: ben.email, name: ben.name, status: 'bounced', reason: words, sentAt: expect.any(String) },
      history: [
        { ...event, kind: 'sent', words: null },
        { ...event, kind: 'bounced', words },
      ],
      rendered: { from, to, subject, html, text },
    });
  });

  it('is seen in its organization and by Customer Success, by nobody else', async () => {
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.ended(reminder.key);
    const { deliveryId } = deliveryIn(reminder.key, ana.email);
    expect((await get(person(another, 'customer_success'), deliveryId)).email).toBe(ana.email);
    expect(await get(person(another, 'super_admin'), deliveryId).catch(refusal)).toBe('not_found');
    expect(await get(person(helios), deliveryId).catch(refusal)).toBe('forbidden');
    expect(await get(sofia, uuidv7()).catch(refusal)).toBe('not_found');
  });

  it('of what reviewers are told is not seen by the organization', async () => {
    stage.others.told = () => toldOf({ recipients: [ben], application: { status: 'pending' } });
    const waiting = anApplicationNotice('application_waiting');
    await stage.request(waiting);
    await stage.ended(waiting.key);
    const { deliveryId } = deliveryIn(waiting.key, ben.email);
    expect(await get(sofia, deliveryId).catch(refusal)).toBe('not_found');
    expect((await get(person(another, 'customer_success'), deliveryId)).email).toBe(ben.email);
  });
});
