import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@tenure/testing';
import { identityOf, isRunning, type ProcessIdentity } from './supervisor/process-identity.js';

const script = path.resolve(import.meta.dirname, '../run.mjs');
let clone: string;

/** A clone with only the script, a lock, and an npm stub. */
beforeEach(() => {
  clone = mkdtempSync(path.join(tmpdir(), 'run-'));
  mkdirSync(path.join(clone, 'deploy/local'), { recursive: true });
  mkdirSync(path.join(clone, 'bin'));
  cpSync(script, path.join(clone, 'deploy/local/run.mjs'));
  for (const folder of [
    ...['libs/contracts/src', 'libs/lifecycle/src', 'services/console', 'workflows'],
    ...['deploy/operate', 'deploy/trials'],
  ])
    mkdirSync(path.join(clone, folder), { recursive: true });
  for (const file of ['tsconfig.json', 'tsconfig.base.json']) writeFileSync(path.join(clone, file), '{}');
  writeLock('1.0.0');
  writeFileSync(
    path.join(clone, 'deploy/check.mjs'),
    'console.log("checked with", process.argv.slice(2).join(" "), process.version)',
  );
});
afterEach(() => rmSync(clone, { recursive: true }));

function writeLock(version: string, more: object = {}) {
  const packages = {
    '': {},
    'node_modules/node': { version },
    'node_modules/other': { version: '1.0.0', optional: true },
    ...more,
  };
  writeFileSync(path.join(clone, 'package-lock.json'), JSON.stringify({ packages }));
}
function npmThat(...lines: string[]) {
  const file = path.join(clone, 'bin/npm');
  writeFileSync(file, `#!/bin/sh\necho "$@" >> ${clone}/npm-calls\n${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
}
/** An npm stub that installs the packages: Node itself, and npm's own record of the installation. */
function npmInstalls(...before: string[]) {
  const modules = `${clone}/node_modules`;
  npmThat(
    ...before,
    `mkdir -p ${modules}/node/bin ${modules}/.bin`,
    `ln -sf ${process.execPath} ${modules}/node/bin/node`,
    `cp ${clone}/package-lock.json ${modules}/.package-lock.json`,
  );
}
/** Compilers that do nothing. */
function provideBuild() {
  for (const file of ['node_modules/typescript/bin/tsc', 'node_modules/vite/bin/vite.js', 'deploy/bundle.mjs']) {
    mkdirSync(path.dirname(path.join(clone, file)), { recursive: true });
    writeFileSync(path.join(clone, file), '');
  }
}
const command = (...args: string[]) => [path.join(clone, 'deploy/local/run.mjs'), ...args];
const environment = () => ({
  PATH: [path.join(clone, 'bin'), path.dirname(process.execPath), '/usr/bin', '/bin'].join(path.delimiter),
});
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command(...args), {
    encoding: 'utf8',
    env: environment(),
  });
  return { status, stdout, stderr };
}
const read = (file: string) => readFileSync(path.join(clone, file), 'utf8');
const npmWasCalled = () => existsSync(path.join(clone, 'npm-calls'));

it('installs the packages of the lock and runs the command, which has standard output to itself', () => {
  npmInstalls();
  const { status, stdout, stderr } = run('check', '--quick');
  expect({ status, stdout }).toEqual({ status: 0, stdout: `checked with --quick ${process.version}\n` });
  expect(stderr).toBe('Installing the packages (the first time, this takes a minute) …\n');
});

it('does not install again until the lock changes', () => {
  npmInstalls();
  run('check');
  rmSync(path.join(clone, 'npm-calls'));
  run('check');
  expect(npmWasCalled()).toBe(false);
  writeLock('2.0.0');
  run('check');
  expect(npmWasCalled()).toBe(true);
});

it('does not install what was installed by hand', () => {
  npmInstalls();
  const modules = path.join(clone, 'node_modules');
  mkdirSync(path.join(modules, 'node/bin'), { recursive: true });
  symlinkSync(process.execPath, path.join(modules, 'node/bin/node'));
  cpSync(path.join(clone, 'package-lock.json'), path.join(modules, '.package-lock.json'));
  expect([run('check').status, npmWasCalled()]).toEqual([0, false]);
});

it('installs a workspace’s own version of a package, in its folder', () => {
  npmInstalls();
  run('check');
  rmSync(path.join(clone, 'npm-calls'));
  writeLock('1.0.0', { 'deploy/local': {}, 'deploy/local/node_modules/pure-rand': { version: '8.0.0' } });
  run('check');
  expect(npmWasCalled()).toBe(true);
});

describe('where the terminal is set up for production', () => {
  it('also installs development packages, even if npm’s configuration omits them', () => {
    npmInstalls();
    run('check');
    expect(read('npm-calls')).toMatch(/^ci --include=dev /m);
  });

  it('decides itself what is built for production', () => {
    npmInstalls();
    writeFileSync(path.join(clone, 'deploy/check.mjs'), 'console.log(process.env.NODE_ENV)');
    const { stdout } = spawnSync(process.execPath, command('check'), {
      encoding: 'utf8',
      env: { ...environment(), NODE_ENV: 'production' },
    });
    expect(stdout).toBe('undefined\n');
  });
});

it('has requests to this machine sent directly, whatever proxy the terminal has', () => {
  npmInstalls();
  writeFileSync(path.join(clone, 'deploy/check.mjs'), 'console.log(process.env.NO_PROXY, process.env.no_proxy)');
  const withoutProxy = (more: object) =>
    spawnSync(process.execPath, command('check'), { encoding: 'utf8', env: { ...environment(), ...more } }).stdout;
  expect(withoutProxy({})).toBe('localhost,127.0.0.1 localhost,127.0.0.1\n');
  expect(withoutProxy({ NO_PROXY: 'intranet.example' })).toBe(
    'intranet.example,localhost,127.0.0.1 intranet.example,localhost,127.0.0.1\n',
  );
});

it('installs again after an interrupted installation', () => {
  npmThat('mkdir -p node_modules/half', 'exit 1');
  expect(run('check').status).toBe(1);
  npmInstalls();
  expect(run('check').status).toBe(0);
});

describe('an interrupted installation', () => {
  /** A child of npm, which ignores requests to end. */
  async function scriptOfNpm() {
    return eventually(() => {
      const identity = identityOf(Number(read('script')));
      expect(identity).toBeDefined();
      return identity!;
    });
  }
  let told: string;
  /** @returns the processes, once npm is at work */
  function start(file: string, args: string[], variables: Record<string, string> = {}) {
    const script = `trap "" TERM HUP INT; echo $$ > ${clone}/script; while [ -e ${clone}/script ]; do sleep 0.1; done`;
    npmThat('[ "$1" = ping ] && exit', `sh -c '${script}'`);
    const running = spawn(file, args, { env: { ...environment(), ...variables } });
    told = '';
    running.stderr.on('data', (chunk) => (told += chunk));
    return running;
  }
  function expectBrokenOff(script: ProcessIdentity) {
    expect(isRunning(script)).toBe(false);
    expect(told).toMatch(/\nInterrupted; the next run starts from scratch\.\n$/);
    npmInstalls();
    expect(run('check').status).toBe(0);
  }

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    'ends immediately on %s, with all that npm started',
    async (signal) => {
      const running = start(process.execPath, command('check'));
      const script = await scriptOfNpm();
      running.kill(signal);
      expect(await once(running, 'close')).toEqual([130, null]);
      expectBrokenOff(script);
    },
  );

  it('also ends when npm ends the shell between them, which forwards nothing', async () => {
    const line = command('check').map((word) => `'${word}'`);
    const shell = start('sh', ['-c', `'${process.execPath}' ${line.join(' ')}; true`], {
      npm_lifecycle_event: 'check',
    });
    const script = await scriptOfNpm();
    shell.kill('SIGTERM');
    // Its output closes once no process holds it anymore.
    expect(await once(shell, 'close')).toEqual([null, 'SIGTERM']);
    expectBrokenOff(script);
  });
});

it.each(['SIGTERM', 'SIGHUP'] as const)('a command ends on a %s that arrives at its very start', (signal) => {
  npmInstalls();
  run('check');
  writeFileSync(path.join(clone, 'deploy/check.mjs'), 'setTimeout(() => console.log("went on"), 30_000)');
  // As on a busy machine: the signal arrives before the line after its start.
  const early = path.join(clone, 'early.cjs');
  writeFileSync(
    early,
    `const processes = require('node:child_process');
     const { spawn } = processes;
     processes.spawn = (...given) => {
       const child = spawn(...given);
       process.kill(process.pid, '${signal}');
       return child;
     };
     require('node:module').syncBuiltinESMExports();`,
  );
  const { status, stdout } = spawnSync(process.execPath, ['--require', early, ...command('check')], {
    encoding: 'utf8',
    env: environment(),
  });
  expect([status, stdout]).toEqual([130, '']);
});

it.each([
  [
    'npm error code ENOTFOUND',
    /^The packages could not be downloaded, because there is no network: connect and try again/,
  ],
  ['npm error code ENOSPC', /^The disk is full: the packages could not be written/],
  ['npm error code EACCES', /^The packages could not be written: .* is not writable for this user/],
  ['npm error something else', /^The packages could not be installed .*:\nnpm error something else/],
])('says in one sentence what is wrong when npm says "%s"', (words, sentence) => {
  npmThat(`echo "${words}" >&2`, 'exit 1');
  const { status, stderr } = run('check');
  expect(status).toBe(1);
  expect(stderr.replace(/^Installing.*\n/, '')).toMatch(sentence);
  expect(stderr).not.toContain('    at ');
});

describe('without a network, where npm would retry each package for many minutes', () => {
  const unreachable = 'if [ "$1" = ping ]; then echo "npm error code EAI_AGAIN" >&2; exit 1; fi';

  it('says so immediately', () => {
    npmThat(unreachable, 'case "$*" in *--offline*) echo "npm error code ENOTCACHED" >&2; exit 1;; esac', 'sleep 600');
    const { status, stderr } = run('check');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /\nThe packages could not be downloaded, because there is no network: connect and try again/,
    );
  });

  it('installs from npm’s cache', () => {
    npmInstalls(unreachable);
    expect(run('check').status).toBe(0);
    expect(read('npm-calls')).toMatch(/^ping .*\nci .*--offline\n$/);
  });
});

it('names the folder that npm may not write to, such as its own cache', () => {
  npmThat('echo "npm error code EACCES" >&2', 'echo "npm error path /home/ana/.npm/_cacache/tmp" >&2', 'exit 1');
  expect(run('check').stderr).toMatch(
    /^The packages could not be written: \/home\/ana\/\.npm\/_cacache\/tmp is not writable for this user/m,
  );
});

it('installs with npm although Yarn started it', () => {
  npmInstalls();
  const yarn = path.join(clone, 'yarn.js');
  writeFileSync(yarn, 'process.exit(1)');
  const { status } = spawnSync(process.execPath, command('check'), { env: { ...environment(), npm_execpath: yarn } });
  expect([status, npmWasCalled()]).toEqual([0, true]);
});

it('installs although npm is strict about the engine, which is not the one that the packages run on', () => {
  npmInstalls();
  run('check');
  expect(read('npm-calls')).toMatch(/^ci .*--engine-strict=false /m);
});

it('goes on although nobody reads its messages anymore, as after `2>&1 | head`', async () => {
  npmInstalls('while [ ! -e closed ]; do sleep 0.1; done');
  provideBuild();
  const running = spawn(process.execPath, command('build'), { env: environment() });
  await once(running.stderr, 'data');
  running.stderr.destroy();
  writeFileSync(path.join(clone, 'closed'), '');
  expect(await once(running, 'exit')).toEqual([0, null]);
});

describe('beside another command that installs or builds in the same clone', () => {
  it('waits for it, and does not install again', async () => {
    npmInstalls('while [ ! -e finish ]; do sleep 0.1; done');
    const first = spawn(process.execPath, command('check'), { env: environment() });
    await once(first.stderr, 'data');
    const second = spawn(process.execPath, command('check'), { env: environment() });
    const [words] = (await once(second.stderr.setEncoding('utf8'), 'data')) as [string];
    writeFileSync(path.join(clone, 'finish'), '');
    expect(words).toBe('Waiting for another command, which is installing or building in this clone …\n');
    expect(await Promise.all([once(first, 'exit'), once(second, 'exit')])).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(read('npm-calls').match(/^ci/gm)).toHaveLength(1);
  });

  it('does not wait for one that was killed', () => {
    npmInstalls();
    mkdirSync(path.join(clone, '.local'));
    const busy = path.join(clone, '.local/busy');
    writeFileSync(busy, '');
    utimesSync(busy, 0, 0);
    expect([run('check').status, existsSync(busy)]).toEqual([0, false]);
  });
});

describe('on a Node for which npm leaves out binaries', () => {
  /** npm, which notes on which Node it would run. */
  const noting = () =>
    npmInstalls(
      `command -v node >> ${clone}/nodes`,
      `case "$1" in install) mkdir -p ${clone}/.local/node/node_modules/node/bin; ln -s ${process.execPath} ${clone}/.local/node/node_modules/node/bin/node; exit;; esac`,
    );
  function runOn(version: string) {
    const other = path.join(clone, 'other.cjs');
    writeFileSync(
      other,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
    );
    const { status, stderr } = spawnSync(process.execPath, ['--require', other, ...command('check')], {
      encoding: 'utf8',
      env: environment(),
    });
    return { status, stderr };
  }
  const calls = () =>
    read('npm-calls')
      .split('\n')
      .map((line) => line.split(' ')[0]);

  it.each(['20.0.0', '20.18.3', '21.7.3', '22.11.0'])('the packages are installed on Node 24: %s', (version) => {
    noting();
    expect(runOn(version).status).toBe(0);
    expect(calls()).toEqual(['ping', 'install', 'ci', '']);
    expect(read('npm-calls')).toMatch(/^install node@1\.0\.0 --no-save --prefix .*\/\.local\/node /m);
    expect(read('nodes').split('\n')[2]).toBe(path.join(clone, '.local/node/node_modules/node/bin/node'));
  });

  it.each(['20.19.0', '22.12.0', '23.0.0', '24.0.0', '26.10.0'])('which others are not: %s', (version) => {
    noting();
    expect(runOn(version).status).toBe(0);
    expect(calls()).toEqual(['ping', 'ci', '']);
  });

  it('no other binary of the lock needs a newer Node', () => {
    const lock = readFileSync(path.resolve(import.meta.dirname, '../../../package-lock.json'), 'utf8');
    const { packages } = JSON.parse(lock) as {
      packages: Record<string, { os?: string[]; engines?: { node: string } }>;
    };
    const needed = Object.values(packages).flatMap(({ os, engines }) => (os && engines ? [engines.node] : []));
    expect(new Set(needed.filter((range) => /(?<![.\d])2\d\./.test(range)))).toEqual(
      new Set(['^20.19.0 || >=22.12.0']),
    );
  });

  it('an older one is refused', () => {
    noting();
    expect(runOn('18.20.8')).toEqual({
      status: 1,
      stderr: 'Node.js 18.20.8 is too old: install Node.js 20 or newer from nodejs.org.\n',
    });
  });
});

it('builds before the tests, and passes on a person’s arguments', () => {
  npmInstalls();
  for (const [file, code] of [
    ['node_modules/typescript/bin/tsc', 'console.log("built")'],
    ['node_modules/vite/bin/vite.js', 'console.log("built", process.argv.slice(2).join(" "))'],
    ['deploy/bundle.mjs', 'console.log("bundled")'],
    ['node_modules/jest/bin/jest.js', 'console.log(process.argv.slice(2).join(" "))'],
  ] as const) {
    mkdirSync(path.dirname(path.join(clone, file)), { recursive: true });
    writeFileSync(path.join(clone, file), code);
  }
  const { status, stdout, stderr } = run('test', 'libs/lifecycle');
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'libs/lifecycle --reporters=default --reporters=<rootDir>/deploy/local/progress.mjs\n',
  });
  expect(stderr).toMatch(/^Installing .*\nBuilding …\nBuilding the console …\nBundling the processes …\n$/);
});

it('compiles before it generates the documents, and builds nothing else', () => {
  npmInstalls();
  provideBuild();
  writeFileSync(path.join(clone, 'deploy/contract-documents.mjs'), 'console.log("generated")');
  const { status, stdout, stderr } = run('docs');
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'generated\n' });
  expect(stderr).toMatch(/^Installing .*\nBuilding …\n$/);
});

it('builds despite the dangling link that an editor keeps beside an unsaved file', () => {
  npmInstalls();
  provideBuild();
  for (const folder of ['workflows', 'services/console'])
    symlinkSync('somebody@machine.4711:1764000000', path.join(clone, folder, '.#main.ts'));
  expect(run('build')).toMatchObject({ status: 0, stdout: '' });
});

it('does not run a command without arguments if somebody asks for its help', () => {
  const { status, stderr } = run('tour', '--help');
  expect({ status, npmWasCalled: npmWasCalled() }).toEqual({ status: 1, npmWasCalled: false });
  expect(stderr).toMatch(/^--help is not known: this command takes no arguments\./);
});

it('lets a command with a usage of its own answer --help', () => {
  npmInstalls();
  provideBuild();
  mkdirSync(path.join(clone, 'deploy/operate/dist'), { recursive: true });
  writeFileSync(path.join(clone, 'deploy/operate/dist/rebuild.js'), 'console.log(process.argv.slice(2).join())');
  expect(run('rebuild', '--help')).toMatchObject({ status: 0, stdout: '--help\n' });
});

it('runs every npm script, and lists them', () => {
  const { status, stderr } = run('stat');
  const [, listed] = /^There is no command "stat": there are (.+)\.\n$/.exec(stderr)!;
  const { scripts } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8'));
  const lines = Object.values<string>(scripts);
  expect(status).toBe(1);
  const commands = lines.map((line) => /^node deploy\/local\/run\.mjs (\S+)/.exec(line)?.[1] ?? line);
  expect(listed!.split(', ')).toEqual(expect.arrayContaining(commands));
  expect(commands.length).toBeGreaterThan(5);
});
