import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  listZone,
  listApplications,
  problem,
  recordDecision,
  refuse,
  submitApplication,
  withdrawApplication,
} from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { call, type Sending } from '../testing/call.js';
import { accountId, applicationId, newAccount } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';

describe('input', () => {
  const stage = forAllTests(() => setStage({ environment: { SANDBOX: 'on' } }));
  let tokens: { partner: string; reviewer: string };
  beforeAll(async () => {
    tokens = {
      partner: await stage.issuer.token('super_admin'),
      reviewer: await stage.issuer.token('customer_success'),
    };
  });
  beforeEach(() => stage.services.reset());

  const send = (address: string, sending: Sending = {}, token = tokens.partner) =>
    call(stage.url, address, { token, ...sending });

  /** The refusal with its invalid fields, and the requests that reached a service nevertheless. */
  async function refusal(address: string, sending: Sending = {}, token = tokens.partner) {
    const { status, problem } = await send(address, sending, token);
    const errors = problem.errors?.map(({ path, code }) => [path, code]);
    return { status, code: problem.code, errors, passedOn: stage.services.passedOn };
  }
  const invalid = (errors: unknown) => ({ status: 422, code: 'invalid', errors, passedOn: [] });

  describe('an application', () => {
    const submit = 'POST /api/applications';

    it('is passed on with defaults filled in, and answered with its address', async () => {
      const reply = await send(submit, { body: newAccount, key: 'one' });
      expect([reply.status, reply.headers.get('location')]).toEqual([201, `/api/applications/${applicationId}`]);
      expect(stage.services.requestsOf(submitApplication)).toMatchObject([
        {
          idempotencyKey: 'one',
          actor: { roles: ['super_admin'] },
          application: { ...newAccount, months: 12, rtcLines: 0, emailDomain: null, comment: '' },
        },
      ]);
    });

    it.each<[string, object, [string, string][]]>([
      ['an empty name', { ...newAccount, accountName: '  ' }, [['accountName', 'too_small']]],
      ['a name of 101 characters', { ...newAccount, accountName: 'x'.repeat(101) }, [['accountName', 'too_big']]],
      [
        'a name with a control character',
        { ...newAccount, customerName: 'a\u0000b' },
        [['customerName', 'invalid_format']],
      ],
      ['fewer than 20 datapoints', { ...newAccount, datapoints: 19 }, [['datapoints', 'too_small']]],
      ['datapoints as text', { ...newAccount, datapoints: '100' }, [['datapoints', 'invalid_type']]],
      ['half a datapoint', { ...newAccount, datapoints: 100.5 }, [['datapoints', 'invalid_type']]],
      ['no months', { ...newAccount, months: 0 }, [['months', 'too_small']]],
      ['61 months', { ...newAccount, months: 61 }, [['months', 'too_big']]],
      ['a comment of 1,001 characters', { ...newAccount, comment: 'x'.repeat(1001) }, [['comment', 'too_big']]],
      ['a malformed email domain', { ...newAccount, emailDomain: 'no domain' }, [['emailDomain', 'invalid_format']]],
      ['an unknown field', { ...newAccount, approved: true }, [['approved', 'unknown_field']]],
      ['an unknown type', { ...newAccount, type: 'delete_account' }, [['type', 'invalid_union']]],
      ['no type', { accountId, datapoints: 50 }, [['type', 'invalid_union']]],
      [
        "another type's fields",
        { type: 'change_license', accountId, license: 'plus', months: 12 },
        [['months', 'unknown_field']],
      ],
      ['a malformed account id', { type: 'renew_subscription', accountId: 'x' }, [['accountId', 'invalid_format']]],
      ['nothing', {}, [['type', 'invalid_union']]],
      [
        'several invalid fields, all of which are named',
        { type: 'new_account', accountName: '', datapoints: 1 },
        [
          ['accountName', 'too_small'],
          ['customerName', 'invalid_type'],
          ['license', 'invalid_type'],
          ['datapoints', 'too_small'],
          ['sector', 'invalid_type'],
        ],
      ],
    ])('with %s is refused, submitted or previewed', async (_, body, errors) => {
      expect(await refusal(submit, { body, key: 'one' })).toEqual(invalid(errors));
      expect(await refusal('POST /api/applications/preview', { body })).toEqual(invalid(errors));
    });

    it.each(['null', '[]', '"text"', '7'])('that is %s instead of an object is refused', async (body) => {
      const { status, problem } = await send(submit, { body, key: 'one' });
      expect([status, problem.code, stage.services.passedOn]).toEqual([422, 'invalid', []]);
    });

    it('without a body is accepted if it has no required fields', async () =>
      expect((await send(`POST /api/applications/${applicationId}/withdrawal`, { key: 'one' })).status).toBe(200));

    it('without a body is refused with the missing fields', async () =>
      expect(await refusal(submit, { key: 'one' })).toEqual(invalid([['type', 'invalid_union']])));

    it('with a field named like an inherited property is refused', async () => {
      const body = JSON.stringify(newAccount).replace('{', '{"__proto__":{"roles":["customer_success"]},');
      expect(await refusal(submit, { body, key: 'one' })).toEqual(invalid([['__proto__', 'unknown_field']]));
    });
  });

  describe.each([
    ['POST /api/applications', newAccount, 'partner' as const],
    [`POST /api/applications/${applicationId}/withdrawal`, {}, 'partner' as const],
    [`POST /api/applications/${applicationId}/decision`, { verdict: 'approve' }, 'reviewer' as const],
    [`POST /api/sandbox/accounts/${accountId}/clock`, { days: 1 }, 'partner' as const],
  ])('%s', (address, body, person) => {
    it('needs an Idempotency-Key', async () => {
      const { status, problem } = await send(address, { body }, tokens[person]);
      expect([status, problem.code, stage.services.passedOn]).toEqual([400, 'idempotency_key_missing', []]);
    });

    it.each([
      ['with a space', 'a b'],
      ['too long', 'x'.repeat(129)],
    ])('refuses a key %s', async (_, key) => {
      const { status, problem } = await send(address, { body, key }, tokens[person]);
      expect([status, problem.code, problem.errors?.map(({ path }) => path), stage.services.passedOn]).toEqual([
        422,
        'invalid',
        ['Idempotency-Key'],
        [],
      ]);
    });

    it.each<[string, Sending, number, string]>([
      ['broken JSON', { body: '{"type":' }, 400, 'malformed'],
      ['JSON with more after it', { body: '{} {}' }, 400, 'malformed'],
      [
        'JSON that is not UTF-8',
        { body: new Blob([Buffer.from('{"comment":"caf\u00e9"}', 'latin1')]) },
        400,
        'malformed',
      ],
      [
        'a form',
        { body: 'type=new_account', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        415,
        'unsupported_media_type',
      ],
      ['text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
      [
        'JSON in another encoding',
        { body: '{}', headers: { 'content-type': 'application/json; charset=shift_jis' } },
        415,
        'unsupported_media_type',
      ],
      [
        'JSON in another Unicode encoding, although its bytes are valid UTF-8',
        {
          body: new Blob([Buffer.from('{"comment":""}', 'utf16le')]),
          headers: { 'content-type': 'application/json; charset=utf-16le' },
        },
        415,
        'unsupported_media_type',
      ],
      ['compressed JSON', { body: '{}', headers: { 'content-encoding': 'gzip' } }, 415, 'unsupported_media_type'],
      ['a body above 64 KiB', { body: { comment: 'x'.repeat(64 * 1024) } }, 413, 'payload_too_large'],
    ])('refuses %s', async (_, sending, status, code) => {
      const reply = await send(address, { key: 'one', ...sending }, tokens[person]);
      expect([reply.status, reply.problem.code, stage.services.passedOn]).toEqual([status, code, []]);
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
    });

    it('refuses an unknown field', async () => {
      const sending = { key: 'one', body: { ...body, colour: 'red' } };
      expect(await refusal(address, sending, tokens[person])).toEqual(invalid([['colour', 'unknown_field']]));
    });
  });

  it('is refused above 64 KiB even if it comes in chunks, without a length', async () => {
    const { hostname, port } = new URL(stage.url);
    const socket = connect(Number(port), hostname.replaceAll(/[[\]]/g, ''));
    const chunk = 'x'.repeat(70_000);
    socket.write(
      `POST /api/applications HTTP/1.1\r\nHost: tenure.example\r\nAuthorization: Bearer ${tokens.partner}\r\nIdempotency-Key: one\r\n` +
        `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk.length.toString(16)}\r\n${chunk}\r\n0\r\n\r\n`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"payload_too_large"/);
    expect(stage.services.passedOn).toEqual([]);
  });

  describe('a decision', () => {
    const decide = `POST /api/applications/${applicationId}/decision`;
    const seen = { license: 'standard', contracted: 100, rtcLines: 0, expiresOn: '2027-11-25', state: 'active' };

    it('is passed on with what the reviewer saw', async () => {
      await send(decide, { body: { verdict: 'reject', reason: ' Too early. ', seen }, key: 'one' }, tokens.reviewer);
      expect(stage.services.requestsOf(recordDecision)).toMatchObject([
        { applicationId, idempotencyKey: 'one', verdict: 'reject', reason: 'Too early.', seen },
      ]);
    });

    it.each<[string, object, string[]]>([
      ['a rejection without a reason', { verdict: 'reject' }, ['reason']],
      ['a rejection with an empty reason', { verdict: 'reject', reason: ' ' }, ['reason']],
      ['an approval with a reason of 1,001 characters', { verdict: 'approve', reason: 'x'.repeat(1001) }, ['reason']],
      ['neither an approval nor a rejection', { verdict: 'maybe' }, ['verdict']],
      [
        'an approval with only some of the seen facts',
        { verdict: 'approve', seen: { license: 'standard' } },
        ['seen.contracted', 'seen.rtcLines', 'seen.expiresOn', 'seen.state'],
      ],
      ['an approval with an unknown seen fact', { verdict: 'approve', seen: { ...seen, price: 1 } }, ['seen.price']],
    ])('that is %s is refused', async (_, body, paths) => {
      const { status, problem } = await send(decide, { body, key: 'one' }, tokens.reviewer);
      expect([status, problem.code, problem.errors?.map(({ path }) => path), stage.services.passedOn]).toEqual([
        422,
        'invalid',
        paths,
        [],
      ]);
    });
  });

  describe("a move of an account's clock", () => {
    it.each<[string, object]>([
      ['by no days', { days: 0 }],
      ['backwards', { days: -1 }],
      ['by too many months', { months: 61 }],
      ['by days and months', { days: 1, months: 1 }],
      ['to no next moment', { toNextMoment: false }],
      ['by nothing', {}],
    ])('%s is refused', async (_, body) => {
      const { status, problem } = await send(`POST /api/sandbox/accounts/${accountId}/clock`, { body, key: 'one' });
      expect([status, problem.code, stage.services.passedOn]).toEqual([422, 'invalid', []]);
    });
  });

  describe('a path', () => {
    it.each([
      ['GET /api/accounts/7', 'accountId'],
      ['GET /api/accounts/7/timeline', 'accountId'],
      ['GET /api/applications/previews', 'applicationId'],
    ])('%s with a malformed id is refused', async (address, path) =>
      expect(await refusal(address)).toEqual(invalid([[path, 'invalid_format']])),
    );

    it.each(['0x2', '2e0', '%202', '2.0', '+2'])('with the malformed version %s is refused', async (version) =>
      expect(await refusal(`POST /api/reminder-policy/changes/${version}/stop`, { body: {} })).toEqual(
        invalid([['version', 'invalid_type']]),
      ),
    );
  });

  describe('a query', () => {
    it('becomes the filter of the schema, with numbers and booleans', async () => {
      await send('GET /api/accounts?zone=expired&limit=20&expiresWithinDays=7&pending=true&text=%20Harbor%20');
      expect(stage.services.requestsOf(listZone)).toMatchObject([
        { zone: 'expired', limit: 20, expiresWithinDays: 7, pending: true, text: 'Harbor', sort: 'expires_on' },
      ]);
    });

    it('may be left out', async () => {
      expect((await send('GET /api/applications')).status).toBe(200);
      expect(stage.services.requestsOf(listApplications)).toMatchObject([{ limit: 50 }]);
    });

    it.each<[string, string, string]>([
      ['GET /api/accounts?zone=gone', 'zone', 'invalid_value'],
      ['GET /api/accounts?limit=201', 'limit', 'too_big'],
      ['GET /api/accounts?limit=0', 'limit', 'too_small'],
      ['GET /api/accounts?limit=ten', 'limit', 'invalid_type'],
      ['GET /api/accounts?limit=1e2', 'limit', 'invalid_type'],
      ['GET /api/accounts?limit=', 'limit', 'invalid_type'],
      ['GET /api/accounts?pending=yes', 'pending', 'invalid_type'],
      ['GET /api/accounts?zone=active&zone=expired', 'zone', 'invalid_value'],
      ['GET /api/accounts?text=a%00b', 'text', 'invalid_format'],
      [`GET /api/accounts?text=${'x'.repeat(101)}`, 'text', 'too_big'],
      [`GET /api/accounts?cursor=${'x'.repeat(501)}`, 'cursor', 'too_big'],
      ['GET /api/accounts?organization=1', 'organization', 'unknown_field'],
      ['GET /api/accounts?zone[x]=active', 'zone[x]', 'unknown_field'],
      ['GET /api/applications?status=done', 'status', 'invalid_value'],
      ['GET /api/applications?organizationId=1', 'organizationId', 'invalid_format'],
      ['GET /api/accounts/names?text=a', 'text', 'unknown_field'],
      ['GET /api/me?as=somebody', 'as', 'unknown_field'],
      ['GET /api/me?__proto__=1', '__proto__', 'unknown_field'],
      ['GET /api/accounts?zone=active&constructor=1', 'constructor', 'unknown_field'],
      ['GET /api/countries?code=ES', 'code', 'unknown_field'],
      [`GET /api/accounts/${accountId}?fields=all`, 'fields', 'unknown_field'],
    ])('%s is refused', async (address, path, code) => expect(await refusal(address)).toEqual(invalid([[path, code]])));
  });

  describe("a service's refusal", () => {
    it('is passed on with its status and figures, and with fields named as they were sent', async () => {
      stage.services.answer(submitApplication, () => {
        throw refuse('contract_refused', 'This cannot be approved.', {
          errors: [
            { path: 'application.datapoints', code: 'below_used', message: '480 are in use.', figures: { used: 480 } },
          ],
        });
      });
      const reply = await send('POST /api/applications', { body: newAccount, key: 'one' });
      expect([reply.status, reply.body]).toEqual([
        422,
        {
          ...problem('contract_refused', 'This cannot be approved.'),
          errors: [{ path: 'datapoints', code: 'below_used', message: '480 are in use.', figures: { used: 480 } }],
        },
      ]);
    });

    it('is passed on with the current state', async () => {
      stage.services.answer(withdrawApplication, () => {
        throw refuse('application_already_decided', 'It is decided.', { current: { status: 'approved' } });
      });
      const reply = await send(`POST /api/applications/${applicationId}/withdrawal`, { key: 'one' });
      expect([reply.status, reply.problem.code, reply.problem.current]).toEqual([
        409,
        'application_already_decided',
        { status: 'approved' },
      ]);
    });

    it('about an internal error is passed on without details', async () => {
      stage.services.answer(submitApplication, () => {
        throw refuse('internal', 'postgres at 10.0.0.7');
      });
      const reply = await send('POST /api/applications', { body: newAccount, key: 'one' });
      expect([reply.status, reply.body]).toEqual([500, problem('internal')]);
    });
  });
});
