/** Records the histories anew: the specs of both workflows, each branch of which keeps its own. */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;
for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(path.join(folder, file));
const jest = path.resolve(folder, '../../node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', jest, '(application|subscription)[.]int'],
  {
    cwd: path.resolve(folder, '../..'),
    stdio: 'inherit',
    env: { ...process.env, RECORD_HISTORIES: '1' },
  },
);
process.exit(status ?? 1);
