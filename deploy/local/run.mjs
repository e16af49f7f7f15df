/**
 * The entry point of every npm script. It works on Node 20 with nothing installed: it installs the packages, continues
 * on Node 24 (the npm package `node`), builds if something changed, and runs the command.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const local = path.join(repository, '.local');
const modules = path.join(repository, 'node_modules');
const bin = path.join(modules, '.bin');
const beganAt = Date.now();
const GIGABYTE = 1024 ** 3;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** npm's errors if it reached no server. */
const nobodyAnswers = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i;
const npmsWords = '(npm’s output is in .local/logs/install.log)';
const noNetwork = `The packages could not be downloaded, because there is no network: connect and try again ${npmsWords}.`;

/**
 * What each command runs, and what it needs: `build` is all that a stack on this machine runs (most tests run from
 * source, some start a stack), `compile` only the code.
 */
const commands = {
  start: withoutArguments('local/start'),
  dev: withoutArguments('local/dev'),
  token: compiled('local/token'),
  reset: compiled('local/reset'),
  members: compiled('operate/members'),
  catalog: compiled('operate/catalog'),
  services: compiled('operate/services'),
  'nats-users': compiled('operate/nats-users'),
  events: compiled('operate/events'),
  import: compiled('operate/import'),
  export: compiled('operate/export'),
  'make-accounts': compiled('trials/make-accounts'),
  verify: compiled('operate/verify'),
  rebuild: compiled('operate/rebuild'),
  restore: compiled('operate/restore'),
  retention: compiled('operate/retention'),
  tour: withoutArguments('trials/tour'),
  screenshots: compiled('trials/screenshots'),
  emails: compiled('trials/emails'),
  bench: withoutArguments('trials/bench'),
  'bench-licensing': withoutArguments('trials/bench-licensing'),
  'bench-zones': withoutArguments('trials/bench-zones'),
  'bench-console': withoutArguments('trials/bench-console'),
  'bench-emails': compiled('trials/bench-emails'),
  'drill-outage': withoutArguments('trials/drill-outage'),
  'drill-kills': compiled('trials/drill-kills'),
  build: { build: true },
  test: {
    build: true,
    run: ['node_modules/jest/bin/jest.js'],
    // User arguments come first: Jest takes whatever follows a reporter for another one.
    afterArguments: ['--reporters=default', '--reporters=<rootDir>/deploy/local/progress.mjs'],
  },
  check: { run: ['deploy/check.mjs'] },
  docs: { compile: true, run: ['deploy/contract-documents.mjs'] },
  'release-contract': { compile: true, run: ['deploy/contract-growth.mjs', '--release'] },
  format: { run: ['node_modules/oxfmt/bin/oxfmt', '.'] },
  nx: { run: ['node_modules/nx/dist/bin/nx.js'] },
};

/** @param file in a folder of `deploy`, such as `local/start` */
function compiled(file) {
  return { build: true, run: [`deploy/${file.replace('/', '/dist/')}.js`] };
}

/** These commands take minutes or change data: asking for help must not start them. */
function withoutArguments(file) {
  return { ...compiled(file), takesNone: true };
}

const readmeOf = ({ run: [file] }) => `${file.split('/dist/')[0]}/README.md`;

/** Ends with one sentence for the person at the terminal; details are in a log. */
class Stop extends Error {
  exitCode = 1;
}
class BrokenOff extends Stop {
  exitCode = 130;
}

if (process.env.npm_lifecycle_event !== undefined) endWithShell(process.ppid);
// The reader of the messages may have closed them, as in `npm start 2>&1 | head`: the work goes on.
process.stderr.on('error', () => {});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}

