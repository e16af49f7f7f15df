import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { freePort } from './ports.js';

const run = promisify(execFile);
const bind = (port: number) =>
  run(process.execPath, [
    '-e',
    `require('node:dgram').createSocket('udp4').once('error', ({ code }) => { console.log(code); process.exit(); })
       .bind(${port}, '127.0.0.1', function () { console.log('bound'); this.close(); })`,
  ]).then(({ stdout }) => stdout.trim());

describe('a free port', () => {
  it('is returned once, even if nothing listens there yet', async () => {
    const from = 19_000 + randomInt(900);
    const to = from + 3;
    const told = [await freePort(from, to), await freePort(from, to), await freePort(from, to)];
    expect(told.sort()).toEqual([from, from + 1, from + 2]);
    await expect(freePort(from, to)).rejects.toThrow(`No free port was found between ${from} and ${to}.`);
  });

  it('is not given to another process either', async () => expect(await bind(await freePort())).toBe('EADDRINUSE'));
});
