import { Module } from '@nestjs/common';
import { platformModule } from '@tenure/platform/messaging';
import { SettledDecisions } from './activities/settled-decisions.js';
import { eventConsumer } from './consumer/events.js';
import { WorkflowStarts } from './consumer/workflow-starts.js';
import { Settings } from './settings.js';
import { TemporalConnection } from './worker/temporal-connection.js';
import { requireNamespace } from './worker/namespace.js';
import { WaitingTasks } from './worker/waiting-tasks.js';
import { WorkflowFigures } from './worker/workflow-figures.js';
import { WorkflowWorker } from './worker/workflow-worker.js';

@Module({
  imports: [platformModule()],
  providers: [
    Settings,
    { provide: TemporalConnection, useFactory: connectedToOurs, inject: [Settings] },
    SettledDecisions,
    WaitingTasks,
    WorkflowFigures,
    WorkflowStarts,
    WorkflowWorker,
    eventConsumer,
  ],
})
export class WorkerModule {}

/**
 * Checks the namespace before any event or task is taken: Temporal refuses a start with an unknown search attribute,
 * and the consumer would eventually give up on the event.
 */
async function connectedToOurs(settings: Settings): Promise<TemporalConnection> {
  const connection = await TemporalConnection.open(settings);
  await requireNamespace(connection.native, settings.temporal.namespace);
  return connection;
}
