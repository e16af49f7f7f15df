import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { pathToFileURL } from 'node:url';
import { eventually } from '@tenure/testing';
import { identityOf } from '../supervisor/process-identity.js';
import {
  ServerFailed,
  startOnceFree,
  startServerProcess,
  type ServerProcess,
  type ServerProcessOptions,
} from './server-process.js';

const runsOn = 'setInterval(() => {}, 1000); console.log("up")';

let folder: string;
let log: string;
const spawned: number[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'server-process-'));
  log = path.join(folder, 'server.log');
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  for (const pid of spawned.splice(0)) if (identityOf(pid)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A server that is ready once it has written "up". */
function start(script: string, options: Partial<ServerProcessOptions> = {}): Promise<ServerProcess> {
  return startServerProcess({
    name: 'The server',
    command: process.execPath,
    args: ['-e', script],
    log,
    ready: async () => readFileSync(log, 'utf8').includes('up\n'),
    onSpawn: (pid) => spawned.push(pid),
    ...options,
  });
}
const areGone = () => expect(spawned.map(identityOf)).toEqual(spawned.map(() => undefined));

it('stops a server with its own signal, and waits until it has ended', async () => {
  const tidiesUp = `process.on('SIGINT', () => setTimeout(() => { console.log('tidy'); process.exit(7); }, 50))`;
  const server = await start(`${tidiesUp}; ${runsOn}`, { stopSignal: 'SIGINT' });
  await server.stop();
  areGone();
  expect(await server.exited).toBe('exit code 7');
  expect(readFileSync(log, 'utf8')).toBe('up\ntidy\n');
});

it('ends a server by force that has not stopped within twenty seconds', async () => {
  const server = await start(`process.on('SIGTERM', () => {}); ${runsOn}`);
  mock.timers.enable({ apis: ['setTimeout'] });
  const stopped = server.stop();
  mock.timers.tick(19_999);
  expect(identityOf(server.pid)).toBeDefined();
  mock.timers.tick(1);
  await stopped;
  expect(await server.exited).toBe('SIGKILL');
});

it('fails with the last twelve lines of a server that ends at its start, not with those of earlier starts', async () => {
  const numbers = (to: number) => Array.from({ length: to }, (_, index) => `${index + 1}`).join('\n');
  const broken = (to: number) => start(`console.log(${JSON.stringify(numbers(to))}); process.exit(3)`);
  const reason = 'The server ended at its start (exit code 3).';
  await expect(broken(14)).rejects.toMatchObject({
    message: `${reason}\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14`,
    lastLines: '3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14',
  });
  await expect(broken(2)).rejects.toMatchObject({ message: `${reason}\n1\n2`, lastLines: '1\n2' });
});

it('fails if the command of a server does not exist', async () =>
  await expect(start('', { command: '/nowhere/server', ready: async () => false })).rejects.toThrow(
    'The server ended at its start (spawn /nowhere/server ENOENT).',
  ));

describe('a server that is not ready yet is ended', () => {
  const isNot = async () => false;

  it('if its start is aborted', async () => {
    const abort = new AbortController();
    const started = start(runsOn, { signal: abort.signal, ready: isNot });
    abort.abort();
    await expect(started).rejects.toThrow(new ServerFailed('The server', 'was ended while it was starting', ''));
    areGone();
  });

  it('if it cannot be checked whether it is ready', async () => {
    const ready = () => Promise.reject(new Error('No answer.'));
    await expect(start(runsOn, { ready })).rejects.toThrow('No answer.');
    areGone();
  });

  it('if it cannot be noted that it runs', async () => {
    const onSpawn = (pid: number) => {
      spawned.push(pid);
      throw new Error('The disk is full.');
    };
    await expect(start(runsOn, { onSpawn })).rejects.toThrow('The disk is full.');
    areGone();
  });

  it('if it is not ready within two minutes', async () => {
    const begun = Date.now();
    let minutes = 0;
    mock.method(Date, 'now', () => begun + minutes * 60_000);
    const ready = async () => {
      if (readFileSync(log, 'utf8').includes('up\n')) minutes += 1;
      return false;
    };
    await expect(start(runsOn, { ready })).rejects.toMatchObject({
      message: 'The server was not ready within 120 s.\nup',
    });
    areGone();
  });
});

describe('a server whose starter is killed', () => {
  const path = (file: string) => JSON.stringify(pathToFileURL(`${import.meta.dirname}/${file}`).href);

  /** Starts a server in another process, and kills that one. @returns the server's id */
  async function startedAndLeft(options: { detached: boolean }): Promise<number> {
    const code = `
      const { startServerProcess } = await import(${path('server-process.ts')});
      const { pid } = await startServerProcess({
        name: 'The server', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'],
        log: ${JSON.stringify(log)}, ready: async () => true, ...${JSON.stringify(options)},
      });
      console.log(String(pid)); // A number is colored in a terminal.`;
    const fromSource = new URL('../../../../libs/testing/src/from-source.mjs', import.meta.url).href;
    const starter = spawn(process.execPath, ['--import', fromSource, '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(starter.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    spawned.push(pid);
    expect(identityOf(pid)).toBeDefined();
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    return pid;
  }

  it('ends as well', async () => {
    const pid = await startedAndLeft({ detached: false });
    await eventually(() => expect(identityOf(pid)).toBeUndefined());
  });

  it('runs on if it is detached', async () => {
    const pid = await startedAndLeft({ detached: true });
    const watched = await startedAndLeft({ detached: false });
    await eventually(() => expect(identityOf(watched)).toBeUndefined());
    expect(identityOf(pid)).toBeDefined();
  });
});

describe('a start that finds a resource still held', () => {
  const held = new ServerFailed('Temporal', 'ended at its start', 'database is locked');

  it('is repeated until the resource is free', async () => {
    const server = { pid: 1 } as ServerProcess;
    const attempts = [() => Promise.reject(held), () => Promise.reject(held), () => Promise.resolve(server)];
    expect(await startOnceFree(() => attempts.shift()!(), /locked/)).toBe(server);
    expect(attempts).toEqual([]);
  });

  it('is given up after ten seconds', async () => {
    const begun = Date.now();
    let seconds = 0;
    mock.method(Date, 'now', () => begun + seconds * 1_000);
    const start = () => {
      seconds += 5;
      return Promise.reject(held);
    };
    await expect(startOnceFree(start, /locked/)).rejects.toBe(held);
    expect(seconds).toBe(15);
  });

  it.each([
    ['a server that ended for another reason', new ServerFailed('Temporal', 'ended at its start', 'no such option')],
    ['no end of a server', new Error('locked')],
  ])('is not repeated after another failure: %s', async (_, other) => {
    let attempts = 0;
    const start = () => {
      attempts += 1;
      return Promise.reject(other);
    };
    await expect(startOnceFree(start, /locked/)).rejects.toBe(other);
    expect(attempts).toBe(1);
  });
});
