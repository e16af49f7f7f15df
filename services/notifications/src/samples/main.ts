import { samples } from './samples.js';

/** An inline logo. */
const logo = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="32" viewBox="0 0 96 32"><rect width="96" height="32" fill="#fff"/>
   <circle cx="16" cy="16" r="9" fill="#e8a317"/><path d="M32 22h56M32 16h40M32 10h48" stroke="#0b5d4b" stroke-width="3"/></svg>`,
)}`;

/** Writes all letters with sample data as JSON to standard output. */
process.stdout.write(JSON.stringify(samples(process.env['PUBLIC_URL'], logo)));
