import { createHash } from 'node:crypto';
import path from 'node:path';
import { localFolder } from '../folders.js';
import { findPython, installWithPip, readPin } from './binaries.js';
import { madeOnce } from './made-once.js';

/**
 * Python with a package that `binaries.txt` pins, for PYTHONPATH; downloaded the first time.
 * @throws in one sentence if there is no Python with pip
 */
export async function pythonWith(name: string): Promise<{ python: string; packages: string }> {
  const python = await findPython();
  if (!python) throw new Error(`There is no Python 3 with pip, which is needed for ${name}: install it.`);
  const { requirement, version } = readPin(name);
  const key = createHash('sha256').update(requirement).digest('hex').slice(0, 8);
  const folder = path.join(localFolder, `python-${name}-${version}-${key}`);
  const packages = await madeOnce(folder, (unfinished) => installWithPip(python, requirement, unfinished));
  return { python, packages };
}
