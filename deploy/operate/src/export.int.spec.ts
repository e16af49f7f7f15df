import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportAccounts, listOrganizations } from '@tenure/contracts';
import { forAllTests, testNats } from '@tenure/testing';
import { repository } from '@tenure/local/folders';

const header = /^organization,account_id,/;
const nats = forAllTests(testNats);
let folder: string;
/** Holds the export before its first page. */
let page: Promise<void>;
let asked: () => void;
let untilAsked: Promise<void>;
beforeAll(async () => {
  await nats.answer(listOrganizations, () => ({ items: [], next: null }));
  await nats.answer(exportAccounts, async () => {
    asked();
    await page;
    return { items: [], next: null };
  });
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'export-'));
  page = Promise.resolve();
  untilAsked = new Promise((resolve) => (asked = resolve));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As a person types it in the folder. */
function starts(...typed: string[]) {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const { NATS_URL, NATS_PASSWORD } = nats.environment('importer');
  const child = spawn(process.execPath, [path.join(repository, 'deploy/operate/dist/export.js'), ...typed], {
    cwd: folder,
    env: { PATH, NODE_COMPILE_CACHE, NATS_URL, NATS_PASSWORD },
  });
  const said = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (words: string) => (said.out += words));
  child.stderr.setEncoding('utf8').on('data', (words: string) => (said.error += words));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...said }));
  return { child, ended };
}

it('an interrupted export leaves the old file, and nothing beside it', async () => {
  const file = path.join(folder, 'accounts.csv');
  writeFileSync(file, 'the one of yesterday');
  page = new Promise(() => {});
  const { child, ended } = starts('accounts.csv');
  await untilAsked;
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 1, out: '', error: 'Interrupted: not all accounts were written.\n' });
  expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['accounts.csv'], 'the one of yesterday']);
});

it('a complete export replaces the old file and keeps its permissions', async () => {
  const file = path.join(folder, 'accounts.csv');
  writeFileSync(file, 'the one of yesterday');
  chmodSync(file, 0o600);
  expect(await starts('accounts.csv').ended).toEqual({
    code: 0,
    out: 'All accounts are in accounts.csv.\n',
    error: '',
  });
  expect(readFileSync(file, 'utf8')).toMatch(header);
  expect([readdirSync(folder), statSync(file).mode & 0o777]).toEqual([['accounts.csv'], 0o600]);
});

it('a file behind a symbolic link is replaced in place, or left unchanged: the link stays', async () => {
  const file = path.join(folder, 'accounts.csv');
  writeFileSync(file, 'the one of yesterday');
  symlinkSync(file, path.join(folder, 'latest.csv'));
  page = new Promise(() => {});
  const { child, ended } = starts('latest.csv');
  await untilAsked;
  child.kill('SIGTERM');
  expect((await ended).code).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe('the one of yesterday');
  page = Promise.resolve();
  expect((await starts('latest.csv').ended).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(header);
  expect([readdirSync(folder), lstatSync(path.join(folder, 'latest.csv')).isSymbolicLink()]).toEqual([
    ['accounts.csv', 'latest.csv'],
    true,
  ]);
});

it('a pipe is written to directly, and stays a pipe', async () => {
  const pipe = path.join(folder, 'accounts');
  spawnSync('mkfifo', [pipe]);
  const read = readFile(pipe, 'utf8');
  expect((await starts('accounts').ended).code).toBe(0);
  expect(await read).toMatch(header);
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});

it('says that the folder does not exist, before it reads anything', async () => {
  const { code, error } = await starts('none/accounts.csv').ended;
  expect([code, error]).toEqual([1, 'There is no folder none.\n']);
});
