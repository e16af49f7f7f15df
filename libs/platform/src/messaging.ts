/** The part of the platform for a process without a database. */
export { counted } from './command/figures.js';
export { Batcher } from './database/batcher.js';
export { provideConsumer } from './events/consumers.js';
export { DeliverLater, on, RetryLater, type Delivery } from './events/handler.js';
export { Slots } from './events/slots.js';
export { BatchedRequests } from './nats/batched-requests.js';
export { Answers, CalledBy } from './nats/messages.js';
export { Nats } from './nats/nats.js';
export { fieldErrors, toProblem } from './nats/problems.js';
export { Services } from './nats/services.js';
export { readCursor, writeCursor } from './pages/cursor.js';
export { pageFrom } from './pages/page.js';
export { toleratedSeconds } from './process/clocks.js';
export { readConfiguration } from './process/configuration.js';
export { crashPoint } from './process/crash-point.js';
export { Health, type ReadinessCheck } from './process/health.js';
export { JsonLog } from './process/log.js';
export { Loop } from './process/loop.js';
export { Metrics, type Counter, type Histogram } from './process/metrics.js';
export { platformModule } from './process/platform.module.js';
export { currentRequestId, onBehalfOf, readRequestId } from './process/request-id.js';
export {
  answeringSettings,
  bootService,
  processSettings,
  serviceSettings,
  startService,
  type HttpOptions,
} from './process/start-service.js';
