import { JetStreamApiError } from '@nats-io/jetstream';
import { errors as natsErrors } from '@nats-io/transport-node';
import { refuse } from '@tenure/contracts';
import { z } from 'zod';
import { fieldErrors, toProblem } from './problems.js';

const errors = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error!.issues.flatMap((issue) => fieldErrors(issue));

describe('the errors of fields', () => {
  it('have the path of the field, down to the item of a list', () =>
    expect(errors(z.object({ items: z.array(z.object({ n: z.int() })) }), { items: [{ n: 1 }, { n: 'x' }] })).toEqual([
      { path: 'items.1.n', code: 'invalid_type', message: expect.any(String) },
    ]));

  it('name each unknown field by its own path', () =>
    expect(errors(z.object({ inner: z.strictObject({}) }), { inner: { a: 1, b: 2 } })).toEqual([
      { path: 'inner.a', code: 'unknown_field', message: 'This field is not known.' },
      { path: 'inner.b', code: 'unknown_field', message: 'This field is not known.' },
    ]));

  it('are those of the closest alternative', () => {
    const schema = z.object({
      change: z.union([
        z.strictObject({ months: z.int() }),
        z.strictObject({ license: z.string(), datapoints: z.int().min(20) }),
      ]),
    });
    expect(errors(schema, { change: { license: 'basic', datapoints: 7 } })).toEqual([
      { path: 'change.datapoints', code: 'too_small', message: expect.any(String) },
    ]);
    // Here no alternative has the right types.
    expect(errors(schema, { change: { license: 'basic', datapoints: 'many' } })).toEqual([
      { path: 'change.datapoints', code: 'invalid_type', message: expect.any(String) },
    ]);
  });
});

describe('the problem for an error', () => {
  const coded = (code: string) => Object.assign(new Error('password=hunter2'), { code });

  it('is the problem of a refusal', () =>
    expect(toProblem(refuse('not_found', 'There is no such account.'))).toMatchObject({
      code: 'not_found',
      status: 404,
    }));

  it.each(['40001', '40P01'])('is `busy` when transactions conflicted (%s)', (code) =>
    expect(toProblem(new Error('wrapped', { cause: coded(code) }))).toMatchObject({
      code: 'busy',
      status: 503,
      detail: 'Too many concurrent changes. Try again.',
    }),
  );

  it.each(['ECONNREFUSED', '57P01', '57P03', '57P05', '53300', '53100', '58030', '25006', '08006'])(
    'is `unavailable` without a database (%s)',
    (code) =>
      expect(toProblem(coded(code))).toMatchObject({
        code: 'unavailable',
        status: 503,
        detail: 'A component that this needs is unavailable. Try again.',
      }),
  );

  it.each([
    ['no answer in time', new natsErrors.TimeoutError()],
    ['a connection that is lost', new natsErrors.ConnectionError('reset')],
    ['a connection that is closed', new natsErrors.ClosedConnectionError()],
    ['a connection that is being closed', new natsErrors.DrainingConnectionError()],
    ['nobody who answers', new natsErrors.RequestError('', { cause: new natsErrors.NoRespondersError('$JS.API') })],
    ['a JetStream that says so itself', new JetStreamApiError({ code: 503, err_code: 10008, description: '' })],
  ])('is `unavailable` without NATS (%s)', (_, error) =>
    expect(toProblem(new Error('wrapped', { cause: error }))).toMatchObject({ code: 'unavailable', status: 503 }),
  );

  it('is `internal` if JetStream refuses the request', () =>
    expect(toProblem(new JetStreamApiError({ code: 400, err_code: 10071, description: '' })).code).toBe('internal'));

  it('is `unavailable` without a database, by the message of its driver if there is no code', () =>
    expect(
      ['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'].map(
        (words) => toProblem(new Error(words)).code,
      ),
    ).toEqual(['unavailable', 'unavailable']));

  it.each([coded('23505'), new TypeError('hunter2'), 'hunter2', undefined])(
    'is `internal` for everything else, and reveals nothing of it: %p',
    (error) => {
      expect(toProblem(error)).toMatchObject({
        code: 'internal',
        status: 500,
        title: 'Something went wrong on our side',
      });
      expect(JSON.stringify(toProblem(error))).not.toContain('hunter2');
    },
  );
});
