import { readFileSync } from 'node:fs';
import { workflowBundle } from './bundle.js';

describe('the workflow bundle', () => {
  let code: string;
  let buildId: string;
  beforeAll(async () => {
    const bundle = await workflowBundle();
    buildId = bundle.buildId;
    // Without the source map, which has its own copy of everything.
    code = readFileSync(bundle.codePath, 'utf8').split('//# sourceMappingURL')[0]!;
  });

  it('holds both workflows', () => {
    expect(code).toContain('async function application(');
    expect(code).toContain('async function subscription(');
  });

  it.each([
    'zod',
    '@nats-io',
    'temporal-polyfill',
    '@tenure/lifecycle',
    '@nestjs',
    '@temporalio/worker',
    '@temporalio/client',
  ])('is free of %s: workflows take types from the contracts, and no more', (name) =>
    expect(code).not.toContain(`node_modules/${name}/`),
  );

  it('holds nothing of the contracts but the names of the workflows', () => {
    const modules = [...code.matchAll(/"[^"]*libs\/contracts\/([^"]+)"/g)].map(([, file]) => file);
    expect([...new Set(modules)]).toEqual(['src/workflows.ts']);
  });

  it('is made once for the same code', async () => expect((await workflowBundle()).buildId).toBe(buildId));
});
