/** The schemas by which the browser validates forms, the same as in the gateway. Nothing here may import NATS. */
import './without-eval.js';
export { applicationRequest } from './accounts/application.js';
