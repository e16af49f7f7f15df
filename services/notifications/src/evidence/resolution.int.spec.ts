import {
  getDelivery,
  listDeliveries,
  listNotificationsAudit,
  noticeFailed,
  noticeReopened,
  noticeSent,
  resolveDelivery,
  type Actor,
  type AskOf,
  type DomainError,
} from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { ana, aPlan } from '../testing/answers.js';
import { another, aReminder, deliveryIdOf, helios, stageWithService } from '../testing/stage.js';

const stage = stageWithService();

const carla: Actor = { memberId: uuidv7(), organizationId: another, roles: ['customer_success'] };
const luis: Actor = { ...carla, memberId: uuidv7(), roles: ['customer_success_lead'] };
const sofia: Actor = { memberId: uuidv7(), organizationId: helios, roles: ['super_admin'] };

const resolve = (over: Partial<AskOf<typeof resolveDelivery>> & { deliveryId: string }) =>
  stage.gateway.ask(resolveDelivery, {
    actor: carla,
    key: uuidv7(),
    resolution: 'arrived',
    reason: 'The customer has it.',
    ...over,
  });
const unknown = (actor = carla, page: { cursor?: string; limit?: number } = {}) =>
  stage.gateway.ask(listDeliveries, { actor, ...page });

/** A reminder whose e-mail was accepted without an answer, until its key expired. */
async function anUnknown() {
  stage.provider.setFault('break-after-accept');
  const reminder = aReminder();
  await stage.request(reminder);
  await eventually(() => expect(stage.emailsOf(reminder.key)).toHaveLength(1));
  await stage.keyEnds(reminder.key);
  expect(await stage.ended(reminder.key)).toMatchObject({ status: 'failed', reason: 'unknown' });
  stage.provider.setFault(null);
  const deliveryId = deliveryIdOf(stage.emailsOf(reminder.key)[0]!);
  return { reminder, deliveryId };
}

const stateOf = async (key: string) => {
  const { status, reason, deliveries } = await stage.ended(key);
  return [status, reason, deliveries.map((delivery) => [delivery.status, delivery.reason])];
};

