import type { Stack } from '../supervisor/find-stack.js';

/** What of a stack is needed to fill in the sample data. */
export interface SampleTarget extends Pick<Stack, 'api' | 'mailbox' | 'issuer' | 'token' | 'natsUser'> {
  configuration: {
    /** Where it is noted that this was done. */
    dataFolder: string;
    /** Present where e-mails are really sent. */
    resendApiKey?: string | undefined;
  };
}
