import { randomUUID } from 'node:crypto';
import {
  createAccount,
  discardAccount,
  DomainError,
  fulfillApplication,
  getApplication,
  lapseApplication,
  removeMember,
  saveMember,
  saveOrganization,
  withdrawApplication,
  type ApplicationView,
} from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import {
  anAccount,
  aNewAccount,
  approved,
  decide,
  foundWrongly,
  issuer,
  settle,
  someFacts,
  startWorld,
  submit,
} from './testing/world.js';

/** How many times each race is run; the two sides take turns to start first. */
const rounds = Array.from({ length: 20 }, (_, round) => round);

const world = forAllTests(startWorld);

const read = (applicationId: string) => world.gateway.ask(getApplication, { actor: world.reviewer, applicationId });
const reject = (applicationId: string) => decide(world, applicationId, { verdict: 'reject', reason: 'No' });
const withdraw = (applicationId: string, idempotencyKey: string = randomUUID()) =>
  world.gateway.ask(withdrawApplication, { actor: world.solar.superAdmin, applicationId, idempotencyKey });
/** An application that is due to lapse. */
async function due(): Promise<string> {
  const { applicationId } = await submit(world);
  await world.service.database.sql('update accounts.applications set lapses_at = now() where application_id = $1', [
    applicationId,
  ]);
  return applicationId;
}
const lapse = (applicationId: string) =>
  world.workflows.ask(lapseApplication, { applicationId, asOf: new Date().toISOString() });

/** Runs both concurrently; which one starts first alternates from round to round. */
async function both<A, B>(round: number, one: () => Promise<A>, other: () => Promise<B>) {
  if (round % 2 === 0) return Promise.allSettled([one(), other()]);
  const [second, first] = await Promise.allSettled([other(), one()]);
  return [first, second] as const;
}
function problemOf(result: PromiseSettledResult<unknown>) {
  if (result.status === 'fulfilled') throw new Error('It was not refused.');
  if (!(result.reason instanceof DomainError)) throw result.reason;
  return result.reason.problem;
}

/** A person whom an operator saves in one organization or another. */
function aMember(subject: string) {
  const identity = { issuer, subject };
  const values = { ...identity, name: 'Noa', email: 'noa@mail.example', language: 'en' as const, roles: [] };
  return {
    identity,
    save: ({ organizationId }: { organizationId: string }) =>
      world.operator.ask(saveMember, { ...values, organizationId }),
    async row() {
      const [row] = await world.service.database.sql<{ organizationId: string; version: number }>(
        'select organization_id as "organizationId", version from accounts.members where subject = $1',
        [subject],
      );
      return row!;
    },
  };
}

/**
 * The events that must exist in the end about each application, besides that it was sent and decided. The last two
 * tests are about the races that ran before them.
 */
const told = new Map<string, string[]>();

it.each(rounds)('two decisions: one is applied, the other is too late (%i)', async (round) => {
  const { applicationId } = await submit(world);
  const [approval, rejection] = [await decide(world, applicationId), await reject(applicationId)];
  const results = await both(
    round,
    () => settle(world, applicationId, approval),
    () => settle(world, applicationId, rejection, null),
  );
  const outcomes = results.map((result) => (result.status === 'fulfilled' ? result.value.outcome : result.reason));
  expect(outcomes.toSorted()).toEqual(['applied', 'too_late']);
  const status = outcomes[0] === 'applied' ? 'approved' : 'rejected';
  for (const result of results) expect(result).toMatchObject({ status: 'fulfilled', value: { status } });
  expect(await read(applicationId)).toMatchObject({ status, decision: { outcome: 'applied' } });
  told.set(applicationId, [status]);
});

