import { getDelivery, listDeliveries, listMarkedAddresses, type Actor, type AskOf } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { ana, ben, toldOf } from '../testing/answers.js';
import { anApplicationNotice, another, aReminder, deliveryIdOf, helios, stageWithService } from '../testing/stage.js';
import { countOfSought, pageOfSought } from './sought-deliveries.js';

const stage = stageWithService();
beforeEach(() => {
  stage.others.told = () => toldOf();
});

const person = (organizationId: string, ...roles: Actor['roles']): Actor => ({
  memberId: uuidv7(),
  organizationId,
  roles,
});
const sofia = person(helios, 'super_admin');
const carla = person(another, 'customer_success');
const get = (actor: Actor, deliveryId: string) => stage.gateway.ask(getDelivery, { actor, deliveryId });
const list = (actor: Actor, sought: Omit<AskOf<typeof listDeliveries>, 'actor'>) =>
  stage.gateway.ask(listDeliveries, { actor, status: 'any', ...sought });
const deliveryIn = (key: string, email: string) => {
  const sent = stage.emailsOf(key).find(({ to }) => to[0] === email)!;
  return { email: sent, deliveryId: deliveryIdOf(sent) };
};

describe('a delivery', () => {
  it('shows exactly what was sent to this recipient, and all reports on it', async () => {
    const reminder = aReminder();
    const { noticeId } = await stage.request(reminder);
    await stage.ended(reminder.key);
    const { email, deliveryId } = deliveryIn(reminder.key, ben.email);
    const at = '2027-11-17T08:01:00.000Z';
    await stage.report(email, { kind: 'sent', at, permanent: false });
    const words = 'The mailbox was full';
    await stage.report(email, { at, permanent: false, words });

    const { key, kind, offset, termNumber, accountId, dueAt } = reminder;
    const { from, to, subject, html, text } = email;
    const event = { at, recordedAt: expect.any(String), permanent: false, memberId: null };
    expect(await get(sofia, deliveryId)).toEqual({
      ...{ deliveryId, noticeId, key, kind, offset, termNumber, accountId, dueAt },
      ...{ organizationId: helios, applicationId: null, providerId: email.id },
      ...{ email: ben.email, name: ben.name, status: 'bounced', reason: words, sentAt: expect.any(String) },
      contentsRemovedAt: null,
      history: [
        { ...event, kind: 'sent', words: null },
        { ...event, kind: 'bounced', words },
      ],
      rendered: { from, to, subject, html, text },
    });
  });

  it('is visible to its organization and to Customer Success, and to nobody else', async () => {
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.ended(reminder.key);
    const { deliveryId } = deliveryIn(reminder.key, ana.email);
    expect((await get(person(another, 'customer_success'), deliveryId)).email).toBe(ana.email);
    await expect(get(person(another, 'super_admin'), deliveryId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(get(sofia, uuidv7())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of a notice to reviewers is not visible to the organization', async () => {
    stage.others.told = () => toldOf({ recipients: [ben], application: { status: 'pending' } });
    const waiting = anApplicationNotice('application_waiting');
    await stage.request(waiting);
    await stage.ended(waiting.key);
    const { deliveryId } = deliveryIn(waiting.key, ben.email);
    await expect(get(sofia, deliveryId)).rejects.toMatchObject({ code: 'not_found' });
    expect((await get(person(another, 'customer_success'), deliveryId)).email).toBe(ben.email);
  });
});

describe('the deliveries to an address', () => {
  /** Deliveries to the recipients that accounts names, each by one reminder of the organization. */
  const reminded = async (organizationId: string) => {
    const { key } = aReminder({ organizationId });
    await stage.request(aReminder({ organizationId, key }));
    await stage.ended(key);
    return key;
  };
  /** Customer Success has been notified that nobody could be: otherwise that would happen in the next test. */
  const unreachable = (key: string) => stage.ended(`${key}/recipients_unreachable`);
  const anAddress = () => `Ana.${uuidv7()}@helios.example`;

  it('are found by the whole address in any case, across organizations, newest first and page by page', async () => {
    const email = anAddress();
    stage.others.told = () => toldOf({ recipients: [{ ...ana, email }, ben] });
    const keys = [await reminded(helios), await reminded(another), await reminded(helios)];
    const found = await list(carla, { email: email.toUpperCase() });
    expect(found).toMatchObject({ count: 3, next: null, marks: [] });
    expect(found.items.map((item) => [item.key, item.organizationId, item.email, item.status])).toEqual([
      [keys[2], helios, email, 'sent'],
      [keys[1], another, email, 'sent'],
      [keys[0], helios, email, 'sent'],
    ]);
    const first = await list(carla, { email, limit: 2 });
    const second = await list(carla, { email, limit: 2, cursor: first.next! });
    expect([...first.items, ...second.items]).toEqual(found.items);
    expect([first.count, second.next]).toEqual([3, null]);
    expect((await list(carla, { email: email.slice(1) })).items).toEqual([]);
    expect((await list(carla, { email, status: 'unknown' })).items).toEqual([]);
    await expect(list(carla, { status: 'unknown', cursor: first.next! })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('include the organizations in which the address is marked, since when and why', async () => {
    const email = anAddress();
    stage.others.told = () => toldOf({ recipients: [{ ...ana, email }] });
    await reminded(another);
    const key = await reminded(helios);
    const { deliveryId, email: sent } = deliveryIn(key, email);
    await stage.report(sent, { words: 'No such mailbox' });
    await unreachable(key);
    const address = email.toLowerCase();
    const mark = { address, organizationId: helios, why: 'bounced', words: 'No such mailbox', deliveryId };
    expect((await list(carla, { email })).marks).toEqual([{ ...mark, markedAt: expect.any(String) }]);
  });

  it('can be limited to one organization, whose marks only Customer Success sees by naming it', async () => {
    const email = anAddress();
    stage.others.told = () => toldOf({ recipients: [{ ...ana, email }] });
    await reminded(another);
    const key = await reminded(helios);
    const found = await list(carla, { email, organizationId: helios });
    expect(found.items.map((item) => item.key)).toContain(key);
    expect(found.items.filter((item) => item.organizationId !== helios)).toEqual([]);
    expect(found.count).toBe(found.items.length);
    const { deliveryId, email: sent } = deliveryIn(key, email);
    await stage.report(sent);
    await unreachable(key);
    const marks = (actor: Actor, organizationId: string) =>
      stage.gateway.ask(listMarkedAddresses, { actor, organizationId });
    const address = email.toLowerCase();
    expect((await marks(carla, helios)).items).toContainEqual(expect.objectContaining({ address, deliveryId }));
    expect((await marks(carla, another)).items.map((mark) => mark.address)).not.toContain(address);
    await expect(marks(sofia, helios)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('cannot be listed by organization alone, which may have millions', async () => {
    await expect(list(carla, { status: 'any', organizationId: helios })).rejects.toMatchObject({ code: 'invalid' });
    expect(await list(carla, { status: 'unknown', organizationId: helios })).toMatchObject({ items: [], count: 0 });
  });
});

describe('the deliveries about an application', () => {
  it('are visible to its organization, except those to reviewers, and all of them to Customer Success', async () => {
    stage.others.told = ({ audience }) =>
      toldOf({ recipients: [audience === 'applicant' ? ana : ben], application: { status: 'pending' } });
    const submitted = anApplicationNotice('application_submitted');
    const received = anApplicationNotice('application_received', { applicationId: submitted.applicationId });
    for (const notice of [submitted, received, anApplicationNotice('application_submitted')]) {
      await stage.request(notice);
      await stage.ended(notice.key);
    }
    const applicationId = submitted.applicationId!;
    const found = async (actor: Actor) => {
      const { items, count } = await list(actor, { applicationId });
      return [items.map(({ kind, email }) => [kind, email]), count];
    };
    const toApplicant = ['application_submitted', ana.email];
    expect(await found(sofia)).toEqual([[toApplicant], 1]);
    expect(await found(carla)).toEqual([[['application_received', ben.email], toApplicant], 2]);
    expect(await found(person(another, 'super_admin'))).toEqual([[], 0]);
    await expect(found(person(helios))).rejects.toMatchObject({ code: 'forbidden' });
    expect((await list(carla, { applicationId, email: ben.email })).count).toBe(1);
    expect((await list(carla, { status: 'any', applicationId, organizationId: helios })).count).toBe(2);
    expect((await list(carla, { status: 'any', applicationId, organizationId: another })).count).toBe(0);
  });
});

describe('among very many deliveries, an index finds those', () => {
  const organizationId = uuidv7();
  const applicationId = uuidv7();
  const email = 'zoe@many.example';
  beforeAll(async () => {
    await stage.database.sql(
      `insert into notifications.notices (notice_id, key, kind, organization_id, application_id, due_at, status,
         clock_ahead_seconds, requested_at, attempt_at, failures)
       select id, id::text, 'application_submitted', $1, case when number = 7 then $2::uuid else id end, now(), 'sent', 0,
         now(), now(), 0
       from generate_series(1, 5000) as number, lateral (select uuidv7() as id where number > 0) as one`,
      [organizationId, applicationId],
    );
    await stage.database.sql(
      `insert into notifications.deliveries (delivery_id, notice_id, organization_id, email, language, status)
       select uuidv7(), notice_id, organization_id, case when application_id = $2 then $3 else key || '@many.example' end,
         'en', 'sent'
       from notifications.notices where organization_id = $1`,
      [organizationId, applicationId, email],
    );
    await stage.database.sql('analyze notifications.notices, notifications.deliveries');
  });

  interface Plan {
    'Node Type': string;
    'Index Name'?: string;
    Plans?: Plan[];
  }
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

  it.each([
    ['by their address', { status: 'any', email }, 'deliveries_of_address'],
    ['by their application', { status: 'any', applicationId }, 'notices_of_application'],
    ['that are unknown', { status: 'unknown' }, 'deliveries_unknown'],
    ['of one organization that are unknown', { status: 'unknown', organizationId }, 'deliveries_unknown'],
  ] as const)('%s', async (_, sought, index) => {
    for (const [text, parameters] of [pageOfSought(sought, undefined, 51), countOfSought(sought)]) {
      let number = 0;
      const [row] = await stage.database.sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (format json) ${text.replaceAll('?', () => `$${(number += 1)}`)}`,
        parameters,
      );
      const all = nodes(row!['QUERY PLAN'][0].Plan);
      expect(all.map((node) => node['Index Name'])).toContain(index);
      expect(all.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    }
  });
});
