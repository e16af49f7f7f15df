import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { readConfiguration } from '../configuration.js';
import { identityOf, isRunning } from './process-identity.js';
import { AlreadyRunning, RunningFile, type Running } from './running-file.js';

let folder: string;
let file: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'running-'));
  file = path.join(folder, 'running.json');
});
afterEach(() => {
  mock.restoreAll();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function aProcess(script = '') {
  const code = `${script}; setInterval(() => {}, 1000); console.log("up")`;
  const child = spawn(process.execPath, ['-e', code], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return identityOf(child.pid!)!;
}
const gone = { pid: 4_000_000, startedAt: '1', command: 'gone' };
function leftBehind(running: Partial<Running>) {
  writeFileSync(file, JSON.stringify({ supervisor: gone, processes: [], ready: true, ...running }));
}

it('belongs to one supervisor at a time', async () => {
  const first = new RunningFile(folder);
  await first.take();
  expect(readdirSync(folder)).toEqual(['running.json']);
  await expect(new RunningFile(folder).take()).rejects.toBeInstanceOf(AlreadyRunning);
  first.release();
  await new RunningFile(folder).take();
});

it('is found by others while its supervisor runs', async () => {
  const own = new RunningFile(folder);
  await own.take();
  const service = await aProcess();
  own.started('accounts', service.pid, 'SIGTERM');
  expect(new RunningFile(folder).read()).toMatchObject({ ready: false });
  const at = readConfiguration({ TENURE_PORT_BASE: '7320' });
  own.ready(at);
  expect(new RunningFile(folder).read()).toMatchObject({
    ready: true,
    at: { publicUrl: 'http://localhost:7320', ports: at.ports },
    processes: [{ name: 'accounts', pid: service.pid }],
  });
  own.release();
  expect(new RunningFile(folder).read()).toBeUndefined();
});

it('lists every process at once, and of a restarted one the latest', async () => {
  const own = new RunningFile(folder);
  await own.take();
  const [postgres, first, second] = [await aProcess(), await aProcess(), await aProcess()];
  own.started('accounts', first.pid, 'SIGTERM');
  own.started('postgres', postgres.pid, 'SIGINT');
  own.started('accounts', second.pid, 'SIGTERM');
  expect(new RunningFile(folder).read()?.processes).toEqual([
    { name: 'postgres', stopSignal: 'SIGINT', ...postgres },
    { name: 'accounts', stopSignal: 'SIGTERM', ...second },
  ]);
});

it('is not written again after its release', async () => {
  const own = new RunningFile(folder);
  await own.take();
  own.release();
  own.started('accounts', process.pid, 'SIGTERM');
  own.ready(readConfiguration({}));
  expect(readdirSync(folder)).toEqual([]);
});

it('is ignored by others once its supervisor has ended', () => {
  leftBehind({});
  expect(new RunningFile(folder).read()).toBeUndefined();
});

it('lets the next start stop what a killed supervisor left behind', async () => {
  const orphan = await aProcess();
  leftBehind({ processes: [{ name: 'accounts', stopSignal: 'SIGTERM', ...orphan }] });
  const ended: string[] = [];
  await new RunningFile(folder).take((names) => ended.push(...names));
  expect(ended).toEqual(['accounts']);
  expect(isRunning(orphan)).toBe(false);
});

it('has the next start stop them in reverse order, each with its own signal, one after the other', async () => {
  const order = path.join(folder, 'order');
  const says = (signal: string) =>
    `process.on('${signal}', () => { require('node:fs').appendFileSync(${JSON.stringify(order)}, '${signal} '); process.exit(); })`;
  const [postgres, accounts] = [await aProcess(says('SIGINT')), await aProcess(says('SIGTERM'))];
  leftBehind({
    processes: [
      { name: 'postgres', stopSignal: 'SIGINT', ...postgres },
      { name: 'accounts', stopSignal: 'SIGTERM', ...accounts },
    ],
  });
  await new RunningFile(folder).take();
  expect(readFileSync(order, 'utf8')).toBe('SIGTERM SIGINT ');
});

it('has the next start end by force what does not stop within ten seconds', async () => {
  const orphan = await aProcess(`process.on('SIGTERM', () => {})`);
  leftBehind({ processes: [{ name: 'accounts', stopSignal: 'SIGTERM', ...orphan }] });
  const [child] = children as [ChildProcess];
  const exited = once(child, 'exit');
  // Each look at the clock is six seconds later.
  const begun = Date.now();
  let looks = 0;
  mock.method(Date, 'now', () => begun + (looks += 1) * 6_000);
  await new RunningFile(folder).take();
  expect(await exited).toEqual([null, 'SIGKILL']);
});

it('belongs to one of two concurrent starts, even after both stopped what was left behind', async () => {
  const orphan = await aProcess();
  leftBehind({ processes: [{ name: 'accounts', stopSignal: 'SIGTERM', ...orphan }] });
  const taken = await Promise.allSettled([new RunningFile(folder).take(), new RunningFile(folder).take()]);
  const refused = taken.filter((one) => one.status === 'rejected');
  expect(refused.map(({ reason }) => reason as unknown)).toEqual([expect.any(AlreadyRunning)]);
  expect(new RunningFile(folder).read()).toMatchObject({ supervisor: { pid: process.pid } });
});

it('leaves alone a process that reuses the id of one of ours', async () => {
  const stranger = await aProcess();
  leftBehind({
    processes: [
      { name: 'accounts', stopSignal: 'SIGTERM', ...stranger, startedAt: '1' },
      { name: 'gateway', stopSignal: 'SIGTERM', ...stranger, command: 'node gateway' },
    ],
  });
  await new RunningFile(folder).take(() => expect('nothing').toBe('ended'));
  expect(isRunning(stranger)).toBe(true);
});

it('that was truncated counts as missing', async () => {
  writeFileSync(file, '{"supervisor":');
  await new RunningFile(folder).take();
  expect(existsSync(file) && JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    supervisor: { pid: process.pid },
  });
});
