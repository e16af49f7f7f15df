import type { Stack } from '../supervisor/find-stack.js';

/** The part of a stack that is needed to create the sample data. */
export interface SampleTarget extends Pick<Stack, 'api' | 'mailbox' | 'issuer' | 'token' | 'natsUser'> {
  configuration: {
    /** Where a marker records that this was done. */
    dataFolder: string;
    /** Set if e-mails are really sent. */
    resendApiKey?: string | undefined;
  };
}
