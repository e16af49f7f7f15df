import { afterAttempt, mayRepeat, outcomeOf, type Outcome, type ProviderAnswer } from './attempt.js';

const nothing: ProviderAnswer = {
  providerIds: null,
  status: null,
  error: null,
  message: null,
  handedOver: true,
};
const answered = (status: number, error: string | null, message = 'in words') =>
  outcomeOf({ ...nothing, status, error, message });

describe('an attempt', () => {
  it('was accepted when the provider returns ids for the e-mails', () =>
    expect(outcomeOf({ ...nothing, providerIds: ['e1', 'e2'] })).toEqual({
      kind: 'taken',
      providerIds: ['e1', 'e2'],
    }));

  it('was certainly not accepted when nothing was sent', () =>
    expect(outcomeOf({ ...nothing, handedOver: false })).toEqual({
      kind: 'not_taken',
      reason: 'no_connection',
    }));

  it('is unclear when it was sent and no answer came', () =>
    expect(outcomeOf(nothing)).toEqual({ kind: 'unclear', reason: 'no_answer' }));

  it.each(['rate_limit_exceeded', 'daily_quota_exceeded', 'monthly_quota_exceeded'])(
    'was certainly not accepted when a rate limit or quota was exceeded: 429 %s',
    (error) =>
      expect(outcomeOf({ ...nothing, status: 429, error, message: 'slower' })).toEqual({
        kind: 'not_taken',
        reason: `${error}: slower`,
      }),
  );

  it.each([
    [401, 'missing_api_key'],
    [401, 'restricted_api_key'],
    [403, 'invalid_api_key'],
  ])('waits for the operator when our own configuration is refused: %s %s', (status, error) =>
    expect(answered(status, error).kind).toBe('not_taken'),
  );

  it.each([
    [409, 'concurrent_idempotent_requests'],
    [408, 'application_error'],
    [500, 'internal_server_error'],
    [502, null],
    [503, null],
    [404, null],
  ])('is unclear after %s %s', (status, error) =>
    expect(answered(status, error)).toEqual({
      kind: 'unclear',
      reason: error === null ? `status_${status}` : `${error}: in words`,
    }),
  );

  it('has the status as its reason when the provider gives no words', () =>
    expect(outcomeOf({ ...nothing, status: 422, error: 'validation_error' })).toEqual({
      kind: 'refused',
      reason: 'validation_error: 422',
    }));

  it.each([
    [422, 'validation_error'],
    [422, 'missing_required_field'],
    [403, 'validation_error'],
    [400, 'invalid_idempotency_key'],
    [499, 'client_closed_request'],
  ])("was refused, with the provider's words, by %s %s", (status, error) =>
    expect(answered(status, error)).toEqual({ kind: 'refused', reason: `${error}: in words` }),
  );

  it('may be made from another sender when the provider says that the domain is not verified', () =>
    expect(answered(403, 'validation_error', 'The a.example domain is not verified. Please, add it.')).toEqual({
      kind: 'sender_refused',
      reason: 'validation_error: The a.example domain is not verified. Please, add it.',
    }));

  it('may be made from another sender in any spelling of that answer, and after no other', () =>
    expect(
      [
        [403, 'validation_error', 'Domain is not verified'],
        [422, 'validation_error', 'Domain is not verified'],
        [403, 'restricted', 'Domain is not verified'],
      ].map(([status, error, message]) => answered(status as number, error as string, message as string).kind),
    ).toEqual(['sender_refused', 'refused', 'refused']));
});

describe('after an attempt, a dispatch', () => {
  const first = new Date('2027-10-24T07:00:00.000Z');
  const once = { size: 1, attempts: 1, firstAttemptAt: first };
  const twice = { ...once, attempts: 2 };
  const batch = { ...once, size: 2 };
  const soon = new Date('2027-10-24T07:00:10.000Z');
  const nextDay = new Date('2027-10-25T06:55:00.000Z');
  const taken: Outcome = { kind: 'taken', providerIds: ['e1'] };
  const notTaken: Outcome = { kind: 'not_taken', reason: 'no_connection' };
  const unclear: Outcome = { kind: 'unclear', reason: 'no_answer' };
  const refused: Outcome = { kind: 'refused', reason: 'validation_error: no' };
  const senderRefused: Outcome = { kind: 'sender_refused', reason: 'validation_error: not verified' };
  const otherRequest: Outcome = { kind: 'refused', reason: 'invalid_idempotent_request: another payload' };

  it.each([
    ['accepted', once, taken, soon, 'sent'],
    ['accepted at the second attempt', twice, taken, soon, 'sent'],
    ['refused', once, refused, soon, 'failed'],
    ['refused for its sender, every time: rendered again', twice, senderRefused, soon, 'dissolve'],
    ['a refused batch: one of its e-mails is the reason', batch, refused, soon, 'divide'],
    ['a batch refused for a sender: one of its senders is the reason', batch, senderRefused, soon, 'divide'],
    ['a batch not accepted: rendered again', batch, notTaken, soon, 'dissolve'],
    ['a batch with an unclear outcome: repeated under its key', batch, unclear, soon, 'repeat'],
    ['a batch whose key was used for something else', batch, otherRequest, soon, 'unknown'],
    ['its key was used for something else', once, otherRequest, soon, 'unknown'],
    ['certainly not accepted: rendered again', once, notTaken, soon, 'dissolve'],
    ['not accepted now, but perhaps before: repeated under its key', twice, notTaken, soon, 'repeat'],
    ['unclear: repeated under its key', once, unclear, soon, 'repeat'],
    ['unclear when its key expires', twice, unclear, nextDay, 'unknown'],
    ['not accepted when its key expires, but perhaps before', twice, notTaken, nextDay, 'unknown'],
  ] as const)('%s', (_, dispatch, outcome, now, verdict) => expect(afterAttempt(dispatch, outcome, now)).toBe(verdict));

  it('may be repeated until 5 minutes before its key expires after 24 hours', () => {
    expect(mayRepeat(once, new Date('2027-10-25T06:54:59.999Z'))).toBe(true);
    expect(mayRepeat(once, nextDay)).toBe(false);
  });

  it('not if the clock was set back to more than five minutes before its first attempt', () => {
    expect(mayRepeat(once, new Date(first.getTime() - 300_000))).toBe(true);
    expect(mayRepeat(once, new Date(first.getTime() - 300_001))).toBe(false);
  });
});
