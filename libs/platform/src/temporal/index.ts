export * from './connection.js';
export * from './time-skipping.js';
