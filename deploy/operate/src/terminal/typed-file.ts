import { readFileSync } from 'node:fs';
import { Stop } from '@tenure/platform/command/stop';

/** The file that the person at the terminal named; undefined if none. @throws Stop if there are several */
export function typedFile([file, ...more]: readonly string[], usage: string): string | undefined {
  if (more.length > 0) throw new Stop(`One file at a time.\n\n${usage}`);
  return file;
}

/** The same, for a command that needs one. @throws Stop */
export function neededFile(words: readonly string[], usage: string): string {
  const file = typedFile(words, usage);
  if (file === undefined) throw new Stop(`The file is missing.\n\n${usage}`);
  return file;
}

/** @throws Stop */
export function readTypedFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Stop(`There is no file ${file}.`);
    throw new Stop(`${file} cannot be read: ${(error as Error).message}.`);
  }
}
