import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { eventually } from '@tenure/testing';
import { startServerProcess } from '../servers/server-process.js';
import { identityOf } from './process-identity.js';
import { FailedForGood, Supervisor, type Managed } from './supervisor.js';

let folder: string;
let said: string[];
let supervisor: Supervisor;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supervisor-'));
  said = [];
  supervisor = new Supervisor({
    running: { started: () => {} },
    say: (sentence) => said.push(sentence),
    backOffMs: [1, 1],
  });
});
afterEach(async () => {
  mock.restoreAll();
  await supervisor.stop();
  rmSync(folder, { recursive: true });
});

/** A process that is ready once it has run its script and written its first line, and reports when it is stopped. */
function aProcess(name: string, script = 'setInterval(() => {}, 1000)'): Managed {
  const log = path.join(folder, `${name}.log`);
  const order = path.join(folder, 'order');
  const code = `
    const { appendFileSync } = require('node:fs');
    process.on('SIGTERM', () => { appendFileSync(${JSON.stringify(order)}, '${name} '); process.exit(0); });
    ${script}; console.log('up');`;
  return {
    name,
    log,
    start: (hooks, added) => {
      const before = lines(log);
      const ready = async () => lines(log) > before;
      const env = { ...process.env, ...added };
      return startServerProcess({ name, command: process.execPath, args: ['-e', code], log, ready, env, ...hooks });
    },
  };
}
const lines = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('up\n').length : 1);
/** Waits until it was restarted. @returns its new id */
const anotherThan = (before: number, name: string) =>
  eventually(() => {
    const now = supervisor.pid(name);
    if (now === undefined || now === before) throw new Error(`${name} has not been started again.`);
    return now;
  });

it('restarts a process when it dies', async () => {
  await supervisor.start([aProcess('accounts')]);
  const first = supervisor.pid('accounts')!;
  process.kill(first, 'SIGKILL');
  await anotherThan(first, 'accounts');
  expect(said).toEqual(['accounts ended (SIGKILL). Restarting it.']);
});

it('restarts a process with an addition to its environment, which is dropped when it dies', async () => {
  const report = 'console.log("crash at " + process.env.TENURE_CRASH_AT); setInterval(() => {}, 1000)';
  const accounts = aProcess('accounts', report);
  await supervisor.start([accounts]);
  await supervisor.restart('accounts', { TENURE_CRASH_AT: 'somewhere' });
  const armed = supervisor.pid('accounts')!;
  process.kill(armed, 'SIGKILL');
  await anotherThan(armed, 'accounts');
  expect(readFileSync(accounts.log, 'utf8').match(/(?<=crash at ).*/g)).toEqual([
    'undefined',
    'somewhere',
    'undefined',
  ]);
  expect(said).toEqual(['accounts ended (SIGKILL). Restarting it.']);
});

it('does not count restarts as deaths', async () => {
  await supervisor.start([aProcess('accounts')]);
  for (let round = 0; round < 4; round += 1) await supervisor.restart('accounts', {});
  expect(said).toEqual([]);
  await expect(supervisor.restart('licensing', {})).rejects.toThrow('licensing is not running.');
});

it('starts a process again only once it has ended', async () => {
  const lastWords = `process.on('exit', () => require('node:fs').writeSync(1, 'the end\\n')); setInterval(() => {}, 1000)`;
  const accounts = aProcess('accounts', lastWords);
  await supervisor.start([accounts]);
  await supervisor.restart('accounts', {});
  expect(readFileSync(accounts.log, 'utf8')).toBe('up\nthe end\nup\n');
});

it('does not restart a process that it was asked to kill, until asked to', async () => {
  await supervisor.start([aProcess('accounts')]);
  const first = supervisor.pid('accounts')!;
  const startAgain = await supervisor.kill('accounts');
  expect(identityOf(first)).toBeUndefined();
  expect(supervisor.pid('accounts')).toBeUndefined();
  await startAgain();
  expect([undefined, first]).not.toContain(supervisor.pid('accounts'));
  expect(said).toEqual([]);
  expect(existsSync(path.join(folder, 'order'))).toBe(false);
});

