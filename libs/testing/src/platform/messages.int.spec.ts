import { type NatsConnection } from '@nats-io/transport-node';
import { natsUsers, subjectFor, type Problem, type Request } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { eventually, startTestService, testNats, type TestNats, type TestService } from '../index.js';
import { database, fail, gate, keepNote, readNotes, sampleUsers, SampleModule, waitFor } from './sample.js';

const organizationId = '0198c2f4-0000-7000-8000-000000000001';
const memberId = '0198c2f4-0000-7000-8000-000000000002';
const note = (n: number) => ({
  id: `0198c2f4-0000-7000-8000-${String(n).padStart(12, '0')}`,
  organizationId,
  text: `note ${n}`,
});
const licensing = natsUsers().find(({ user }) => user === 'licensing')!;

describe('messages over NATS', () => {
  let nats: TestNats;
  let service: TestService;
  let test: NatsConnection;
  beforeAll(async () => {
    nats = await testNats({ users: sampleUsers(licensing) });
    test = await nats.connect();
    service = await startTestService({
      service: 'licensing',
      module: SampleModule,
      database,
      nats,
      environment: { REQUESTS_AT_ONCE: '5' },
    });
  });
  afterAll(async () => {
    await service?.close();
    await nats?.close();
  });

  /** Waits until the service has handled whatever has arrived, and NATS has whatever it answered. */
  async function handled(): Promise<void> {
    const answered = () => service.ask('gateway').ask(fail, { how: 'not' });
    await answered();
    await eventually(async () =>
      expect(await service.health.metrics.text()).toContain('tenure_requests_under_way 0\n'),
    );
    await answered();
  }

  /** Sends any text, without client or schema. */
  async function raw(subject: string, body: string | Uint8Array) {
    const reply = await test.request(subject, body, { timeout: 30_000 });
    return {
      headers: [reply.headers?.get('Nats-Service-Error-Code'), reply.headers?.get('Nats-Service-Error')],
      body: reply.json<Problem>(),
    };
  }

  it('answers with what the handler returns, its defaults filled in and the caller from the subject', async () =>
    expect(await service.ask('workflows').ask(keepNote, note(10))).toEqual({ by: 'workflows', shelf: 1 }));

  it('sends a domain refusal to the caller as it was thrown', () =>
    expect(service.ask('gateway').ask(fail, { how: 'refused' })).rejects.toMatchObject({
      problem: { code: 'name_taken', status: 409, title: 'This name is taken', figures: { tries: 2 } },
    }));

  it("reads the database's time once for its metrics", async () => {
    const database = service.get(Database);
    const { answers } = database;
    let asked = 0;
    database.answers = () => {
      asked += 1;
      return answers.call(database);
    };
    await service.health.metrics.text();
    database.answers = answers;
    expect(asked).toBe(1);
  });

  it('sets the headers that NATS tools know on a refusal', async () =>
    expect(await raw(subjectFor(fail, 'gateway'), '{"how":"refused"}')).toMatchObject({
      headers: ['409', 'This name is taken'],
    }));

  it('answers malformed JSON', async () =>
    expect(await raw(subjectFor(keepNote, 'gateway'), '{"id":')).toMatchObject({
      headers: ['400', 'The request cannot be read'],
      body: { code: 'malformed', status: 400 },
    }));

  it('names every invalid field, and an unknown one by its own path', async () => {
    const { body } = await raw(
      subjectFor(keepNote, 'gateway'),
      JSON.stringify({ ...note(11), text: '', place: { shelf: 1.5, row: 2 }, colour: 'red' }),
    );
    expect(body).toMatchObject({ code: 'invalid', status: 422 });
    expect(body.errors!.map(({ path, code }) => [path, code]).sort()).toEqual([
      ['colour', 'unknown_field'],
      ['place.row', 'unknown_field'],
      ['place.shelf', 'invalid_type'],
      ['text', 'too_small'],
    ]);
  });

  it('names at most a hundred invalid fields, so that the refusal of a message that is full of them can be sent', async () => {
    const many = Array.from({ length: 30_000 });
    const values = { actor: { memberId, organizationId, roles: many.fill(0) } };
    const names = { place: Object.fromEntries(many.map((_, index) => [`f${index}`, 0])) };
    for (const fields of [values, names]) {
      const { body } = await raw(subjectFor(keepNote, 'gateway'), JSON.stringify({ ...note(19), ...fields }));
      expect(body).toMatchObject({ code: 'invalid', status: 422 });
      expect(body.errors).toHaveLength(100);
    }
  });

  it.each(['', 'null', '[]', '"text"', '7'])('refuses the body %j with a problem', async (body) =>
    expect((await raw(subjectFor(keepNote, 'gateway'), body)).body.code).toBe('invalid'),
  );

  it.each([
    ['in a value', '{"text":"\\ud800"}', 'malformed'],
    ['in a name', '{"a":[{"\\udc00":1}]}', 'malformed'],
  ])('refuses half a surrogate pair %s, which no database can store', async (_, body, code) =>
    expect((await raw(subjectFor(keepNote, 'gateway'), body)).body.code).toBe(code),
  );

  it('refuses a null character, which no database can store, at its field', async () =>
    expect(
      (await raw(subjectFor(keepNote, 'gateway'), JSON.stringify({ ...note(18), text: 'a\0b' }))).body,
    ).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'text', code: 'null_character', message: 'No null characters.' }],
    }));

  it('refuses bytes that are not UTF-8, which would be stored as another text', async () => {
    const body = Buffer.from(JSON.stringify({ ...note(17), text: 'café' }), 'latin1');
    expect((await raw(subjectFor(keepNote, 'gateway'), body)).body.code).toBe('malformed');
  });

  it('accepts a surrogate pair', async () =>
    expect(
      (
        await raw(
          subjectFor(keepNote, 'gateway'),
          `{"id":"${note(16).id}","organizationId":"${organizationId}","text":"\\ud83d\\ude00"}`,
        )
      ).headers,
    ).toEqual([undefined, undefined]));

  it('refuses a body of nothing but brackets', async () =>
    expect((await raw(subjectFor(keepNote, 'gateway'), '['.repeat(100_000) + ']'.repeat(100_000))).body.code).toBe(
      'invalid',
    ));

  it('refuses a caller that the message does not name', async () =>
    expect(await raw(subjectFor(keepNote, 'operator'), JSON.stringify(note(12)))).toMatchObject({
      headers: ['403', 'This is not allowed'],
      body: { code: 'forbidden', detail: 'operator may not ask licensing.note.keep.' },
    }));

  it('lets only the gateway act for a person', async () =>
    expect(
      service
        .ask('workflows')
        .ask(keepNote, { ...note(13), actor: { memberId, organizationId, roles: ['super_admin'] } }),
    ).rejects.toMatchObject({ code: 'forbidden' }));

  it('reveals nothing about an internal error', async () => {
    const { headers, body } = await raw(subjectFor(fail, 'gateway'), '{"how":"broken"}');
    expect(headers).toEqual(['500', 'Something went wrong on our side']);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it.each([
    ['order-66.b', 'order-66.b'],
    ['application/0198c2f4-0000-7000-8000-000000000001', 'application/0198c2f4-0000-7000-8000-000000000001'],
    ['a line "of" a log', undefined],
    ['x'.repeat(129), undefined],
    [undefined, undefined],
  ])('handles a request under the id in its header, unless that is unfit for a log: %s', async (requestId, known) =>
    expect(await service.ask('gateway').ask(fail, { how: 'not' }, { requestId })).toEqual({
      text: `on behalf of ${known}`,
    }),
  );

  it('measures the duration of each message from the start, including refused ones', async () => {
    const counted = async (message: Request) => {
      const line = `tenure_request_seconds_count{message="${message.name}"} `;
      return (await service.health.metrics.text())
        .split('\n')
        .find((each) => each.startsWith(line))
        ?.slice(line.length);
    };
    const before = Number(await counted(fail));
    await service.ask('gateway').ask(fail, { how: 'not' });
    await service
      .ask('gateway')
      .ask(fail, { how: 'refused' })
      .catch(() => undefined);
    expect([await counted(readNotes), Number(await counted(fail)) - before]).toEqual(['0', 2]);
  });

  it('answers even if the answer itself is too large to be sent', async () =>
    expect((await raw(subjectFor(fail, 'gateway'), '{"how":"too large"}')).body.code).toBe('internal'));

  it('ignores a message that asks for no answer', async () => {
    test.publish(subjectFor(keepNote, 'gateway'), JSON.stringify(note(14)));
    await test.flush();
    await handled();
    expect(await service.database.sql('select id from licensing.notes where id = $1', [note(14).id])).toEqual([]);
  });

  it('ignores a message with a reply subject other than an inbox, where the answer would appear in the service’s name', async () => {
    const reply = `events.licensing.note.answered.${organizationId}`;
    const said = test.subscribe(reply);
    const body = { ...note(17), text: 'astray' };
    test.publish(subjectFor(keepNote, 'gateway'), JSON.stringify(body), { reply });
    test.publish('$SRV.PING', '', { reply });
    await test.flush();
    await handled();
    await said.drain();
    expect(said.getReceived()).toBe(0);
    expect(await service.database.sql('select id from licensing.notes where id = $1', [body.id])).toEqual([]);
  });

  it('immediately answers `busy` beyond its limit, and keeps working afterwards', async () => {
    let open!: () => void;
    gate.open = new Promise((resolve) => (open = resolve));
    gate.entered = 0;
    const waiting = Array.from({ length: 5 }, () => service.ask('gateway').ask(waitFor, {}));
    await eventually(() => expect(gate.entered).toBe(5));
    await expect(service.ask('gateway').ask(waitFor, {})).rejects.toMatchObject({ code: 'busy' });
    open();
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 5 }, () => ({ done: true })));
    expect(await service.ask('gateway').ask(waitFor, {})).toEqual({ done: true });
  });

  it('immediately tells the caller that nobody answers', () =>
    expect(service.ask('test').ask({ ...waitFor, name: 'licensing.note.nobody' }, {})).rejects.toMatchObject({
      code: 'unavailable',
    }));
});

