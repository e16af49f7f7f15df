import { randomUUID } from 'node:crypto';
import { shared } from './servers.js';

export interface TestTemporal {
  address: string;
  namespace: string;
  /** Unique to the spec file, so that files do not run each other's workflows. */
  taskQueue: string;
}

/** The run's shared Temporal, with a task queue for this spec file. Use unique ids: the namespace is shared. */
export async function testTemporal(): Promise<TestTemporal> {
  return { ...(await shared('temporal')), taskQueue: `test-${randomUUID()}` };
}
