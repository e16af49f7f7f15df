import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';

/** A folder that is made when it is first needed: whole or not at all, and whoever needs it at the same time has the same one. */
export async function madeOnce(folder: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  try {
    await make(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // Else another process was quicker.
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