it('gives up on a process that dies too often, and names it with the last lines of its log', async () => {
  const whenTold = `process.on('SIGUSR2', () => { console.log("out of order"); process.exit(3); })`;
  await supervisor.start([aProcess('gateway', `${whenTold}; setInterval(() => {}, 1000)`)]);
  const first = supervisor.pid('gateway')!;
  process.kill(first, 'SIGUSR2');
  const second = await anotherThan(first, 'gateway');
  process.kill(second, 'SIGUSR2');
  process.kill(await anotherThan(second, 'gateway'), 'SIGUSR2');
  const failure = await supervisor.failed.catch((error: unknown) => error as FailedForGood);
  expect(failure).toBeInstanceOf(FailedForGood);
  expect(failure).toMatchObject({ process: 'gateway', lastLines: expect.stringContaining('out of order') });
  expect((failure as Error).message).toMatch(
    /^gateway ended \(exit code 3\)\. That happened 3 times within a minute\. The last lines of .*:\n/,
  );
});

it('gives up only on deaths within one minute', async () => {
  await supervisor.start([aProcess('gateway')]);
  const begun = Date.now();
  let now = begun;
  mock.method(Date, 'now', () => now);
  let pid = supervisor.pid('gateway')!;
  for (const death of [0, 1, 2, 3]) {
    now = begun + death * 60_001;
    process.kill(pid, 'SIGKILL');
    pid = await anotherThan(pid, 'gateway');
  }
  expect(said).toHaveLength(4);
});

it.each([
  ['licensing has no database.', 'licensing has no database.'],
  ['connect ECONNREFUSED', 'licensing cannot be started: connect ECONNREFUSED.'],
])('fails the start if a process does not come up after several attempts: %s', async (cause, reason) => {
  const broken: Managed = { ...aProcess('licensing'), start: () => Promise.reject(new Error(cause)) };
  await expect(supervisor.start([broken])).rejects.toMatchObject({
    message: `${reason} That happened 3 times within a minute.`,
  });
});

it('waits longer before each restart', async () => {
  const patient = new Supervisor({ running: { started: () => {} }, say: () => {}, backOffMs: [50, 150] });
  const attempts: number[] = [];
  const broken: Managed = {
    ...aProcess('licensing'),
    start: () => {
      attempts.push(performance.now());
      return Promise.reject(new Error('licensing has no database.'));
    },
  };
  await expect(patient.start([broken])).rejects.toThrow(FailedForGood);
  const [first, second, third] = attempts as [number, number, number];
  // Node's timers may fire a millisecond early.
  expect(second - first).toBeGreaterThanOrEqual(49);
  expect(third - second).toBeGreaterThanOrEqual(149);
});

it('stops in reverse order, waits for each, and calls none of them a death', async () => {
  await supervisor.start([aProcess('postgres'), aProcess('nats')]);
  await supervisor.start([aProcess('accounts')], [aProcess('workflows')]);
  await supervisor.stop();
  const order = readFileSync(path.join(folder, 'order'), 'utf8').trim().split(' ');
  expect(order.slice(0, 2)).toEqual(['workflows', 'accounts']);
  expect(order.slice(2).sort()).toEqual(['nats', 'postgres']);
  expect(said).toEqual([]);
});

it('signals a process once, however often it is told to stop: a second signal would end it in the middle', async () => {
  const [order, mayEnd] = ['order', 'may-end'].map((name) => path.join(folder, name)) as [string, string];
  const busy = `
    setInterval(() => {}, 1000);
    process.removeAllListeners('SIGTERM').on('SIGTERM', () => {
      appendFileSync(${JSON.stringify(order)}, 'signaled ');
      setInterval(() => require('node:fs').existsSync(${JSON.stringify(mayEnd)}) && process.exit(0), 10);
    })`;
  await supervisor.start([aProcess('mailbox', busy)]);
  const stops = [supervisor.stop()];
  await eventually(() => expect(existsSync(order)).toBe(true));
  stops.push(supervisor.stop());
  await new Promise((resolve) => setImmediate(resolve));
  writeFileSync(mayEnd, '');
  await Promise.all(stops);
  expect(readFileSync(order, 'utf8')).toBe('signaled ');
});

it('stops a process that is still starting, without waiting until it is ready', async () => {
  const spawned: number[] = [];
  const slow: Managed = {
    name: 'slow',
    log: path.join(folder, 'slow.log'),
    start: (hooks) => {
      const args = ['-e', 'setInterval(() => {}, 1000)'];
      return startServerProcess({
        name: 'slow',
        command: process.execPath,
        args,
        log: slow.log,
        ready: async () => false,
        ...hooks,
        onSpawn: (pid) => spawned.push(pid),
      });
    },
  };
  const started = supervisor.start([slow]);
  await supervisor.stop();
  expect(spawned.map(identityOf)).toEqual([undefined]);
  await started;
  expect(supervisor.pid('slow')).toBeUndefined();
});