async function main([name = '', ...args]) {
  if (versionOfNode().major < 20)
    throw new Stop(`Node.js ${process.versions.node} is too old: install Node.js 20 or newer from nodejs.org.`);
  const command = commands[name];
  if (!command) throw new Stop(`There is no command "${name}": there are ${Object.keys(commands).join(', ')}.`);
  if (args.length > 0 && command.takesNone)
    throw new Stop(
      `${args.join(' ')} is not known: this command takes no arguments. ${readmeOf(command)} describes it and the variables that it reads.`,
    );
  try {
    fs.mkdirSync(path.join(local, 'logs'), { recursive: true });
  } catch (error) {
    throw new Stop(folderSentence(error, local));
  }
  const node = await alone(async () => {
    await install();
    const node = node24();
    if (command.build) await build(node);
    if (command.compile) await compile(node, fingerprintOfCode());
    return node;
  });
  if (!command.run) return 0;
  if (!fs.existsSync(path.join(repository, command.run[0]))) throw new Stop(`${command.run[0]} is missing.`);
  const environment = { ...process.env, TENURE_BEGAN_AT: String(beganAt) };
  return hand(node, [...command.run, ...args, ...(command.afterArguments ?? [])], environment);
}

function versionOfNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return { major, minor };
}

/**
 * Does work that writes into the clone while no other command does such work, such as `npm test` in a second terminal.
 * The file is touched every second, so that one which a killed command has left is recognized.
 */
async function alone(work) {
  const file = path.join(local, 'busy');
  for (let waits = false; !create(file); waits = true) {
    const touched = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Math.abs(Date.now() - touched) > 10_000) fs.rmSync(file, { force: true });
    if (!waits) say('Waiting for another command, which is installing or building in this clone …');
    await delay(200);
  }
  const touch = setInterval(() => fs.utimes(file, new Date(), new Date(), () => {}), 1_000);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    fs.rmSync(file, { force: true });
  }
}

/** @returns false if the file exists */
function create(file) {
  try {
    fs.writeFileSync(file, '', { flag: 'wx' });
  } catch (error) {
    return error.code !== 'EEXIST'; // A full disk or a read-only clone is reported by the work itself, if there is any.
  }
  return true;
}