describe('the start and the end', () => {
  it('fails to start when NATS refuses one of its subscriptions', async () => {
    const nats = await testNats({ users: [{ ...licensing, subscribe: ['licensing.note.keep.*'] }] });
    await expect(startTestService({ service: 'licensing', module: SampleModule, database, nats })).rejects.toThrow(
      'NATS refuses the subscription to licensing.note.',
    );
    await nats.close();
  });

  it('finishes requests in progress when it closes, and accepts no more', async () => {
    const nats = await testNats({ users: sampleUsers(licensing) });
    const service = await startTestService({ service: 'licensing', module: SampleModule, database, nats });
    let open!: () => void;
    gate.open = new Promise((resolve) => (open = resolve));
    gate.entered = 0;
    const gateway = await nats.ask('gateway');
    const underWay = Array.from({ length: 3 }, () => gateway.ask(waitFor, {}));
    await eventually(() => expect(gate.entered).toBe(3));
    const closing = service.close();
    await eventually(() =>
      expect(gateway.ask(waitFor, {}, { timeout: 100 })).rejects.toMatchObject({ code: 'unavailable' }),
    );
    open();
    expect(await Promise.all(underWay)).toEqual(Array.from({ length: 3 }, () => ({ done: true })));
    await closing;
    await nats.close();
  });
});
