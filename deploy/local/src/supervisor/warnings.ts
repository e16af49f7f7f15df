import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from '../configuration.js';

const LINES = 20;
const LENGTH = 600;

/**
 * The last warnings and errors in the logs of a stack, oldest first. @param since in the format of the logs:
 * `2026-11-27T12:00:00.000Z`
 */
export function warningsOf({ logFolder }: Pick<Configuration, 'logFolder'>, since: string): string {
  const found = readdirSync(logFolder)
    .filter((file) => file.endsWith('.log'))
    .flatMap((file) => readFileSync(path.join(logFolder, file), 'utf8').split('\n'))
    .map((line) => ({ line, time: /^\{"level":"(?:warn|error|fatal)","time":"([^"]+)"/.exec(line)?.[1] ?? '' }))
    .filter(({ time }) => time >= since && time !== '')
    .toSorted((a, b) => (a.time < b.time ? -1 : 1));
  if (found.length === 0) return 'No service logged a warning.';
  const last = found.slice(-LINES).map(({ line }) => line.slice(0, LENGTH));
  return [`The last ${last.length} of ${found.length} warnings and errors:`, ...last].join('\n');
}
