import { Module } from '@nestjs/common';
import { platformModule } from '@tenure/platform';
import { eventConsumer } from './consumer/events.js';
import { WorkflowStarts } from './consumer/workflow-starts.js';
import { Settings } from './settings.js';
import { WorkflowWorker } from './worker/workflow-worker.js';

@Module({
  imports: [platformModule({ service: 'workflows' })],
  providers: [Settings, WorkflowStarts, WorkflowWorker, eventConsumer],
})
export class WorkerModule {}
