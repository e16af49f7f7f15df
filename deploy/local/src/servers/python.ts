import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { localFolder } from '../folders.js';
import { findPython, installWithPip, readPin } from './binaries.js';

/**
 * Python with a package that `binaries.txt` pins, for PYTHONPATH; it is downloaded the first time.
 * @throws in one sentence where there is no Python with pip
 */
export async function pythonWith(name: string): Promise<{ python: string; packages: string }> {
  const python = await findPython();
  if (!python) throw new Error(`There is no Python 3 with pip, which is needed for ${name}: install it.`);
  const { requirement, version } = readPin(name);
  const key = createHash('sha256').update(requirement).digest('hex').slice(0, 8);
  const packages = path.join(localFolder, `python-${name}-${version}-${key}`);
  if (existsSync(packages)) return { python, packages };
  const unfinished = `${packages}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await installWithPip(python, requirement, unfinished);
    if (!existsSync(packages)) renameSync(unfinished, packages);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return { python, packages };
}
