import { readFileSync } from 'node:fs';
import { applicationWorkflow, policyChangeWorkflow, subscriptionWorkflow } from '@tenure/contracts/workflows';
import { workflowBundle, workflowFiles } from './bundle.js';

describe('the workflow bundle', () => {
  let code: string;
  let buildId: string;
  beforeAll(async () => {
    const bundle = await workflowBundle();
    buildId = bundle.buildId;
    // Without the source map, which contains a copy of everything.
    code = readFileSync(bundle.codePath, 'utf8').split('//# sourceMappingURL')[0]!;
  });

  it.each([applicationWorkflow, policyChangeWorkflow, subscriptionWorkflow])('contains the workflow %s', (name) =>
    expect(code).toContain(`async function ${name}(`),
  );

  it('contains exactly the files that its build id covers: a change in any other file would not rebuild it', () => {
    const modules = [...code.matchAll(/"[^"\s]*\/workflows\/src\/([\w/.-]+)"/g)].map(([, file]) => file);
    expect([...new Set(modules)].toSorted()).toEqual(workflowFiles());
  });

  it.each(['zod', '@nats-io', 'temporal-polyfill', '@nestjs', '@temporalio/worker', '@temporalio/client'])(
    'does not contain %s: workflows import only types from the contracts',
    (name) => expect(code).not.toContain(`node_modules/${name}/`),
  );

  it('contains nothing of our other packages except the names of the workflows', () => {
    const modules = [...code.matchAll(/"[^"\s]*\/(libs|services)\/([\w/.-]+)"/g)].map(([, , file]) => file);
    expect([...new Set(modules)]).toEqual(['contracts/src/workflows.ts']);
  });

  it('is built once for the same code', async () => expect((await workflowBundle()).buildId).toBe(buildId));
});
