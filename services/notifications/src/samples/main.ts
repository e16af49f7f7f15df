import { samples } from './samples.js';

/** All letters with sample data as JSON, for whoever shows them. */
process.stdout.write(JSON.stringify(samples(process.env['PUBLIC_URL'])));