describe('an e-mail that may or may not have been sent', () => {
  it('is listed for Customer Success, oldest first and page by page, until it is settled', async () => {
    const [first, second] = [await anUnknown(), await anUnknown()];
    const all = await unknown();
    expect(all.items.map(({ deliveryId }) => deliveryId)).toEqual([first.deliveryId, second.deliveryId]);
    expect(all.items[0]).toMatchObject({
      email: ana.email,
      kind: 'reminder',
      status: 'unknown',
      organizationId: helios,
    });
    const page = await unknown(carla, { limit: 1 });
    expect([page.items.map(({ deliveryId }) => deliveryId), page.count]).toEqual([[first.deliveryId], 2]);
    const next = await unknown(luis, { limit: 1, cursor: page.next! });
    expect([next.items.map(({ deliveryId }) => deliveryId), next.next]).toEqual([[second.deliveryId], null]);
    for (const { deliveryId } of [first, second]) await resolve({ deliveryId });
    expect((await unknown()).items).toEqual([]);
    await expect(unknown(sofia)).rejects.toMatchObject({ problem: { status: 403 } });
  });

  it('that arrived becomes delivered, with who said so and why in its history, and its notice becomes sent', async () => {
    const { reminder, deliveryId } = await anUnknown();
    const answer = await resolve({ deliveryId });
    expect(answer).toMatchObject({ status: 'delivered', reason: null });
    expect(answer.history).toMatchObject([
      { kind: 'confirmed', words: 'The customer has it.', memberId: carla.memberId },
    ]);
    expect(await stateOf(reminder.key)).toEqual(['sent', null, [['delivered', null]]]);
    expect(stage.emailsOf(reminder.key)).toHaveLength(1);
    expect(
      await stage.database.sql(
        `select caller, details ->> 'resolution' as resolution, details ->> 'memberId' as member
         from notifications.audit where action = 'delivery.resolved' and subject = $1`,
        [deliveryId],
      ),
    ).toEqual([{ caller: 'gateway', resolution: 'arrived', member: carla.memberId }]);
  });

  it("has an entry in its account's audit trail of who settled it", async () => {
    const { reminder, deliveryId } = await anUnknown();
    await resolve({ deliveryId });
    const { items } = await stage.gateway.ask(listNotificationsAudit, {
      actor: sofia,
      accountId: reminder.accountId!,
      limit: 50,
    });
    expect(items.find(({ action }) => action === 'delivery.resolved')).toMatchObject({
      by: { kind: 'member', memberId: carla.memberId, service: null },
      after: { resolution: 'arrived', reason: 'The customer has it.' },
    });
    const asked = items.find(({ action }) => action === 'notice.requested')!;
    expect(asked.by).toEqual({ kind: 'service', memberId: null, service: 'workflows' });
  });

  it('is rendered and sent again once when Customer Success decides so', async () => {
    const { reminder, deliveryId } = await anUnknown();
    stage.others.plan = () => aPlan({ daysLeft: 5 });
    const key = uuidv7();
    await resolve({ deliveryId, key, resolution: 'send_again', reason: 'It did not arrive.' });
    await resolve({ deliveryId, key, resolution: 'send_again', reason: 'It did not arrive.' });
    expect(await stateOf(reminder.key)).toEqual(['sent', null, [['sent', null]]]);
    expect(stage.emailsOf(reminder.key).map(({ subject }) => subject)).toEqual([
      '«Solar Park» caduca dentro de 7 días',
      '«Solar Park» caduca dentro de 5 días',
    ]);
    const { rendered } = await stage.gateway.ask(getDelivery, { actor: carla, deliveryId });
    expect(rendered?.subject).toBe('«Solar Park» caduca dentro de 5 días');
    await eventually(async () => {
      const told = (await stage.nats.events()).filter(({ data }) => (data as { key: string }).key === reminder.key);
      expect(told.map(({ type }) => type)).toEqual([noticeFailed.name, noticeReopened.name, noticeSent.name]);
    });
  });

  it('is sent again alone: a late report on the first e-mail proves nothing about others in the same request', async () => {
    const { reminder, deliveryId } = await anUnknown();
    const other = aReminder();
    const turnsAreFree = (inHours: number) =>
      stage.database.sql(
        `update notifications.turns set holder = null, free_at = clock_timestamp() + make_interval(hours => $1)`,
        [inHours],
      );
    await turnsAreFree(1);
    await resolve({ deliveryId, resolution: 'send_again', reason: 'It did not arrive.' });
    await stage.request(other);
    stage.provider.setFault('down');
    await turnsAreFree(0);
    const isOpen = async ({ key }: { key: string }) =>
      (await stage.dispatchesOf(key)).filter(({ status }) => status === 'open').length === 1;
    await eventually(async () => expect(await Promise.all([reminder, other].map(isOpen))).toEqual([true, true]));
    await stage.report(stage.emailsOf(reminder.key)[0]!, { kind: 'delivered', permanent: false });
    stage.provider.setFault(null);
    expect(await stateOf(reminder.key)).toEqual(['sent', null, [['delivered', null]]]);
    expect(await stateOf(other.key)).toEqual(['sent', null, [['sent', null]]]);
    expect([reminder, other].map(({ key }) => stage.emailsOf(key).length)).toEqual([1, 1]);
  });

  it('is not sent again when it no longer holds', async () => {
    const { reminder, deliveryId } = await anUnknown();
    stage.others.plan = () => aPlan({ current: false, reason: 'renewed' });
    await resolve({ deliveryId, resolution: 'send_again', reason: 'It did not arrive.' });
    expect(await stateOf(reminder.key)).toEqual(['skipped', 'renewed', [['skipped', 'renewed']]]);
    expect(stage.emailsOf(reminder.key)).toHaveLength(1);
  });

  it('is settled by the first of several concurrent requests; the others get the current state', async () => {
    const { deliveryId } = await anUnknown();
    const asked = [carla, luis, carla, luis].map((actor, index) =>
      resolve({ deliveryId, actor, reason: `Reason ${index}` }).then(
        ({ status }) => status,
        ({ problem }: DomainError) => problem,
      ),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'delivered')).toHaveLength(1);
    expect(answers.filter((answer) => answer !== 'delivered')).toEqual(
      [1, 2, 3].map(() =>
        expect.objectContaining({
          status: 409,
          code: 'delivery_settled',
          current: { deliveryId, status: 'delivered', reason: null },
        }),
      ),
    );
  });

  it('has to exist, and a key is for one request', async () => {
    const { deliveryId } = await anUnknown();
    await expect(resolve({ deliveryId: uuidv7() })).rejects.toMatchObject({ code: 'not_found' });
    const key = uuidv7();
    await resolve({ deliveryId, key });
    await expect(resolve({ deliveryId, key, reason: 'Another' })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });
});
