/** What a form is checked by in the browser, as the gateway checks it: nothing from here reaches for NATS. */
import './without-eval.js';
export { applicationRequest } from './accounts/application.js';
export { minimumDatapoints, reason } from './values.js';
