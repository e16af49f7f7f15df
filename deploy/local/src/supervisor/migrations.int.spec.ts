import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onDatabase } from '../servers/on-database.js';
import { startPostgres, type Postgres } from '../servers/postgres.js';
import { fingerprintOf, unlessMigrated } from './migrations.js';

describe('the migrations at a start', () => {
  let postgres: Postgres;
  let ran: string[];
  beforeAll(async () => {
    postgres = await startPostgres({ durable: false });
    await onDatabase(postgres.url, (client) => client.query('create schema accounts'));
  });
  afterAll(() => postgres.stop());
  beforeEach(() => (ran = []));

  const start = (migrations: string, fails = false) =>
    unlessMigrated(postgres.url, { service: 'accounts', migrations }, async () => {
      ran.push(migrations);
      if (fails) throw new Error('out of order');
    });

  it('run once, and again when they change', async () => {
    for (const migrations of ['first', 'first', 'second', 'second']) await start(migrations);
    expect(ran).toEqual(['first', 'second']);
  });

  it('run again after a failure', async () => {
    await expect(start('third', true)).rejects.toThrow('out of order');
    await start('third');
    await start('third');
    expect(ran).toEqual(['third', 'third']);
  });
});

it('the fingerprint of migrations depends only on their compiled files', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  try {
    const write = (name: string, text: string) => {
      writeFileSync(path.join(folder, name), text);
      return fingerprintOf(folder);
    };
    const first = write('create.js', 'one');
    expect(write('create.js.map', 'of another build')).toBe(first);
    expect(new Set([first, write('create.js', 'two'), write('follow.js', '')]).size).toBe(3);
    expect(write('create.js', 'two')).not.toBe(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
