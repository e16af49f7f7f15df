import { createHash } from 'node:crypto';

/** The same id for the same name, so that an interrupted creation can be repeated. */
export function sampleId(name: string): string {
  const hex = createHash('sha256').update(`tenure sample: ${name}`).digest('hex');
  const variant = ((parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** An idempotency key: the same for the same step. */
export function sampleKey(...step: string[]): string {
  return `sample-${step
    .join('-')
    .normalize('NFD')
    .replaceAll(/[^\w-]+/g, '')}`.toLowerCase();
}
