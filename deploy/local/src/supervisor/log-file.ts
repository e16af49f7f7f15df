import { renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from '../configuration.js';

/** Rotates a log that has grown large; the previous one is kept. */
export function logFile({ logFolder }: Configuration, name: string): string {
  const LARGE = 20 * 1024 ** 2;
  const file = path.join(logFolder, `${name}.log`);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGE) renameSync(file, `${file}.1`);
  return file;
}
