import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { warningsOf } from './warnings.js';

let logFolder: string;
beforeEach(() => (logFolder = mkdtempSync(path.join(tmpdir(), 'tenure-warnings-'))));
afterEach(() => rmSync(logFolder, { recursive: true, force: true }));

const line = (level: string, second: number, service: string) =>
  `{"level":"${level}","time":"2026-11-27T12:00:${String(second).padStart(2, '0')}.000Z","service":"${service}","msg":"said"}`;
const since = '2026-11-27T12:00:10.000Z';

it('are those of all services in order of time, from this run only', () => {
  writeFileSync(
    path.join(logFolder, 'gateway.log'),
    [line('error', 9, 'gateway'), line('error', 30, 'gateway'), ''].join('\n'),
  );
  writeFileSync(
    path.join(logFolder, 'accounts.log'),
    [line('info', 11, 'accounts'), line('warn', 20, 'accounts'), 'no JSON'].join('\n'),
  );
  expect(warningsOf({ logFolder }, since)).toBe(
    ['The last 2 of 2 warnings and errors:', line('warn', 20, 'accounts'), line('error', 30, 'gateway')].join('\n'),
  );
});

it('are at most the last twenty', () => {
  const many = Array.from({ length: 45 }, (_, index) => line('fatal', 10 + index, 'workflows'));
  writeFileSync(path.join(logFolder, 'workflows.log'), many.join('\n'));
  expect(warningsOf({ logFolder }, since).split('\n')).toEqual([
    'The last 20 of 45 warnings and errors:',
    ...many.slice(-20),
  ]);
});

it('may be none', () => expect(warningsOf({ logFolder }, since)).toBe('No service logged a warning.'));
