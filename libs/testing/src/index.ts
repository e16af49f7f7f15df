export { asShown } from './as-shown.js';
export { makeCertificate } from './certificate.js';
export { testDatabase, type TestDatabase } from './database.js';
export {
  askRaw,
  everyMessage,
  messagesOf,
  notCustomerSuccess,
  notSuperAdmin,
  shapeOf,
  withoutRole,
  type Person,
} from './every-message.js';
export { eventually } from './eventually.js';
export { forAllTests } from './for-all-tests.js';
export { Gate } from './gate.js';
export { startInstallation, type Installation } from './installation.js';
export { standardLicense } from './license.js';
export { testNats, type TestNats } from './nats.js';
export { startOwnProcess, startOwnService, type OwnProcess } from './own-process.js';
export { readMetrics } from './read-metrics.js';
export { rowsReadBy } from './rows-read.js';
export { startTestService, type TestService } from './service.js';
export { testTemporal, type TestTemporal } from './temporal.js';
export { whenATestFails } from './when-a-test-fails.js';
