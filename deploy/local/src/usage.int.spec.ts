import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const compiled = path.resolve(import.meta.dirname, '../dist');
let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'usage-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command where nothing is, as a person types it. */
function run(command: string, ...typed: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(compiled, `${command}.js`), ...typed], {
    cwd: folder,
    encoding: 'utf8',
    // Whatever runs on this machine, or is set in this terminal, is nothing to it.
    env: { PATH: process.env.PATH, TENURE_DATA: path.join(folder, 'none') },
  });
  return { status, stdout, stderr };
}

const withHelp = 'members services verify events import export token emails restore drill:kills'.split(' ');
describe.each(withHelp)('npm run %s', (name) => {
  const command = name.replace(':', '-');

  it('says how it is used to whoever asks', () => {
    const { status, stdout, stderr } = run(command, '--help');
    expect([status, stdout.split('\n')[0], stderr]).toEqual([0, expect.stringContaining(`npm run ${name}`), '']);
  });

  it('does nothing when it is not understood, and says how it is used', () => {
    const { status, stdout, stderr } = run(command, '--nonsense');
    expect([status, stdout]).toEqual([expect.any(Number), '']);
    expect(status).toBeGreaterThan(0);
    expect(stderr).toContain(`npm run ${name}`);
    expect(stderr).not.toContain('    at ');
    expect(readdirSync(folder)).toEqual([]);
  });
});

it.each([
  ['make-accounts', 'How many?'],
  ['nats-users', 'There is no folder --nonsense'],
])('npm run %s says what it needs', (command, sentence) => {
  const { status, stdout, stderr } = run(command, '--nonsense');
  expect([status, stdout, stderr.split('\n')[0]]).toEqual([1, '', expect.stringContaining(sentence)]);
});

it('npm run events follows nothing in silence: what is no id is said', () => {
  const { status, stdout, stderr } = run('events', '--account', 'Hotel Mirador');
  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    '--account takes an id (UUID), and "Hotel Mirador" is none: the console has it in the address of a page.\n',
  ]);
});
