import { readFileSync } from 'node:fs';
import { Stop } from '@tenure/platform/command/stop';

/** A file that the person at the terminal named. @throws Stop */
export function readTypedFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Stop(`There is no file ${file}.`);
    throw new Stop(`${file} cannot be read: ${(error as Error).message}.`);
  }
}
