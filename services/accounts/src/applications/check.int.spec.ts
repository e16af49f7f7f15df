import { randomUUID } from 'node:crypto';
import {
  checkApplications,
  listSectors,
  previewContract,
  refuse,
  removeMember,
  saveMember,
  withdrawApplication,
  type Actor,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { aNewAccount, anAccount, approved, issuer, startWorld, submit } from '../testing/world.js';

const world = forAllTests(() => startWorld({ REMIND_AFTER_WORKING_DAYS: '3', ESCALATE_AFTER_WORKING_DAYS: '4' }));
beforeEach(() => (world.licensing.refusals = []));

const check = (applicationIds: string[], actor: Actor = world.reviewer) =>
  world.gateway.ask(checkApplications, { actor, applicationIds });

describe('the check of an application before its decision', () => {
  it('says what licensing would refuse if it were approved now, even if nothing was refused when it was sent', async () => {
    const { accountId, facts } = await anAccount(world);
    const { applicationId } = await submit(world, { type: 'change_datapoints', accountId, datapoints: 50 });
    const refusal = { path: 'datapoints', code: 'below_used', message: '60 are in use.', figures: { used: 60 } };
    world.licensing.refusals = [refusal];
    const { items } = await check([applicationId]);
    expect(items).toMatchObject([
      { applicationId, applicantLanguage: 'en', preview: { approvable: false, refusals: [refusal], before: facts } },
    ]);
  });

  it('has the working days after which reviewers are reminded and their lead is notified', async () => {
    const { applicationId, submittedAt } = await submit(world, aNewAccount());
    const [item] = (await check([applicationId])).items;
    expect(item).toMatchObject({ remindAfterWorkingDays: 3, escalateAfterWorkingDays: 4 });
    const days = (until: string) => (Date.parse(until) - Date.parse(submittedAt)) / 86_400_000;
    expect(days(item!.remindAt)).toBeGreaterThan(1);
    expect(days(item!.escalateAt)).toBeGreaterThan(days(item!.remindAt));
  });

  it('has the applicant’s e-mail address, even after the decision, but not once they have left', async () => {
    const { organizationId } = world.wind;
    const identity = { issuer, subject: randomUUID() };
    const person = { name: 'Iris', email: 'iris@wind.example', language: 'es', roles: ['super_admin'] } as const;
    const saved = { organizationId, ...identity, ...person, roles: [...person.roles] };
    const { memberId } = await world.operator.ask(saveMember, saved);
    const actor: Actor = { memberId, organizationId, roles: ['super_admin'] };
    const { applicationId } = await approved(world, undefined, actor);
    const asked = async () => (await check([applicationId])).items;
    expect(await asked()).toMatchObject([{ applicantLanguage: 'es', applicantEmail: 'iris@wind.example' }]);
    await world.operator.ask(removeMember, identity);
    expect(await asked()).toMatchObject([{ applicantEmail: null }]);
  });

  it('keeps the requested order, and leaves out unknown applications', async () => {
    const [first, second] = [await submit(world, aNewAccount()), await submit(world, aNewAccount())];
    const { items } = await check([second.applicationId, randomUUID(), first.applicationId]);
    expect(items.map(({ applicationId }) => applicationId)).toEqual([second.applicationId, first.applicationId]);
  });

  it('has no preview for an application that is no longer pending', async () => {
    const { applicationId } = await submit(world, aNewAccount());
    await world.gateway.ask(withdrawApplication, {
      actor: world.solar.superAdmin,
      applicationId,
      idempotencyKey: randomUUID(),
    });
    expect((await check([applicationId])).items).toMatchObject([{ applicationId, preview: null }]);
  });

  it('lacks the preview that licensing cannot calculate, but has the others; fails if licensing can calculate none', async () => {
    const [{ accountId }, other] = [await anAccount(world), await submit(world, aNewAccount())];
    const { applicationId } = await submit(world, { type: 'change_datapoints', accountId, datapoints: 50 });
    world.licensing.incalculable.add(accountId);
    expect((await check([applicationId, other.applicationId])).items).toMatchObject([
      { applicationId, preview: null, applicantLanguage: 'en' },
      { applicationId: other.applicationId, preview: { approvable: true } },
    ]);
    await expect(check([applicationId])).rejects.toMatchObject({
      problem: { code: 'unavailable', detail: 'This account cannot be calculated.' },
    });
  });

  it('leaves licensing room for others, however many applications and reviewers there are', async () => {
    const { applicationId } = await submit(world, aNewAccount());
    const opened = Promise.withResolvers<void>();
    let [underWay, most] = [0, 0];
    await world.licensing.stop();
    const stop = await world.service.nats.answer(previewContract, async () => {
      most = Math.max(most, ++underWay);
      await opened.promise;
      underWay -= 1;
      throw refuse('contract_refused');
    });
    const page = Array.from({ length: 50 }, () => applicationId);
    const checked = Promise.allSettled([check(page), check(page)]);
    await eventually(() => expect(underWay).toBe(25));
    // Whatever the service has sent before its answer to this has arrived.
    await world.gateway.ask(listSectors, { actor: world.reviewer });
    opened.resolve();
    await checked;
    expect(most).toBe(25);
    await stop();
    await world.licensing.start();
  });
});
