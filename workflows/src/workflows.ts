/** What the worker runs: the entry of the workflow bundle. */
export { application } from './application.js';
export { policyChange } from './policy-change.js';
export { subscription } from './subscription.js';
