import { eventExamples, examples, saveLicense } from '@tenure/contracts';
import { asShown, forAllTests } from '@tenure/testing';
import { pro } from './testing/contracts.js';
import { startLicensing } from './testing/licensing.js';

const { accountId, organizationId, license, features, contracted, rtcLines } = examples.getEntitlement.answer;
const licensing = forAllTests(startLicensing);

it('the examples in the documents of the contract are requests that a service may send, their answers, and the events about it', async () => {
  await licensing.ask('operator').ask(saveLicense, { ...pro, code: license, features: [...features] });
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
  const published = await licensing.told(accountId);
  for (const example of eventExamples.filter(({ type }) => type.startsWith('licensing.'))) {
    const event = published.find(({ type, version }) => type === example.type && version === example.version);
    expect(asShown(event, example)).toEqual(example);
  }
});
