import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function aProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], {
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
  await expect(new RunningFile(folder).take()).rejects.toBeInstanceOf(AlreadyRunning);
  first.release();
  await new RunningFile(folder).take();
});

it('is found by others while its supervisor runs', async () => {
  const own = new RunningFile(folder);
  await own.take();
  const service = await aProcess();
  own.started('accounts', service.pid, 'SIGTERM');
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
