import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from '@tenure/local/folders';
import { builtIn, installsOf, packagesIn } from './dockerfile.js';
import { areOurs, runByChart, withWhatTheyNeed } from './packages.js';

/**
 * The content of the production image, as links into this clone. No parent folder has packages, so missing ones are not
 * found.
 */
let image: string;
beforeAll(() => {
  image = mkdtempSync(path.join(tmpdir(), 'image-'));
  const folders = installsOf('production').flatMap(packagesIn);
  for (const folder of folders) {
    cpSync(path.join(repository, folder, 'package.json'), path.join(image, folder, 'package.json'));
    const { name } = JSON.parse(readFileSync(path.join(image, folder, 'package.json'), 'utf8')) as { name: string };
    link(path.join(image, folder), path.join('node_modules', name));
  }
  const installed = withWhatTheyNeed(folders).filter((place) => !areOurs([place]).length);
  for (const place of [...builtIn('production'), ...installed]) link(path.join(repository, place), place);
});
afterAll(() => rmSync(image, { recursive: true }));

function link(target: string, place: string): void {
  const at = path.join(image, place);
  // A package's own content comes with it, and packages for other systems are in no clone.
  if (existsSync(at) || !existsSync(target)) return;
  mkdirSync(path.dirname(at), { recursive: true });
  symlinkSync(target, at);
}

/** Runs one of its files without any settings. */
function run(file: string, ...typed: string[]) {
  const asItLies = ['--preserve-symlinks', '--preserve-symlinks-main'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...asItLies, file, ...typed], {
    cwd: image,
    encoding: 'utf8',
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  });
  return { status, said: `${stdout}${stderr}` };
}

describe('in the production image', () => {
  it.each(runByChart)('%s starts and lacks only its settings', (file) =>
    expect(run(file)).toEqual({
      status: 1,
      said: expect.stringMatching(/(HEALTH_PORT|DATABASE_OWNER_URL) is missing: set it, or /),
    }),
  );

  it.each(['import', 'catalog', 'nats-users'])('%s prints its usage', (name) =>
    expect(run(`deploy/operate/dist/${name}.js`, '--help')).toEqual({
      status: 0,
      said: expect.stringContaining(`npm run ${name}`),
    }),
  );

  it.each([
    'members list',
    'services list',
    'events',
    'export',
    'verify',
    'restore',
    'rebuild',
    'retention --months 36',
  ])('%s says that no deployment is configured', (typed) => {
    const [name, ...words] = typed.split(' ');
    expect(run(`deploy/operate/dist/${name}.js`, ...words)).toEqual({
      status: expect.any(Number),
      said: expect.stringContaining(
        'There is no stack on this machine: set NATS_URL (DATABASE_URL for verify, retention and members -- forget)',
      ),
    });
  });
});
