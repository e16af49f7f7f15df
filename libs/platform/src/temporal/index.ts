export * from './connection.js';
export * from './refusals.js';
export * from './renewal.js';
export * from './server.js';
export * from './time-skipping.js';
export * from './waiting-tasks.js';
