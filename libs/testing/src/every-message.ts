import {
  allRequests,
  callers,
  subjectFor,
  type Actor,
  type Caller,
  type Problem,
  type Request,
} from '@tenure/contracts';
import type { TestNats } from './nats.js';

/** The kinds of people who may sign in, as far as rights go. */
export type Person = 'a member without a role' | 'a SuperAdmin' | 'Customer Success' | 'a lead of Customer Success';
export const notSuperAdmin: Person[] = ['a member without a role', 'Customer Success', 'a lead of Customer Success'];
export const notCustomerSuccess: Person[] = ['a member without a role', 'a SuperAdmin'];
export const withoutRole: Person[] = ['a member without a role'];

export interface EveryMessage {
  service: string;
  nats: () => TestNats;
  /** One of each kind; requests are about the SuperAdmin's organization. */
  people: () => Record<Person, Actor>;
  /** A valid request for each message, by its name. */
  requests: (actor: Actor) => Record<string, Record<string, unknown>>;
  /** For each message that carries an actor, who may not send it. */
  forbidden: Record<string, Person[]>;
  /** Messages that the gateway sends on behalf of nobody. */
  impersonal?: readonly string[];
}

/** Sends any text, without client or schema. */
export async function askRaw(nats: TestNats, message: Request, body: string, caller: Caller = message.callers[0]!) {
  const connection = await nats.connect();
  const reply = await connection.request(subjectFor(message, caller), body, { timeout: 30_000 });
  const problem = reply.json<Problem>();
  const isRefused = reply.headers?.has('Nats-Service-Error-Code') ?? false;
  return { status: isRefused ? problem.status : 200, problem };
}

/** The messages of a service, by their names. */
export function messagesOf(service: string): [string, Request][] {
  return allRequests.filter(({ name }) => name.startsWith(`${service}.`)).map((message) => [message.name, message]);
}

/** Tests what applies to every message of a service; a new message has to be entered in the tables. */
export function everyMessage({ service, nats, people, requests, forbidden, impersonal = [] }: EveryMessage): void {
  const named = messagesOf(service);
  const personal = named.filter(([, message]) => 'actor' in shapeOf(message));
  const raw = (message: Request, body: unknown, caller?: Caller) =>
    askRaw(nats(), message, typeof body === 'string' ? body : JSON.stringify(body), caller);
  const valid = (name: string, actor: Actor) => {
    const request = requests(actor)[name];
    if (request === undefined) throw new Error(`This spec has no request for ${name}.`);
    return request;
  };
  const whoMay = (name: string) =>
    people()[forbidden[name]?.includes('a SuperAdmin') ? 'Customer Success' : 'a SuperAdmin'];

  describe.each(named)('%s', (name, message) => {
    const body = () => valid(name, whoMay(name));

    it('is answered', async () => expect([200, 404]).toContain((await raw(message, body())).status));

    it('refuses anything but JSON', async () =>
      expect(await raw(message, '{"actor":')).toMatchObject({ status: 400, problem: { code: 'malformed' } }));

    it('refuses anything but an object', async () => {
      for (const other of ['[]', 'null', '7', '"x"'])
        expect(await raw(message, other)).toMatchObject({ status: 422, problem: { code: 'invalid' } });
    });

    it('refuses a field that it does not know, by its path', async () =>
      expect(await raw(message, { ...body(), colour: 'red' })).toMatchObject({
        status: 422,
        problem: { code: 'invalid', errors: [{ path: 'colour', code: 'unknown_field' }] },
      }));

    if ('cursor' in shapeOf(message))
      it('refuses an invalid cursor, with which the caller would unknowingly start again', async () =>
        expect(await raw(message, { ...body(), cursor: '' })).toMatchObject({
          status: 422,
          problem: { code: 'invalid', errors: [{ path: 'cursor' }] },
        }));

    it('refuses every caller that it does not name', async () => {
      for (const caller of callers.filter((other) => !message.callers.includes(other)))
        expect(await raw(message, body(), caller)).toMatchObject({ status: 403, problem: { code: 'forbidden' } });
    });

    it('answers any value in any field without failing', async () => {
      const everyField = Object.fromEntries(Object.keys(shapeOf(message)).map((field) => [field, undefined]));
      // All read an actor with one schema, which the first is enough to try.
      const whole = name === personal[0]?.[0] ? [] : ['actor'];
      for (const request of spoilt({ ...everyField, ...body() }, whole)) {
        const { status } = await raw(message, request);
        expect([request, status >= 500 ? status : 'answered']).toEqual([request, 'answered']);
      }
    });
  });

  describe('the table of rights', () => {
    it('is about actors that all messages read with one schema', () =>
      expect(new Set(personal.map(([, message]) => shapeOf(message)['actor'])).size).toBe(1));

    it('has every message that carries an actor', () =>
      expect(personal.map(([name]) => name).sort()).toEqual(Object.keys(forbidden).sort()));

    it('has every message of the gateway except those on behalf of nobody', () =>
      expect(
        named
          .filter(([name, message]) => message.callers.includes('gateway') && !(name in forbidden))
          .map(([name]) => name)
          .sort(),
      ).toEqual(impersonal.toSorted()));

    it.each(personal)('holds for %s', async (name, message) => {
      const refused: string[] = [];
      for (const [who, actor] of Object.entries(people())) {
        const { problem } = await raw(message, valid(name, actor));
        if (problem.code === 'forbidden') refused.push(who);
      }
      expect(refused).toEqual(forbidden[name]);
    });
  });
}

const strange = [null, '', 'x', '\u0000', '\ud800', 0, -1, 1.5, 1e300, [], [null], {}, { type: 'x' }, true];
const values = [...strange, 'x'.repeat(20_000)];
/**
 * The request with each field replaced by each strange value in turn, also within its objects and lists.
 * @param whole fields that are only replaced as a whole
 */
function spoilt(request: Record<string, unknown>, whole: readonly string[] = []): Record<string, unknown>[] {
  return Object.entries(request).flatMap(([field, value]) =>
    [...values, ...(whole.includes(field) ? [] : spoiltWithin(value))].map((other) => ({ ...request, [field]: other })),
  );
}
function spoiltWithin(value: unknown): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item, at) => [...values, ...spoiltWithin(item)].map((other) => value.with(at, other)));
  return isRecord(value) ? spoilt(value) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function shapeOf(message: Request): Record<string, unknown> {
  return 'shape' in message.request ? (message.request.shape as Record<string, unknown>) : {};
}
