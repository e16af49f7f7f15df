import { changePolicy, getPolicy, listNotices, previewPolicy, refuse, stopPolicyChange } from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { accountId, aChosenPolicy, aMoment, aNotice, aPolicy, organizationId } from '../testing/samples.js';
import { setStage, type GatewayStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
beforeEach(() => stage.services.reset());

const ask: GatewayStage['ask'] = (...asked) => stage.ask(...asked);

describe("an organization's reminder policy", () => {
  it('can be read by its SuperAdmins, and by Customer Success for any organization', async () => {
    expect((await ask('GET /api/reminder-policy')).body).toEqual(aPolicy);
    await ask(`GET /api/reminder-policy?organizationId=${organizationId}`, { person: 'customer_success' });
    expect(stage.services.requestsOf(getPolicy)).toMatchObject([
      { actor: { roles: ['super_admin'] } },
      { actor: { roles: ['customer_success'] }, organizationId },
    ]);
  });

  it('can be previewed, with examples page by page', async () => {
    const cursor = organizationId;
    await ask('POST /api/reminder-policy/preview', { body: { ...aChosenPolicy, cursor } });
    expect(stage.services.requestsOf(previewPolicy)).toEqual([
      { actor: expect.anything(), policy: aChosenPolicy, cursor },
    ]);
  });

  it('is previewed with the outcomes of the reminders in its examples: those sent are not shown as planned', async () => {
    const [sent, planned] = [aMoment('P1M', '2027-10-25T07:00:00.000Z'), aMoment('P7D', '2027-11-18T08:00:00.000Z')];
    const earlier = { ...sent, at: '2027-10-25T06:00:00.000Z' };
    stage.services.answer(previewPolicy, () => ({
      ...{ ...aChosenPolicy, touched: 1, reckoned: 1, effects: [], next: null },
      examples: [
        {
          ...{ accountId, timeZone: 'Europe/Madrid', expiresOn: '2027-11-25' },
          effect: { more: 0, fewer: 0, moved: 1, skipped: 0 },
          before: [sent, planned],
          after: [earlier, planned],
        },
      ],
    }));
    stage.services.answer(listNotices, () => ({
      items: [aNotice(sent.key, sent.at), aNotice(`${accountId}/1/P1D`, '2027-11-24T08:00:00.000Z')],
      next: null,
    }));
    const { body } = await ask('POST /api/reminder-policy/preview', { body: aChosenPolicy });
    const [example] = (body as { examples: Record<'before' | 'after', { kind: string; status: string }[]>[] }).examples;
    const shown = (moments: { kind: string; status: string }[]) => moments.map(({ kind, status }) => [kind, status]);
    for (const moments of [example!.before, example!.after])
      expect(shown(moments)).toEqual([
        ['P1M', 'sent'],
        ['P7D', 'planned'],
      ]);
    expect(stage.services.requestsOf(listNotices)).toEqual([{ actor: expect.anything(), accountId, limit: 25 }]);
  });

  it('is changed with an Idempotency-Key and replaces the version that was seen', async () => {
    const body = { ...aChosenPolicy, replaces: 1 };
    expect((await ask('POST /api/reminder-policy', { body })).problem.code).toBe('idempotency_key_missing');
    expect((await ask('POST /api/reminder-policy', { body, key: 'mine' })).body).toEqual(aPolicy);
    expect(stage.services.requestsOf(changePolicy)).toEqual([
      { actor: expect.anything(), policy: aChosenPolicy, replaces: 1, idempotencyKey: 'mine' },
    ]);
  });

  it('is refused with the path of the invalid list entry, as it was sent', async () => {
    stage.services.answer(changePolicy, () => {
      const errors = [{ path: 'policy.offsets.1', code: 'double', message: 'This reminder is already in the list.' }];
      throw refuse('invalid', 'This reminder policy is not valid.', { errors });
    });
    const body = { offsets: ['P1W', 'P7D'], localTime: '10:00', replaces: 1 };
    const { problem } = await ask('POST /api/reminder-policy', { body, key: 'mine' });
    expect(problem.errors).toEqual([
      { path: 'offsets.1', code: 'double', message: 'This reminder is already in the list.' },
    ]);
  });

  it('that somebody else has changed is refused with the current one', async () => {
    stage.services.answer(changePolicy, () => {
      throw refuse('policy_changed', 'It has been changed.', { current: aPolicy });
    });
    const { problem } = await ask('POST /api/reminder-policy', {
      body: { ...aChosenPolicy, replaces: 1 },
      key: 'mine',
    });
    expect(problem).toMatchObject({ status: 409, code: 'policy_changed', current: aPolicy });
  });
});

it('a policy change is stopped by its version; version 1, the default, cannot be stopped', async () => {
  const stop = async (version: string) =>
    (await ask(`POST /api/reminder-policy/changes/${version}/stop`, { body: {} })).status;
  expect(await stop('2')).toBe(200);
  expect(await Promise.all(['1', '2.5', 'two', ''].map(stop))).toEqual([422, 422, 422, 404]);
  expect(stage.services.requestsOf(stopPolicyChange)).toEqual([{ actor: expect.anything(), version: 2 }]);
});
