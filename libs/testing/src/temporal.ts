import { randomUUID } from 'node:crypto';
import { shared } from './servers.js';

export interface TestTemporal {
  address: string;
  namespace: string;
  /** The spec file's own, so that files do not run each other's workflows. */
  taskQueue: string;
}

/** The one Temporal of the run, with a task queue for this spec file. Use ids of your own: the namespace is shared. */
export async function testTemporal(): Promise<TestTemporal> {
  return { ...(await shared('temporal')), taskQueue: `test-${randomUUID()}` };
}
