/** Records the histories that are missing, from the specs of the workflows; what is there stays. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');
const jest = path.join(repository, 'node_modules/jest/bin/jest.js');
const specs = 'workflows/src/(application|subscription|policy-change)[.]int[.]spec';
const { status } = spawnSync(process.execPath, [jest, specs], {
  cwd: repository,
  stdio: 'inherit',
  env: { ...process.env, RECORD_HISTORIES: '1' },
});
process.exit(status ?? 1);
