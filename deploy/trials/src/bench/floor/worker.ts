import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { activities } from './activities.js';

/** A separate process with the settings of the product's worker, which runs the floor's workflows. */
const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_TASK_QUEUE, WORKFLOWS_CACHED } = process.env as Record<
  string,
  string
>;
Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS! });
const worker = await Worker.create({
  connection,
  namespace: TEMPORAL_NAMESPACE!,
  taskQueue: TEMPORAL_TASK_QUEUE!,
  workflowsPath: fileURLToPath(import.meta.resolve('./workflows.js')),
  activities,
  maxCachedWorkflows: Number(WORKFLOWS_CACHED),
  stickyQueueScheduleToStartTimeout: '30s',
});
// The process that started it has ended, perhaps with Temporal, so nobody needs the work in progress.
process.once('disconnect', () => process.exit());
const ran = worker.run();
process.send?.('ready');
await ran;
