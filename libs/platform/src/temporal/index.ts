export * from './connection.js';
export * from './server.js';
export * from './time-skipping.js';
