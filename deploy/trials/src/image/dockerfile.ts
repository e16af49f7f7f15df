import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '@tenure/local/folders';

/** One stage of `deploy/Dockerfile`. */
export interface Stage {
  name: string;
  /** The image or stage that it is based on. */
  from: string;
  /** Such as `RUN npm ci`, each on one line. */
  instructions: string[];
}

export const stages = readStages(readFileSync(path.join(repository, 'deploy/Dockerfile'), 'utf8'));

export function stage(name: string): Stage {
  const found = stages.find((one) => one.name === name);
  if (!found) throw new Error(`deploy/Dockerfile has no stage ${name}.`);
  return found;
}

/** The stages of a target: itself, the stage that it is based on, and so on. */
export function layers(target: string): Stage[] {
  const top = stage(target);
  return stages.some(({ name }) => name === top.from) ? [...layers(top.from), top] : [top];
}

/** The stages whose installed packages a target copies. */
export function installsOf(target: string): Stage[] {
  return layers(target)
    .flatMap(copies)
    .filter(({ from, paths }) => from !== undefined && paths.includes('/tenure'))
    .map(({ from }) => stage(from!));
}

/** The folders of our packages whose dependencies a stage installs. */
export function packagesIn(install: Stage): string[] {
  return inClone(copies(install).flatMap(({ paths }) => paths))
    .filter((file) => file.includes('/'))
    .map((file) => path.dirname(file));
}

/** What a target copies from the build stage: build results and packages. */
export function builtIn(target: string): string[] {
  return inClone(patternsOf(target));
}

/** What a target should copy from the build stage but is missing in this clone. */
export function missingIn(target: string): string[] {
  return patternsOf(target).filter((pattern) => inClone([pattern]).length === 0);
}

/** The folders that a target copies from the clone unchanged. */
export function takenAsTheyAre(target: string): string[] {
  return layers(target)
    .flatMap(copies)
    .filter(({ from }) => from === undefined)
    .flatMap(({ paths }) => paths);
}

/** The folders of our packages whose compiled code a target has. */
export function codeIn(target: string): string[] {
  return builtIn(target)
    .filter((place) => place.endsWith('/dist'))
    .map((place) => path.dirname(place));
}

function patternsOf(target: string): string[] {
  const built = layers(target)
    .flatMap(copies)
    .filter(({ from }) => from === 'build');
  return built.flatMap(({ paths }) => paths.map((one) => one.replace('/tenure/', '')));
}

function copies({ instructions }: Stage): { from: string | undefined; paths: string[] }[] {
  return instructions
    .map((line) => line.split(/\s+/))
    .filter(([instruction]) => instruction === 'COPY')
    .map(([, ...words]) => ({
      from: words.find((word) => word.startsWith('--from='))?.slice('--from='.length),
      paths: words.filter((word) => !word.startsWith('--')).slice(0, -1),
    }));
}

function inClone(patterns: string[]): string[] {
  return globSync(patterns, { cwd: repository }).toSorted();
}

function readStages(text: string): Stage[] {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
  const read: Stage[] = [];
  for (const line of lines) {
    const [, from, name] = /^FROM (\S+) AS (\S+)$/.exec(line) ?? [];
    if (from && name) read.push({ name, from, instructions: [] });
    else read.at(-1)!.instructions.push(line);
  }
  return read;
}
