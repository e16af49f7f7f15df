import { config } from 'zod';

/** Before the first schema is made: Zod would try whether it may make code from text, which is against the console's policy. */
config({ jitless: true });
