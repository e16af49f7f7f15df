import { Module } from '@nestjs/common';
import { platformModule } from '@tenure/platform/messaging';
import { SettledDecisions } from './activities/settled-decisions.js';
import { eventConsumer } from './consumer/events.js';
import { WorkflowStarts } from './consumer/workflow-starts.js';
import { Settings } from './settings.js';
import { TemporalConnection } from './worker/temporal-connection.js';
import { WaitingTasks } from './worker/waiting-tasks.js';
import { WorkflowFigures } from './worker/workflow-figures.js';
import { WorkflowWorker } from './worker/workflow-worker.js';

@Module({
  imports: [platformModule()],
  providers: [
    Settings,
    { provide: TemporalConnection, useFactory: TemporalConnection.open, inject: [Settings] },
    SettledDecisions,
    WaitingTasks,
    WorkflowFigures,
    WorkflowStarts,
    WorkflowWorker,
    eventConsumer,
  ],
})
export class WorkerModule {}
