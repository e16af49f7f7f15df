/** All that a process without a database has of the platform. */
export { Together } from './database/together.js';
export { provideConsumer } from './events/consumers.js';
export { DeliverLater, on, RetryLater, type Delivery } from './events/handler.js';
export { AskedTogether } from './nats/asked-together.js';
export { Answers, CalledBy } from './nats/messages.js';
export { Nats } from './nats/nats.js';
export { fieldErrors, toProblem } from './nats/problems.js';
export { Services } from './nats/services.js';
export { readCursor, writeCursor } from './pages/cursor.js';
export { pageFrom } from './pages/page.js';
export { readConfiguration } from './process/configuration.js';
export { crashPoint } from './process/crash-point.js';
export { gaugesOf, Health, type ReadinessCheck } from './process/health.js';
export { JsonLog } from './process/log.js';
export { Loop } from './process/loop.js';
export { platformModule } from './process/platform.module.js';
export { currentRequestId, onBehalfOf, readRequestId } from './process/request-id.js';
export { bootService, startService, type HttpOptions } from './process/start-service.js';
