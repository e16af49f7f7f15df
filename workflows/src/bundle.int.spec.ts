import { readFileSync } from 'node:fs';
import { applicationWorkflow, policyChangeWorkflow, subscriptionWorkflow } from '@tenure/contracts/workflows';
import { workflowBundle, workflowFiles } from './bundle.js';

describe('the workflow bundle', () => {
  let code: string;
  let buildId: string;
  beforeAll(async () => {
    const bundle = await workflowBundle();
    buildId = bundle.buildId;
    // Without the source map, which has its own copy of everything.
    code = readFileSync(bundle.codePath, 'utf8').split('//# sourceMappingURL')[0]!;
  });

  it.each([applicationWorkflow, policyChangeWorkflow, subscriptionWorkflow])('holds the workflow %s', (name) =>
    expect(code).toContain(`async function ${name}(`),
  );

  it('is made of the files that its name is made of: when another one changed, it would not be made anew', () => {
    const modules = [...code.matchAll(/"[^"\s]*\/workflows\/src\/([\w/.-]+)"/g)].map(([, file]) => file);
    expect([...new Set(modules)].toSorted()).toEqual(workflowFiles());
  });

  it.each(['zod', '@nats-io', 'temporal-polyfill', '@nestjs', '@temporalio/worker', '@temporalio/client'])(
    'is free of %s: workflows take types from the contracts, and no more',
    (name) => expect(code).not.toContain(`node_modules/${name}/`),
  );

  it('holds nothing of our other packages but the names of the workflows', () => {
    const modules = [...code.matchAll(/"[^"\s]*\/(libs|services)\/([\w/.-]+)"/g)].map(([, , file]) => file);
    expect([...new Set(modules)]).toEqual(['contracts/src/workflows.ts']);
  });

  it('is made once for the same code', async () => expect((await workflowBundle()).buildId).toBe(buildId));
});
