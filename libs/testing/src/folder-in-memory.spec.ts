import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { folderInMemory, folderOfThisRun } from './folder-in-memory.js';

let place: string;
beforeEach(() => (place = mkdtempSync(path.join(tmpdir(), 'memory-'))));
afterEach(() => rmSync(place, { recursive: true }));

const nameOf = (pid: number) => `tenure-test-${userInfo().uid}-${pid}`;

it("a run's folder replaces those of killed runs; those of live runs and other folders stay", () => {
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  for (const name of [nameOf(ended), nameOf(process.ppid), 'of-another'])
    mkdirSync(path.join(place, name, 'store'), { recursive: true });
  const folder = folderOfThisRun(place);
  expect(folder).toBe(path.join(place, nameOf(process.pid)));
  expect(readdirSync(place).toSorted()).toEqual([nameOf(process.pid), nameOf(process.ppid), 'of-another'].toSorted());
});

it('a folder that is not in memory is left alone', () => {
  expect([folderInMemory(place), folderInMemory(path.join(place, 'none'))]).toEqual([undefined, undefined]);
  expect(readdirSync(place)).toEqual([]);
});