it.each(rounds)(
  'two withdrawals with one key: it is of one application, and the other waits on (%i)',
  async (round) => {
    const [one, other] = [await submit(world), await submit(world)];
    const key = randomUUID();
    const results = await both(
      round,
      () => withdraw(one.applicationId, key),
      () => withdraw(other.applicationId, key),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = results.findIndex(({ status }) => status === 'rejected');
    expect(problemOf(results[refused]!)).toMatchObject({ code: 'idempotency_key_reused', status: 422 });
    const [waiting, withdrawn] = refused === 0 ? [one, other] : [other, one];
    expect(await read(waiting.applicationId)).toMatchObject({ status: 'pending' });
    told.set(withdrawn.applicationId, ['withdrawn']);
    told.set(waiting.applicationId, []);
  },
);

it.each(rounds)('one decision, settled twice at once: both get the same answer (%i)', async (round) => {
  const { applicationId } = await submit(world);
  const decisionId = await decide(world, applicationId);
  const settleIt = () => settle(world, applicationId, decisionId);
  const results = await both(round, settleIt, settleIt);
  expect(results[0]).toMatchObject({ status: 'fulfilled', value: { outcome: 'applied', status: 'approved' } });
  expect(results[1]).toEqual(results[0]);
});

it.each(rounds)(
  'a decision and a withdrawal: the first wins, the other gets the current status (%i)',
  async (round) => {
    const { applicationId } = await submit(world);
    const decisionId = await decide(world, applicationId);
    const [decision, withdrawal] = await both(
      round,
      () => settle(world, applicationId, decisionId),
      () => withdraw(applicationId),
    );
    const { status } = await read(applicationId);
    if (status === 'withdrawn') {
      expect(withdrawal).toMatchObject({ status: 'fulfilled', value: { applicationId, status } });
      expect(decision).toMatchObject({ value: { outcome: 'too_late', status, provision: null } });
    } else {
      expect(status).toBe('approved');
      expect(decision).toMatchObject({ value: { outcome: 'applied', status } });
      expect(problemOf(withdrawal)).toMatchObject({
        code: 'application_already_decided',
        current: { applicationId, status, decision: { decisionId } },
      });
    }
    told.set(applicationId, [status]);
  },
);

it.each(rounds)('a lapse and a decision: the first wins, the other gets the current status (%i)', async (round) => {
  const applicationId = await due();
  const [decision, lapsed] = await both(
    round,
    () => reject(applicationId),
    () => lapse(applicationId),
  );
  if (decision.status === 'rejected') {
    expect(problemOf(decision)).toMatchObject({ code: 'application_already_decided', current: { status: 'lapsed' } });
    expect(lapsed).toMatchObject({ value: { status: 'lapsed', recordedDecisions: [] } });
    told.set(applicationId, ['lapsed']);
  } else {
    const decisionId = decision.value;
    expect(lapsed).toMatchObject({ value: { status: 'pending', recordedDecisions: [decisionId] } });
    const settled = await settle(world, applicationId, decisionId, null);
    expect(settled).toMatchObject({ outcome: 'applied', status: 'rejected' });
    told.set(applicationId, ['rejected']);
  }
});

it.each(rounds)('a lapse and the settling of a decision: the decision holds (%i)', async (round) => {
  const applicationId = await due();
  const decisionId = await reject(applicationId);
  const [decision, lapsed] = await both(
    round,
    () => settle(world, applicationId, decisionId, null),
    () => lapse(applicationId),
  );
  expect(decision).toMatchObject({ value: { outcome: 'applied', status: 'rejected' } });
  expect(['pending', 'rejected']).toContain(lapsed.status === 'fulfilled' && lapsed.value.status);
  expect(await read(applicationId)).toMatchObject({ status: 'rejected' });
  told.set(applicationId, ['rejected']);
});

it.each(rounds)('a withdrawal, repeated at once: both get the first answer (%i)', async (round) => {
  const { applicationId } = await submit(world);
  const key = randomUUID();
  const results = await both(
    round,
    () => withdraw(applicationId, key),
    () => withdraw(applicationId, key),
  );
  expect(results[0]).toMatchObject({ status: 'fulfilled', value: { status: 'withdrawn', version: 2 } });
  expect(results[1]).toEqual(results[0]);
  told.set(applicationId, ['withdrawn']);
});

it.each(rounds)('a name, taken by two at once: one gets it, the other gets its holder (%i)', async (round) => {
  const accountName = `Mill ${round}`;
  const results = await both(
    round,
    () => submit(world, aNewAccount({ accountName })),
    () =>
      submit(world, aNewAccount({ accountName: accountName.toUpperCase() }), { actor: world.solar.otherSuperAdmin }),
  );
  const [winner] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const [loser] = results.filter(({ status }) => status === 'rejected');
  expect(problemOf(loser!)).toMatchObject({
    code: 'name_taken',
    current: { applicationId: winner!.applicationId },
  });
  expect(
    await world.service.database.sql('select account_name from accounts.applications where account_name ilike $1', [
      accountName,
    ]),
  ).toEqual([{ account_name: winner!.accountName }]);
});

it.each(rounds)('one key, sent twice at once: both get the same application (%i)', async (round) => {
  const [application, key] = [aNewAccount(), randomUUID()];
  const send = () => submit(world, application, { key });
  const results = await both(round, send, send);
  expect(results[0]).toMatchObject({ status: 'fulfilled', value: { status: 'pending' } });
  expect(results[1]).toEqual(results[0]);
  const { applicationId } = (results[0] as PromiseFulfilledResult<ApplicationView>).value;
  told.set(applicationId, []);
});

it.each(rounds)('one key with two requests at once: one is accepted, the other refused (%i)', async (round) => {
  const key = randomUUID();
  const results = await both(
    round,
    () => submit(world, aNewAccount(), { key }),
    () => submit(world, aNewAccount(), { key }),
  );
  const [loser] = results.filter(({ status }) => status === 'rejected');
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(problemOf(loser!)).toMatchObject({ code: 'idempotency_key_reused' });
});

it('two applications of one type for one account at once: one is pending, the other gets its id', async () => {
  const { accountId } = await anAccount(world);
  for (const round of rounds) {
    const results = await both(
      round,
      () => submit(world, { type: 'change_datapoints', accountId, datapoints: 150 }),
      () => submit(world, { type: 'change_datapoints', accountId, datapoints: 160 }),
    );
    const [winner] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const [loser] = results.filter(({ status }) => status === 'rejected');
    expect(problemOf(loser!)).toMatchObject({
      code: 'application_pending',
      current: { applicationId: winner!.applicationId },
    });
    await withdraw(winner!.applicationId);
  }
});

it.each(rounds)('one key for two decisions at once: one decision, or the second is refused (%i)', async (round) => {
  const [one, other] = [await submit(world), await submit(world)];
  const key = { idempotencyKey: randomUUID() };
  const results = await both(
    round,
    () => decide(world, one.applicationId, key),
    () => decide(world, other.applicationId, key),
  );
  const [loser] = results.filter(({ status }) => status === 'rejected');
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(problemOf(loser!)).toMatchObject({ code: 'idempotency_key_reused' });
});

it.each(rounds)('a step and its undoing: whichever comes first, no account remains (%i)', async (round) => {
  const { applicationId } = await approved(world);
  const [created, discarded] = await both(
    round,
    () => world.workflows.ask(createAccount, { applicationId }),
    () => world.workflows.ask(discardAccount, { applicationId }),
  );
  expect(discarded.status).toBe('fulfilled');
  if (created.status === 'rejected') expect(problemOf(created).code).toBe('step_undone');
  expect(
    await world.service.database.sql('select 1 from accounts.accounts where application_id = $1', [applicationId]),
  ).toEqual([]);
});

it.each(rounds)('an approved application, fulfilled twice at once: it is published once (%i)', async (round) => {
  const { applicationId } = await approved(world);
  await world.workflows.ask(createAccount, { applicationId });
  const fulfill = () => world.workflows.ask(fulfillApplication, { applicationId, after: someFacts });
  const results = await both(round, fulfill, fulfill);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  told.set(applicationId, ['approved', 'created', 'fulfilled']);
});

it.each(rounds)('one member, saved twice at once: there is one (%i)', async (round) => {
  const member = { issuer, subject: `twice-${round}`, email: 'twice@mail.example', language: 'en', roles: [] } as const;
  const save = (name: string) =>
    world.operator.ask(saveMember, { ...member, roles: [], name, organizationId: world.solar.organizationId });
  const results = await both(
    round,
    () => save('One'),
    () => save('Other'),
  );
  const saved = results.map((result) => (result.status === 'fulfilled' ? result.value.memberId : result.reason));
  expect(saved[0]).toBe(saved[1]);
});

it.each(rounds)('one member, saved in two organizations at once: the later request moves them (%i)', async (round) => {
  const { save, row } = aMember(`between-${round}`);
  const results = await both(
    round,
    () => save(world.solar),
    () => save(world.wind),
  );
  const saved = results.map((result) => (result.status === 'fulfilled' ? result.value.memberId : result.reason));
  expect(saved[0]).toBe(saved[1]);
  expect(await row()).toMatchObject({ version: 2 });
});

it.each(rounds)(
  'one member, moved and removed at once: the removal names the organization they were in (%i)',
  async (round) => {
    const { identity, save, row } = aMember(`leaving-${round}`);
    await save(world.solar);
    const [, removed] = await both(
      round,
      () => save(world.wind),
      () => world.operator.ask(removeMember, identity),
    );
    const { organizationId } = await row();
    expect(removed).toMatchObject({ value: { organization: { organizationId } } });
  },
);

const anOrganization = { country: 'ES', timeZone: 'Europe/Madrid', language: 'es' } as const;

it.each(rounds)('one organization, saved twice at once: there is one (%i)', async (round) => {
  const organizationId = randomUUID();
  const save = (name: string) =>
    world.operator.ask(saveOrganization, { ...anOrganization, organizationId, name, isOperator: false });
  const results = await both(
    round,
    () => save('One'),
    () => save('Other'),
  );
  expect(results).toMatchObject([{ value: { organizationId } }, { value: { organizationId } }]);
});

it.each(rounds)(
  "two organizations, saved as the operator's own at once: one is, the other is refused (%i)",
  async (round) => {
    const { sql } = world.service.database;
    const becomesOperator = (isOperator: boolean, organizationId: string) =>
      sql('update accounts.organizations set is_operator = $1 where organization_id = $2', [
        isOperator,
        organizationId,
      ]);
    const ids = [randomUUID(), randomUUID()] as const;
    await becomesOperator(false, world.operatorId);
    const save = (organizationId: string) =>
      world.operator.ask(saveOrganization, { ...anOrganization, organizationId, name: 'Own', isOperator: true });
    const results = await both(
      round,
      () => save(ids[0]),
      () => save(ids[1]),
    );
    for (const id of ids) await becomesOperator(false, id);
    await becomesOperator(true, world.operatorId);
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.map(problemOf)).toMatchObject([{ code: 'invalid', errors: [{ code: 'operator_exists' }] }]);
  },
);

it('whoever won each race, its event was published once, and none of the losers', async () => {
  const events = await world.service.recorded();
  const heard = [...told.keys()].map((id) =>
    events
      .filter(({ applicationId }) => applicationId === id)
      .map(({ type }) => type.split('.').at(-1)!)
      .filter((what) => what !== 'submitted' && what !== 'recorded'),
  );
  expect(heard).toEqual([...told.values()]);
});

it('whoever won each race, every account can be searched by its current state', async () =>
  expect(await foundWrongly(world)).toEqual([]));
