import type { Stack } from '../supervisor/stack.js';

/** What of a stack is needed to fill in the sample data. */
export interface SampleTarget extends Pick<Stack, 'api' | 'issuer' | 'token' | 'natsUser'> {
  /** Where it is noted that this was done. */
  configuration: { dataFolder: string };
}
