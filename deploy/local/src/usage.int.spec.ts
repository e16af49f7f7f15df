import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from './folders.js';
import { RunningFile } from './supervisor/running-file.js';

/**
 * The compiled file of a command, in the `deploy` folder that has its source: compiled files stay behind when a source
 * moves.
 */
const compiled = (command: string) => {
  const sourceOf = (folder: string) => path.join(repository, `deploy/${folder}/src/${command}.ts`);
  const folder = ['local', 'operate', 'trials'].find((each) => existsSync(sourceOf(each)));
  return path.join(repository, `deploy/${folder}/dist/${command}.js`);
};
const { PATH, NODE_COMPILE_CACHE } = process.env;
let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'usage-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command in an empty folder, as a person types it. */
const run = (command: string, ...typed: string[]) => runWith({}, command, ...typed);
function runWith(settings: Record<string, string>, command: string, ...typed: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiled(command), ...typed], {
    cwd: folder,
    encoding: 'utf8',
    // Independent of whatever runs on this machine or is set in this terminal, except Node's compile cache; nobody
    // listens on port 1.
    env: {
      ...{ PATH, NODE_COMPILE_CACHE, TENURE_DATA: path.join(folder, 'none') },
      ...{ OIDC_ISSUER: 'http://127.0.0.1:1', TERMINAL_SECRET: 'secret' },
      ...settings,
    },
  });
  return { status, stdout, stderr };
}

const withHelp =
  'members catalog services verify events import export token reset emails screenshots restore retention rebuild drill:kills nats-users make-accounts'.split(
    ' ',
  );
describe.each(withHelp)('npm run %s', (name) => {
  const command = name.replace(':', '-');

  it('prints its usage for --help', () => {
    const { status, stdout, stderr } = run(command, '--help');
    expect([status, stdout.split('\n')[0], stderr]).toEqual([0, expect.stringContaining(`npm run ${name}`), '']);
  });

  it('does nothing if it is not understood, and prints its usage', () => {
    const { status, stdout, stderr } = run(command, '--nonsense');
    expect([status, stdout]).toEqual([expect.any(Number), '']);
    expect(status).toBeGreaterThan(0);
    expect(stderr).toContain(`npm run ${name}`);
    expect(stderr).not.toContain('    at ');
    expect(readdirSync(folder)).toEqual([]);
  });
});

it.each([
  ['make-accounts many', 'Give the number of accounts'],
  ['nats-users none', 'There is no folder none.'],
  ['services --folder none list', 'There is no folder none.'],
  ['services add Bill licensing.entitlement.get', 'Bill is not a valid name: use up to 40 lowercase letters'],
  ['services add Bill', 'Bill is not a valid name: use up to 40 lowercase letters'],
  ['services add billing', 'What billing may ask is missing.'],
  ['services add billing nothing', 'billing cannot ask nothing: services may ask '],
  ['members promote', 'There is no command "promote".'],
  ['members remove', 'The sign-in is missing.'],
  ['members give ana baker', 'There is no role "baker": the roles are '],
  ['members give ana super_admin customer_success', '"customer_success" is one word too many'],
  ['members remove ana ben', '"ben" is one word too many'],
  ['members organization Acme Energy --country ES', '"Energy" is one word too many'],
  ['members organizations Acme', '"Acme" is one word too many'],
  ['import', 'The file is missing.'],
  ['catalog', 'The file is missing.'],
  ['catalog one.json two.json', 'One file at a time.'],
  ['catalog none.json', 'There is no file none.json.'],
  ['reset --yes /elsewhere', "Unexpected argument '/elsewhere'"],
  ['token ana', 'The identity provider does not answer at http://127.0.0.1:1.'],
])('npm run %s says what is wrong', (typed, sentence) => {
  const [command, ...words] = typed.split(' ');
  const { status, stdout, stderr } = run(command!, ...words);
  expect([status, stdout, stderr.split('\n')[0]]).toEqual([1, '', expect.stringContaining(sentence)]);
  expect(stderr).not.toContain('    at ');
});

it.each([
  ['members list', 'OIDC_ISSUER'],
  ['restore', 'TEMPORAL_ADDRESS'],
])('npm run %s names at once all that it needs for a deployment elsewhere', (typed, setting) => {
  const [command, ...words] = typed.split(' ');
  const { status, stderr } = runWith({ NATS_URL: 'nats://127.0.0.1:1', OIDC_ISSUER: '' }, command!, ...words);
  expect([status, stderr]).toEqual([
    1,
    `With NATS_URL, set NATS_PASSWORD (of the user operator) and ${setting} too.\n`,
  ]);
});

it.each([
  ['{', 'services.json: Expected property name'],
  ['{"billing":["nothing"]}', 'billing cannot ask nothing: '],
])('npm run nats-users writes nothing from a services.json of %s', (services, sentence) => {
  const broken = mkdtempSync(path.join(tmpdir(), 'usage-nats-'));
  writeFileSync(path.join(broken, 'services.json'), services);
  const { status, stdout, stderr } = run('nats-users', broken);
  expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(sentence)]);
  expect(stderr).not.toContain('    at ');
  expect(readdirSync(broken)).toEqual(['services.json']);
  rmSync(broken, { recursive: true });
});

it.each(['events', 'verify'])('npm run %s says whether Tenure is still starting or not running', async (command) => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'usage-starting-'));
  await new RunningFile(dataFolder).take();
  const { stderr } = runWith({ TENURE_DATA: dataFolder }, command);
  expect(stderr).toMatch(/Tenure is still starting: try again once npm start says that it is ready\.\n$/);
  rmSync(dataFolder, { recursive: true });
  expect(run(command).stderr).toMatch(/Tenure is not running on this data folder: start it with npm start/);
});

it('npm run events reports an invalid id instead of following nothing', () => {
  const { status, stdout, stderr } = run('events', '--account', 'Hotel Mirador');
  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    '--account takes an id (UUID), which "Hotel Mirador" is not. The console shows ids in the addresses of its pages.\n',
  ]);
});
