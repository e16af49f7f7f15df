import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '@tenure/testing';
import { identityOf } from './process-identity.js';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process with the same command each time. */
async function another() {
  const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
  // Until then it may still have the command of its parent.
  return eventually(() => {
    const identity = identityOf(child.pid!);
    expect(identity?.command).toBe('sleep 1000');
    return identity!;
  });
}

it('tells a process from a later one with the same command by when it started', async () => {
  const first = await another();
  await eventually(async () => expect((await another()).startedAt).not.toBe(first.startedAt));
  expect(identityOf(first.pid)).toEqual(first);
});