/** Installs the packages of the lock, unless they are installed already. */
async function install() {
  const lockText = fs.readFileSync(path.join(repository, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const marker = path.join(local, 'installed');
  if (read(marker) === hash && fs.existsSync(modules)) return;
  if (isInstalled(JSON.parse(lockText))) return void fs.writeFileSync(marker, hash);

  const { bavail, bsize } = fs.statfsSync(repository);
  if (bavail * bsize < 1.5 * GIGABYTE)
    throw new Stop(
      `The disk is nearly full: the packages need 1.5 GB, and ${((bavail * bsize) / GIGABYTE).toFixed(1)} GB are left at ${repository}.`,
    );
  say('Installing the packages (the first time, this takes a minute) …');
  fs.rmSync(marker, { force: true });
  const offline = (await isOffline(npmOn(process.execPath))) ? ['--offline'] : [];
  // The packages run on Node 24, so the engine that a strict npm would compare with theirs is the wrong one.
  const settings = ['--include=dev', '--engine-strict=false', '--no-audit', '--no-fund', '--no-update-notifier'];
  const npm = async (node, ...words) => {
    const command = [...npmOn(node), ...words, ...settings, '--loglevel=error', ...offline];
    const { code, output } = await watched(command, 'install', 'the packages');
    if (code !== 0) throw new Stop(offline.length > 0 ? noNetwork : installSentence(output));
  };
  let node = process.execPath;
  if (leavesOutBinaries(versionOfNode())) {
    const folder = path.join(local, 'node');
    await npm(
      node,
      'install',
      `node@${JSON.parse(lockText).packages['node_modules/node'].version}`,
      '--no-save',
      '--prefix',
      folder,
    );
    node = packagedNode(path.join(folder, 'node_modules'));
    process.env.PATH = [path.dirname(node), process.env.PATH].join(path.delimiter);
  }
  await npm(node, 'ci');
  fs.writeFileSync(marker, hash);
}

/**
 * npm leaves out optional packages that do not support the Node that it runs on: on these, the binaries of Rolldown,
 * oxlint and oxfmt.
 */
function leavesOutBinaries({ major, minor }) {
  return (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12);
}

/** The command that runs npm on this Node. */
function npmOn(node) {
  const { npm_execpath: startedBy } = process.env; // Also set by Yarn and pnpm.
  return startedBy?.endsWith('npm-cli.js') ? [node, startedBy] : ['npm'];
}

/** npm writes a lock of its own at the end of an installation. Only optional packages may be missing in it. */
function isInstalled(lock) {
  const hidden = read(path.join(modules, '.package-lock.json'));
  if (!hidden) return false;
  const there = JSON.parse(hidden).packages;
  return Object.entries(lock.packages).every(([at, wanted]) => {
    if (!at.includes('node_modules/')) return true; // A workspace.
    const found = there[at];
    if (!found) return Boolean(wanted.optional || wanted.devOptional || wanted.peer);
    return wanted.link === true || (found.version === wanted.version && found.integrity === wanted.integrity);
  });
}

/** An offline `npm ci` retries each package for many minutes; a single ping fails immediately. */
async function isOffline(npm) {
  const once = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=20000'];
  const { code, output } = await watched([...npm, 'ping', ...once, '--loglevel=error'], 'ping', 'the network');
  return code !== 0 && nobodyAnswers.test(output);
}

function installSentence(output) {
  if (/ENOSPC/.test(output)) return `The disk is full: the packages could not be written ${npmsWords}.`;
  if (/EACCES|EPERM|EROFS/.test(output)) {
    const denied = /^npm (?:error|ERR!) path (.+)$/m.exec(output)?.[1] ?? repository;
    return `The packages could not be written: ${denied} is not writable for this user ${npmsWords}.`;
  }
  if (nobodyAnswers.test(output)) return noNetwork;
  return `The packages could not be installed ${npmsWords}:\n${output.trim().split('\n').slice(-5).join('\n')}`;
}

/** Node 24, which everything else runs under. */
function node24() {
  const packaged = packagedNode(modules);
  if (fs.existsSync(packaged)) return packaged;
  if (versionOfNode().major >= 24) return process.execPath;
  throw new Stop(
    'Node.js 24 is missing in node_modules, because npm does not run install scripts here. Run "npm rebuild node --ignore-scripts=false", or use Node.js 24.',
  );
}

function packagedNode(folder) {
  return path.join(folder, 'node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Compiles the code and, in parallel, builds the console, which reads no compiled code; each only if its sources
 * changed since the last time.
 */
async function build(node) {
  await Promise.all([
    buildCode(node),
    buildPart({
      name: 'built-console',
      says: 'Building the console …',
      what: 'the console',
      fingerprint: fingerprintOf(['services/console', 'libs/contracts/src', 'libs/lifecycle/src'], /./),
      result: 'services/console/dist/index.html',
      command: [node, 'node_modules/vite/bin/vite.js', 'build', 'services/console', '--logLevel', 'warn'],
    }),
  ]);
}

function fingerprintOfCode() {
  return fingerprintOf(
    ['libs', 'services', 'workflows', 'deploy/local', 'deploy/operate', 'deploy/trials'],
    /\.(tsx?|json)$/,
  );
}

async function compile(node, fingerprint) {
  await buildPart({
    name: 'built',
    says: 'Building …',
    what: 'the code',
    fingerprint,
    result: 'deploy/local/dist/start.js',
    // Each checker works out the types that files share anew: four, the default, took twice the processor time.
    command: [node, 'node_modules/typescript/bin/tsc', '-b', '--checkers', '1'],
  });
}

/** Compiles, then bundles each process. */
async function buildCode(node) {
  const fingerprint = fingerprintOfCode();
  await compile(node, fingerprint);
  await buildPart({
    name: 'bundled',
    says: 'Bundling the processes …',
    what: 'the processes',
    fingerprint,
    result: 'services/gateway/dist/main.bundle.js',
    command: [node, 'deploy/bundle.mjs'],
  });
}

async function buildPart({ name, says, what, fingerprint, result, command }) {
  const marker = path.join(local, name);
  if (read(marker) === fingerprint && fs.existsSync(path.join(repository, result))) return;
  say(says);
  fs.rmSync(marker, { force: true });
  const { code, output } = await watched(command, name, what);
  if (/ENOSPC/.test(output)) throw new Stop(`The disk is full: ${what} could not be written.`);
  if (code !== 0)
    throw new Stop(
      `${what[0].toUpperCase()}${what.slice(1)} could not be built:\n${output.trim().split('\n').slice(0, 20).join('\n')}`,
    );
  fs.writeFileSync(marker, fingerprint);
}

/** Changes with any file of these folders that a build reads. */
function fingerprintOf(folders, names) {
  const digest = createHash('sha256');
  const add = (file) => {
    // An editor's lock is a dangling link, and its temporary files may be gone again.
    const found = fs.statSync(file, { throwIfNoEntry: false });
    if (!found) return;
    const { size, mtimeMs } = found;
    digest.update(`${file} ${size} ${mtimeMs}\n`);
  };
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!['node_modules', 'dist'].includes(entry.name)) walk(file);
      } else if (names.test(entry.name) && !entry.name.endsWith('.tsbuildinfo')) add(file);
    }
  };
  for (const folder of folders) walk(path.join(repository, folder));
  for (const file of ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json', 'deploy/bundle.mjs'])
    add(path.join(repository, file));
  return digest.digest('hex');
}

/**
 * Runs something that takes a while. Its output goes to a log, and every ten seconds a line reports that it is still
 * running. If this process is stopped, it first stops the command with all that it started, such as npm's scripts, so
 * that nothing keeps writing into the clone.
 */
function watched([command, ...args], name, what) {
  const started = Date.now();
  const hasGroups = process.platform !== 'win32';
  const tick = setInterval(() => say(`… ${what}, ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  return new Promise((resolve, reject) => {
    let isBrokenOff = false;
    const breakOff = () => {
      isBrokenOff = true;
      if (!hasGroups || child.pid === undefined) return void child.kill();
      try {
        // On SIGTERM npm first removes what it has installed, for minutes, which is unnecessary.
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // All of it has already ended.
      }
    };
    // Registered before the spawn: on a busy machine a signal may arrive between the spawn and the next line.
    for (const signal of signals) process.on(signal, breakOff);
    const child = spawn(command, args, {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environmentFor(process.env),
      detached: hasGroups,
      shell: !hasGroups,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const end = (code) => {
      clearInterval(tick);
      for (const signal of signals) process.off(signal, breakOff);
      try {
        fs.writeFileSync(path.join(local, 'logs', `${name}.log`), output);
      } catch {
        // The output itself reports a full disk.
      }
      if (isBrokenOff) reject(new BrokenOff('Interrupted; the next run starts from scratch.'));
      else resolve({ code, output });
    };
    child.once('error', (error) => ((output += error.message), end(1)));
    child.once('close', (code, signal) => end(signal ? 1 : code));
  });
}

/** npm forwards a signal to the shell with which it started this process, and the shell ends without forwarding it. */
function endWithShell(shell) {
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  look.unref();
}

/** Runs the command on this terminal, and exits with its code. The command receives Ctrl-C itself. */
function hand(node, args, environment) {
  // Registered before the spawn, as above.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const child = spawn(node, args, { cwd: repository, stdio: 'inherit', env: environmentFor(environment) });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 130 : code));
  });
}

/**
 * Puts the tools of the packages first on the path, including Node 24. The compile cache is kept, since all processes
 * load much the same code. NODE_ENV is not passed on: a terminal's would decide what npm installs and which React the
 * console is built with. With NODE_USE_ENV_PROXY, Node would send even requests to this machine to the terminal's proxy.
 */
function environmentFor(environment) {
  const noProxy = [environment.no_proxy || environment.NO_PROXY, 'localhost', '127.0.0.1'].filter(Boolean).join(',');
  return {
    NODE_COMPILE_CACHE: path.join(local, 'compiled'),
    ...environment,
    NODE_ENV: undefined,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    PATH: [bin, environment.PATH].filter(Boolean).join(path.delimiter),
  };
}

function folderSentence(error, folder) {
  if (error.code === 'ENOSPC') return `The disk is full: ${folder} could not be created.`;
  return `The folder ${folder} cannot be written (${error.code}): use a clone that belongs to you.`;
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** On standard error, so that standard output has only the command's output. */
function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
