import {
  advancePolicyChange,
  applyChange,
  changePolicy,
  eventExamples,
  examples,
  expireSubscription,
  resumePolicyChanges,
  resumeSubscriptions,
  saveLicense,
  type ContractChange,
} from '@tenure/contracts';
import { asShown, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { pro } from './testing/contracts.js';
import { startLicensing, superAdminOf } from './testing/licensing.js';

const { accountId, organizationId, license, features, contracted, rtcLines } = examples.getEntitlement.answer;
const licensing = forAllTests(startLicensing);

it('the examples in the documents of the contract are requests that a service may send, their answers, and the events about it', async () => {
  const [operator, workflows] = [licensing.ask('operator'), licensing.ask('workflows')];
  await operator.ask(saveLicense, { ...pro, code: license, features: [...features] });
  await licensing.open({ accountId, organizationId, license, datapoints: contracted, rtcLines });
  const nats = await licensing.nats.connect('ingestion');
  const { allocateDatapoints, allocateManyDatapoints, listAllocations, getEntitlement } = examples;
  for (const { name, request, answer } of [
    allocateDatapoints,
    allocateManyDatapoints,
    listAllocations,
    getEntitlement,
  ]) {
    const reply = await nats.request(`${name}.ingestion`, JSON.stringify(request), { timeout: 20_000 });
    expect({ name, answer: asShown(reply.json(), answer) }).toEqual({ name, answer });
  }

  const apply = (change: ContractChange) =>
    workflows.ask(applyChange, { applicationId: uuidv7(), decidedAt: new Date().toISOString(), change });
  await apply({ type: 'change_datapoints', accountId, datapoints: contracted + 50 });
  await apply({ type: 'renew_subscription', accountId, months: 12 });
  const policy = { offsets: ['P2M', 'P1M', 'P7D'], localTime: '08:30' };
  const member = { actor: superAdminOf(organizationId), idempotencyKey: 'key' };
  await licensing.ask('gateway').ask(changePolicy, { ...member, policy, replaces: 1 });
  await operator.ask(resumePolicyChanges, { changes: [{ organizationId, version: 2 }] });
  await workflows.ask(advancePolicyChange, { organizationId, version: 2, batch: 1 });
  await operator.ask(resumeSubscriptions, { accountIds: [accountId] });
  const over = await licensing.open({ organizationId, decidedAt: new Date('2025-09-01T10:00:00.000Z') });
  const { expiresAt } = over.opened.term;
  await workflows.ask(expireSubscription, { accountId: over.accountId, termNumber: 1, asOf: expiresAt });

  const told = await licensing.recorded();
  for (const example of eventExamples.filter(({ type }) => type.startsWith('licensing.'))) {
    const event = told.find(({ type, version }) => type === example.type && version === example.version);
    expect(asShown(event, example)).toEqual(example);
  }
});
