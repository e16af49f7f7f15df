import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setting } from './setting.js';
import { Stop } from './stop.js';

describe('a setting of a command', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tenure-setting-'));
  const file = path.join(folder, 'password');
  writeFileSync(file, 'from-a-file\n');
  const before = { ...process.env };
  afterEach(() => (process.env = { ...before }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    [{ SOME_PASSWORD: 'from-here' }, 'from-here'],
    [{ SOME_PASSWORD_FILE: file }, 'from-a-file'],
    [{ SOME_PASSWORD: '' }, undefined],
    [{}, undefined],
  ])('is the variable or what the file says: %j', (environment, value) => {
    Object.assign(process.env, environment);
    expect(setting('SOME_PASSWORD')).toBe(value);
  });

  it('stops the command with a sentence if its file cannot be read', () => {
    process.env.SOME_PASSWORD_FILE = path.join(folder, 'nothing');
    expect(() => setting('SOME_PASSWORD')).toThrow(
      new Stop(
        `SOME_PASSWORD cannot be read: there is no readable file ${path.join(folder, 'nothing')} (SOME_PASSWORD_FILE).`,
      ),
    );
  });
});
