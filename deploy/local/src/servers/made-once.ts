import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';

/** A folder that is created at its first use: completely or not at all, and the same for concurrent processes. */
export async function madeOnce(folder: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  try {
    await make(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // Otherwise another process was faster.
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
