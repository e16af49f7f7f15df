import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from './folders.js';
import { identityOf, isRunning } from './supervisor/process-identity.js';

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'reset-'));
  data = path.join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs what `npm run reset` runs, on that folder. @param input what is typed; empty: the input ends */
function reset(input: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(repository, 'deploy/local/dist/reset.js')],
    {
      encoding: 'utf8',
      input,
      env: { ...process.env, TENURE_DATA: data },
    },
  );
  return { status, said: stdout + stderr };
}

it('deletes the data after confirmation', () => {
  mkdirSync(path.join(data, 'nats'), { recursive: true });
  const { status, said } = reset('y\n');
  expect(said).toBe(`Delete all data in ${data}? (y/N) Deleted. The next npm start creates the sample data again.\n`);
  expect([status, existsSync(data)]).toEqual([0, false]);
});

it.each([
  ['says no', 'n\n'],
  ['ends the input', ''],
])('deletes nothing when one %s', (_, input) => {
  mkdirSync(path.join(data, 'nats'), { recursive: true });
  expect(reset(input)).toEqual({ status: 0, said: `Delete all data in ${data}? (y/N) Nothing was deleted.\n` });
  expect(existsSync(path.join(data, 'nats'))).toBe(true);
});

it('first stops what a killed start left behind, which nobody would find otherwise', async () => {
  const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")']);
  try {
    await once(orphan.stdout, 'data');
    const identity = identityOf(orphan.pid!)!;
    const processes = [{ name: 'nats', stopSignal: 'SIGTERM', ...identity }];
    const supervisor = { pid: 4_000_000, startedAt: '1', command: 'gone' };
    mkdirSync(data);
    writeFileSync(path.join(data, 'running.json'), JSON.stringify({ supervisor, processes, ready: true }));
    const { status, said } = reset('y\n');
    expect(said).toBe(
      `Delete all data in ${data}? (y/N) Stopping what an earlier start left behind: nats …\nDeleted. The next npm start creates the sample data again.\n`,
    );
    expect([status, existsSync(data), isRunning(identity)]).toEqual([0, false, false]);
  } finally {
    orphan.kill('SIGKILL');
  }
});

it('deletes nothing if a stack was started while it asked', async () => {
  mkdirSync(path.join(data, 'nats'), { recursive: true });
  const asking = spawn(process.execPath, [path.join(repository, 'deploy/local/dist/reset.js')], {
    env: { ...process.env, TENURE_DATA: data },
  });
  let said = '';
  for (const stream of [asking.stdout, asking.stderr])
    stream.setEncoding('utf8').on('data', (words: string) => (said += words));
  await once(asking.stdout, 'data');
  const supervisor = identityOf(process.pid);
  writeFileSync(path.join(data, 'running.json'), JSON.stringify({ supervisor, processes: [], ready: false }));
  asking.stdin.end('y\n');
  const [code] = (await once(asking, 'close')) as [number];
  expect([code, said]).toEqual([
    1,
    `Delete all data in ${data}? (y/N) Tenure is running on ${data} (process ${process.pid}): stop it first.\n`,
  ]);
  expect(existsSync(path.join(data, 'nats'))).toBe(true);
});

it('leaves a folder with other files alone', () => {
  mkdirSync(data);
  writeFileSync(path.join(data, 'holiday.jpg'), '');
  const said = `${data} also holds holiday.jpg, which is not Tenure's: nothing was deleted.\n`;
  expect(reset('y\n')).toEqual({ status: 1, said });
});

it('says that there is nothing to delete, and creates nothing', () => {
  expect(reset('')).toEqual({ status: 0, said: `There is nothing to delete: ${data} does not exist.\n` });
  expect(existsSync(data)).toBe(false);
});
