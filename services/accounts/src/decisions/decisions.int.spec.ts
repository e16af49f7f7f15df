import { randomUUID } from 'node:crypto';
import {
  getApplication,
  getDecision,
  inspectApplication,
  inspectDecision,
  settleDecision,
  type DomainError,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import {
  aNewAccount,
  anAccount,
  decide,
  eventsAbout,
  settle,
  someFacts,
  startWorld,
  submit,
} from '../testing/world.js';

const world = forAllTests(startWorld);

const rows = <Row>(query: string, id: string) => world.service.database.sql<Row>(query, [id]);
const decisionRow = async (id: string) =>
  (await rows<Record<string, unknown>>('select * from accounts.decisions where decision_id = $1', id))[0];
const read = (applicationId: string) => world.gateway.ask(getApplication, { actor: world.reviewer, applicationId });

describe('a decision that is recorded', () => {
  it('is stored with what its maker saw, and publishes that it has to be settled', async () => {
    const { accountId, facts } = await anAccount(world);
    const { applicationId } = await submit(world, { type: 'change_license', accountId, license: 'pro' });
    const decisionId = await decide(world, applicationId, { seen: facts });

    expect(await decisionRow(decisionId)).toMatchObject({
      application_id: applicationId,
      organization_id: world.solar.organizationId,
      member_id: world.reviewer.memberId,
      member_name: 'Rosa Reviewer',
      verdict: 'approve',
      seen: facts,
      outcome: 'recorded',
    });
    expect(await read(applicationId)).toMatchObject({
      status: 'pending',
      version: 2,
      decision: { decisionId, outcome: 'recorded', decidedBy: { name: 'Rosa Reviewer' } },
    });
    expect((await eventsAbout(world, applicationId)).at(-1)).toMatchObject({
      type: 'accounts.decision.recorded',
      version: 2,
      cause: { memberId: world.reviewer.memberId },
      data: { decisionId, verdict: 'approve', accountId, clockAheadSeconds: 0 },
    });
  });

  it('is the same decision when it is repeated with its key', async () => {
    const { applicationId } = await submit(world);
    const idempotencyKey = randomUUID();
    const first = await decide(world, applicationId, { idempotencyKey });
    expect(await decide(world, applicationId, { idempotencyKey })).toBe(first);
    expect(await rows('select 1 from accounts.decisions where application_id = $1', applicationId)).toHaveLength(1);
  });

  it('is the same decision when it is repeated after it was settled', async () => {
    const { applicationId } = await submit(world);
    const idempotencyKey = randomUUID();
    const first = await decide(world, applicationId, { idempotencyKey });
    await settle(world, applicationId, first);
    expect(await decide(world, applicationId, { idempotencyKey })).toBe(first);
  });

  it.each([
    ['another verdict', { verdict: 'reject', reason: 'No' } as const],
    ['another reason', { reason: 'Because' }],
  ])('is refused when its key was used for %s', async (_, change) => {
    const { applicationId } = await submit(world);
    const idempotencyKey = randomUUID();
    await decide(world, applicationId, { idempotencyKey });
    await expect(decide(world, applicationId, { idempotencyKey, ...change })).rejects.toMatchObject({
      problem: { code: 'idempotency_key_reused' },
    });
  });

  it('is refused when its key was used for another application', async () => {
    const idempotencyKey = randomUUID();
    await decide(world, (await submit(world)).applicationId, { idempotencyKey });
    await expect(decide(world, (await submit(world)).applicationId, { idempotencyKey })).rejects.toMatchObject({
      problem: { code: 'idempotency_key_reused' },
    });
  });

  it("has a key per member: another member's is a different key", async () => {
    const idempotencyKey = randomUUID();
    const { applicationId } = await submit(world);
    const first = await decide(world, applicationId, { idempotencyKey });
    expect(await decide(world, applicationId, { idempotencyKey, actor: world.otherReviewer })).not.toBe(first);
  });

  it('is refused for the member’s own application', async () => {
    const actor = world.reviewerAndSuperAdmin;
    const { applicationId } = await submit(world, aNewAccount(), { actor });
    await expect(decide(world, applicationId, { actor })).rejects.toMatchObject({
      problem: { code: 'own_application', status: 403 },
    });
    expect(await decide(world, applicationId, { actor: world.lead })).toEqual(expect.any(String));
  });

  it('is refused, with the application as it stands, if that is not pending', async () => {
    const { applicationId } = await submit(world);
    await settle(world, applicationId, await decide(world, applicationId));
    await expect(decide(world, applicationId, { actor: world.otherReviewer })).rejects.toMatchObject({
      problem: {
        code: 'application_already_decided',
        status: 409,
        current: { applicationId, status: 'approved', decision: { decidedBy: { name: 'Rosa Reviewer' } } },
      },
    });
  });

  it('waits for a transaction that is ending the application, and is then refused: nobody would settle it', async () => {
    const { applicationId } = await submit(world);
    const { sql, lockWaits } = world.service.database;
    await sql('begin');
    await sql(`update accounts.applications set status = 'lapsed', ended_at = now() where application_id = $1`, [
      applicationId,
    ]);
    const late = decide(world, applicationId).catch((error: DomainError) => error);
    await eventually(async () => expect(await lockWaits()).toBe(1));
    await sql('commit');
    expect(await late).toMatchObject({
      code: 'application_already_decided',
      problem: { current: { status: 'lapsed' } },
    });
    expect(await rows('select from accounts.decisions where application_id = $1', applicationId)).toEqual([]);
  });

  it('needs a reason when it rejects', async () => {
    const { applicationId } = await submit(world);
    await expect(decide(world, applicationId, { verdict: 'reject' })).rejects.toMatchObject({
      problem: { code: 'invalid', errors: [{ path: 'reason', code: 'required' }] },
    });
  });

  it('needs what its maker saw when it approves a change', async () => {
    const { accountId } = await anAccount(world);
    const { applicationId } = await submit(world, { type: 'renew_subscription', accountId });
    await expect(decide(world, applicationId)).rejects.toMatchObject({
      problem: { code: 'invalid', errors: [{ path: 'seen', code: 'required' }] },
    });
  });

  it('is refused for an unknown application', () =>
    expect(decide(world, randomUUID())).rejects.toMatchObject({ problem: { code: 'not_found' } }));
});

describe('an approval that is settled', () => {
  it('approves the application, returns what to provision, and publishes the approval', async () => {
    const { applicationId, request } = await submit(world);
    const decisionId = await decide(world, applicationId);
    const answer = await settle(world, applicationId, decisionId);
    const { decidedAt } = (await read(applicationId)).decision!;

    expect(answer).toEqual({
      outcome: 'applied',
      status: 'approved',
      provision: {
        decidedAt,
        change: {
          type: 'new_account',
          accountId: expect.any(String),
          organizationId: world.solar.organizationId,
          country: 'ES',
          timeZone: 'Europe/Madrid',
          license: 'basic',
          datapoints: 100,
          rtcLines: 0,
          months: 12,
        },
      },
      recordedDecisions: [],
    });
    expect(request.type).toBe('new_account');
    expect(await read(applicationId)).toMatchObject({
      status: 'approved',
      version: 3,
      endedAt: null,
      decision: { decisionId, outcome: 'applied', problem: null },
    });
    expect((await eventsAbout(world, applicationId)).at(-1)).toMatchObject({
      type: 'accounts.application.approved',
      version: 3,
      cause: { memberId: world.reviewer.memberId },
      data: { type: 'new_account', decidedAt, decidedBy: world.reviewer.memberId, clockAheadSeconds: 0 },
    });
  });

  it('keeps the name for the future account', async () => {
    const application = aNewAccount();
    const { applicationId } = await submit(world, application);
    await settle(world, applicationId, await decide(world, applicationId));
    await expect(submit(world, application)).rejects.toMatchObject({
      problem: { code: 'name_taken', current: { applicationId } },
    });
  });

  it('gives its first answer when it is repeated, whatever licensing says by then', async () => {
    const { applicationId } = await submit(world);
    const decisionId = await decide(world, applicationId);
    const first = await settle(world, applicationId, decisionId);
    const refusals = [{ path: 'datapoints', code: 'above_license', message: 'At most 50.' }];
    expect(await settle(world, applicationId, decisionId, { refusals, before: null })).toEqual(first);
    expect(
      await rows(
        `select 1 from accounts.audit where application_id = $1 and action = 'decision.applied'`,
        applicationId,
      ),
    ).toHaveLength(1);
  });

  it('is refused if a fact has changed; the application stays pending and can be approved with the current facts', async () => {
    const { accountId, facts } = await anAccount(world);
    const { applicationId } = await submit(world, { type: 'change_license', accountId, license: 'pro' });
    const decisionId = await decide(world, applicationId, { seen: facts });
    const now = { ...facts, contracted: 80 };

    expect(await settle(world, applicationId, decisionId, { refusals: [], before: now })).toEqual({
      outcome: 'refused',
      status: 'pending',
      provision: null,
      recordedDecisions: [],
    });
    // The version shows that this is newer than the recorded decision.
    expect(await read(applicationId)).toMatchObject({
      status: 'pending',
      version: 3,
      decision: {
        decisionId,
        outcome: 'refused',
        problem: {
          code: 'facts_changed',
          status: 409,
          errors: [{ path: 'seen.contracted', code: 'changed', figures: { seen: 100, now: 80 } }],
          figures: now,
          current: now,
        },
      },
    });
    const second = await decide(world, applicationId, { seen: now });
    expect(await settle(world, applicationId, second, { refusals: [], before: now })).toMatchObject({
      outcome: 'applied',
      status: 'approved',
    });
  });

  it('is refused if licensing refuses; the application stays pending', async () => {
    const { applicationId } = await submit(world);
    const decisionId = await decide(world, applicationId);
    const refusals = [{ path: 'datapoints', code: 'above_license', message: 'At most 50.', figures: { maximum: 50 } }];
    expect(await settle(world, applicationId, decisionId, { refusals, before: null })).toMatchObject({
      outcome: 'refused',
      status: 'pending',
    });
    expect((await read(applicationId)).decision?.problem).toMatchObject({
      code: 'contract_refused',
      status: 422,
      errors: [{ ...refusals[0], path: 'application.datapoints' }],
      figures: { maximum: 50 },
    });
  });

  it('needs licensing’s preview', async () => {
    const { applicationId } = await submit(world);
    const decisionId = await decide(world, applicationId);
    await expect(settle(world, applicationId, decisionId, null)).rejects.toMatchObject({
      problem: { code: 'invalid', errors: [{ path: 'preview' }] },
    });
  });
});

describe('a rejection that is settled', () => {
  it('holds even if facts have changed, and frees the name', async () => {
    const application = aNewAccount();
    const { applicationId } = await submit(world, application);
    const decisionId = await decide(world, applicationId, {
      verdict: 'reject',
      reason: 'No capacity',
      seen: someFacts,
    });

    expect(await settle(world, applicationId, decisionId, null)).toEqual({
      outcome: 'applied',
      status: 'rejected',
      provision: null,
      recordedDecisions: [],
    });
    expect(await read(applicationId)).toMatchObject({
      status: 'rejected',
      endedAt: expect.any(String),
      decision: { verdict: 'reject', reason: 'No capacity', outcome: 'applied' },
    });
    expect((await submit(world, application)).status).toBe('pending');
    expect((await eventsAbout(world, applicationId)).at(-1)).toMatchObject({
      type: 'accounts.application.rejected',
      version: 3,
      data: { decidedBy: world.reviewer.memberId },
    });
  });
});

describe('a decision that comes too late', () => {
  it('changes nothing, and returns the application as it stands', async () => {
    const { applicationId } = await submit(world);
    const first = await decide(world, applicationId);
    const second = await decide(world, applicationId, {
      actor: world.otherReviewer,
      verdict: 'reject',
      reason: 'No',
    });
    const { provision } = await settle(world, applicationId, first);
    expect(await settle(world, applicationId, second, null)).toEqual({
      outcome: 'too_late',
      status: 'approved',
      provision,
      recordedDecisions: [],
    });
    const { decision, application } = await world.gateway.ask(getDecision, {
      actor: world.otherReviewer,
      applicationId,
      decisionId: second,
    });
    expect(decision).toMatchObject({
      outcome: 'too_late',
      problem: { code: 'application_already_decided', current: { applicationId, status: 'approved' } },
    });
    expect(application).toMatchObject({ status: 'approved', decision: { decisionId: first } });
  });

  it('changes nothing even if it would have been refused', async () => {
    const { applicationId } = await submit(world);
    const [first, second] = [await decide(world, applicationId), await decide(world, applicationId)];
    await settle(world, applicationId, first);
    const refusals = [{ path: 'datapoints', code: 'above_license', message: 'At most 50.' }];
    expect(await settle(world, applicationId, second, { refusals, before: null })).toMatchObject({
      outcome: 'too_late',
    });
  });
});

describe('a workflow', () => {
  it('gets the verdict and what to ask licensing', async () => {
    const { accountId, facts } = await anAccount(world);
    const { applicationId, submittedAt } = await submit(world, { type: 'renew_subscription', accountId, months: 6 });
    const decisionId = await decide(world, applicationId, { seen: facts });
    expect(await world.workflows.ask(inspectDecision, { applicationId, decisionId })).toEqual({
      known: true,
      verdict: 'approve',
      decidedAt: (await read(applicationId)).decision?.decidedAt,
      change: { type: 'renew_subscription', accountId, months: 6, submittedAt },
    });
  });

  it('that was signaled an unknown decision by hand is told that it is unknown, and nothing changes', async () => {
    const { applicationId, version } = await submit(world);
    const decisionId = randomUUID();
    expect(await world.workflows.ask(inspectDecision, { applicationId, decisionId })).toEqual({
      known: false,
      verdict: null,
      decidedAt: null,
      change: null,
    });
    expect(await settle(world, applicationId, decisionId)).toEqual({
      outcome: 'unknown',
      status: 'pending',
      provision: null,
      recordedDecisions: [],
    });
    expect((await read(applicationId)).version).toBe(version);
  });

  it('gets the same answer for a decision about another application', async () => {
    const [one, other] = [await submit(world), await submit(world)];
    const decisionId = await decide(world, one.applicationId);
    expect(await settle(world, other.applicationId, decisionId)).toMatchObject({ outcome: 'unknown' });
  });

  it('is refused for an unknown application', () =>
    expect(
      world.workflows.ask(settleDecision, { applicationId: randomUUID(), decisionId: randomUUID(), preview: null }),
    ).rejects.toMatchObject({ problem: { code: 'not_found' } }));

  it('gets the decisions to settle, oldest first', async () => {
    const { applicationId } = await submit(world);
    const [first, second] = [await decide(world, applicationId), await decide(world, applicationId)];
    const inspect = () => world.workflows.ask(inspectApplication, { applicationId });
    expect((await inspect()).recordedDecisions).toEqual([first, second]);
    await settle(world, applicationId, first);
    expect((await inspect()).recordedDecisions).toEqual([second]);
  });

  it('gets, with an outcome, the other decisions to settle, oldest first', async () => {
    const { applicationId } = await submit(world);
    const refused = { refusals: [{ path: '', code: 'above_license', message: 'At most 50.' }], before: null };
    const [first, second, third] = [
      await decide(world, applicationId),
      await decide(world, applicationId),
      await decide(world, applicationId),
    ];
    expect(await settle(world, applicationId, randomUUID())).toMatchObject({
      outcome: 'unknown',
      recordedDecisions: [first, second, third],
    });
    expect(await settle(world, applicationId, second, refused)).toMatchObject({
      outcome: 'refused',
      recordedDecisions: [first, third],
    });
    expect(await settle(world, applicationId, third)).toMatchObject({
      outcome: 'applied',
      recordedDecisions: [first],
    });
    expect(await settle(world, applicationId, first)).toMatchObject({ outcome: 'too_late', recordedDecisions: [] });
  });
});

describe('the outcome of a decision', () => {
  it('is visible to the organization that it concerns', async () => {
    const { applicationId } = await submit(world);
    const decisionId = await decide(world, applicationId);
    const { superAdmin: actor } = world.solar;
    expect(await world.gateway.ask(getDecision, { actor, applicationId, decisionId })).toMatchObject({
      decision: { decisionId, decidedBy: { name: 'Rosa Reviewer' } },
    });
  });
});
