import { config } from 'zod';

/**
 * Has to run before the first schema is created: otherwise Zod tries to compile code from text, which the console's
 * content security policy forbids.
 */
config({ jitless: true });
