import { testTemporal } from '@tenure/testing';
import { Engine } from './spec/engine.js';
import { Records } from './spec/records.js';

let records: Records;
let engine: Engine;
beforeAll(async () => {
  records = new Records();
  engine = await Engine.start(records, await testTemporal());
}, 60_000);
afterAll(() => engine?.close());

describe('an application for a new account', () => {
  it('is provisioned once it is approved, and told', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await engine.lookAgainAt(applicationId);
    await engine.details(workflow).then(console.log);
    const decisionId = records.decide(applicationId, 'approve');
    await engine.decide(applicationId, decisionId);
    expect(await workflow.result()).toBe('fulfilled');
    console.log(
      records.asked,
      records.told(applicationId),
      await engine.eventTypes(workflow),
      await engine.details(workflow),
    );
  }, 30_000);
});
