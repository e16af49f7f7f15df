import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { searchAttributes } from '@tenure/contracts';
import { eventually, testTemporal, type TestTemporal } from '@tenure/testing';
import { connectToTemporal } from './connect.js';
import { requireNamespace } from './namespace.js';
import { installRuntime } from './runtime.js';

/** Of `IndexedValueType`. */
const types = { Keyword: 2, Datetime: 6 } as const;

describe('what a namespace lacks for the workflows', () => {
  let temporal: TestTemporal;
  let operator: Connection;
  let connection: NativeConnection;
  beforeAll(async () => {
    installRuntime('ERROR');
    temporal = await testTemporal();
    operator = await Connection.connect({ address: temporal.address });
    connection = await connectToTemporal({ address: temporal.address });
  });
  afterAll(async () => {
    await connection?.close();
    await operator?.close();
  });

  const lackingIn = (namespace: string) =>
    requireNamespace(connection, namespace, 0).then(
      () => 'nothing',
      ({ message }: Error) => message,
    );

  it('is nothing in our own', async () => expect(await lackingIn(temporal.namespace)).toBe('nothing'));

  it('is the namespace', async () =>
    expect(await lackingIn('elsewhere')).toBe(
      'Temporal has no namespace elsewhere. Create it as described in deploy/temporal.',
    ));

  it('are the missing search attributes, each with its type', async () => {
    const namespace = `made-${randomUUID()}`;
    const days = { seconds: 30 * 86_400 };
    await operator.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: days as never });
    const add = (names: (keyof typeof searchAttributes)[]) => {
      const typed = names.map((name) => [name, types[searchAttributes[name]]]);
      return operator.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(typed) });
    };
    // Temporal knows a new namespace only after a delay.
    await eventually(() =>
      expect(add(['AccountId', 'OrganizationId', 'ApplicationType', 'License'])).resolves.toEqual({}),
    );
    await eventually(async () =>
      expect(await lackingIn(namespace)).toBe(
        `Temporal's namespace ${namespace} lacks search attributes: ApplicationStatus (Keyword), ExpiresOn (Datetime). Add them as described in deploy/temporal.`,
      ),
    );
    await add(['ApplicationStatus', 'ExpiresOn']);
    await eventually(async () => expect(await lackingIn(namespace)).toBe('nothing'));
  });
});

describe('a Temporal that cannot read its database', () => {
  const details = 'no usable database connection found';
  const unavailable = Object.assign(new Error(details), { code: 14, details, metadata: {} });
  function withoutDatabase(forRequests: number): NativeConnection {
    let requests = 0;
    const countWorkflowExecutions = async () => {
      requests += 1;
      if (requests <= forRequests) throw unavailable;
    };
    return { workflowService: { countWorkflowExecutions } } as unknown as NativeConnection;
  }

  it('is asked again', async () =>
    await expect(requireNamespace(withoutDatabase(1), 'tenure')).resolves.toBeUndefined());

  it('is given up in the end, with its reason', async () =>
    await expect(requireNamespace(withoutDatabase(Infinity), 'tenure', 0)).rejects.toThrow(
      `Temporal does not say whether its namespace tenure is set up: ${details}`,
    ));
});
