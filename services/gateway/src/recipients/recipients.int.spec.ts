import { getAccountRecipients, refuse, setAccountRecipients } from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { accountId, someRecipients } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
beforeEach(() => stage.services.reset());

const ask = (method: string, body?: unknown, person?: string) =>
  stage.ask(`${method} /api/accounts/${accountId}/recipients`, { body, person });
const site = { email: 'site@customer.example', language: 'es' };
const actor = expect.objectContaining({ roles: ['super_admin'] }) as unknown;

describe('the recipients of an account', () => {
  it('can be read, and the extra addresses replaced', async () => {
    expect((await ask('GET')).body).toEqual(someRecipients);
    const { status, body } = await ask('PUT', { extraAddresses: [site], replaces: 1 });
    expect([status, body]).toEqual([200, { ...someRecipients, extraAddresses: [site], version: 2 }]);
    expect(stage.services.requestsOf(getAccountRecipients)).toEqual([{ actor, accountId }]);
    expect(stage.services.requestsOf(setAccountRecipients)).toEqual([
      { actor, accountId, extraAddresses: [site], replaces: 1 },
    ]);
  });

  it('can be read by Customer Success, but set only by SuperAdmins', async () => {
    expect((await ask('GET', undefined, 'customer_success')).status).toBe(200);
    expect((await ask('GET', undefined, 'no_role')).status).toBe(403);
    for (const person of ['no_role', 'customer_success', 'customer_success_lead'])
      expect((await ask('PUT', { extraAddresses: [], replaces: 1 }, person)).status).toBe(403);
    expect(stage.services.requestsOf(setAccountRecipients)).toEqual([]);
  });

  it('are returned as they stand if somebody else has changed them first', async () => {
    stage.services.answer(setAccountRecipients, () => {
      throw refuse('recipients_changed', 'They have been changed.', { current: someRecipients });
    });
    const { status, problem } = await ask('PUT', { extraAddresses: [], replaces: 0 });
    expect([status, problem.code, problem.current]).toEqual([409, 'recipients_changed', someRecipients]);
  });

  it.each([
    [{ extraAddresses: [{ email: 'site', language: 'es' }], replaces: 1 }, 'extraAddresses.0.email'],
    [{ extraAddresses: [{ ...site, name: 'x' }], replaces: 1 }, 'extraAddresses.0.name'],
    [{ extraAddresses: [{ ...site, language: 'fr' }], replaces: 1 }, 'extraAddresses.0.language'],
    [{ extraAddresses: Array.from({ length: 11 }, () => site), replaces: 1 }, 'extraAddresses'],
    [{ extraAddresses: [] }, 'replaces'],
    [{ extraAddresses: [], replaces: -1 }, 'replaces'],
  ])('are refused with invalid input: %j', async (body, path) => {
    const { status, problem } = await ask('PUT', body);
    expect([status, problem.errors?.map((error) => error.path)]).toEqual([422, [path]]);
    expect(stage.services.passedOn).toEqual([]);
  });
});
