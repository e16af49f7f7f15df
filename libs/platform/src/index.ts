export * from './messaging.js';
export { Database, databaseTime } from './database/database.js';
export { Conflict } from './database/errors.js';
export { beforeAllIds, forUpdate, idArray, queryRows, readRow, readRows } from './database/rows.js';
export { containing, instantText } from './database/text.js';
export { commitWithNext, sendAlong, sendAsOne, type Change } from './database/transaction.js';
export { recordEvent, recordEvents, recordLatestEvent } from './outbox/outbox.js';
export { OutboxRelay } from './outbox/relay.js';
export { storageOf } from './process/storage.js';
