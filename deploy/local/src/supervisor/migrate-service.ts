import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Stop } from '@tenure/platform/command/stop';
import type { DatabaseService, RolePasswords } from '../servers/roles.js';
import type { Stack } from './find-stack.js';
import { logFile } from './log-file.js';
import { fingerprintOf, unlessMigrated } from './migrations.js';
import { migration } from './tenure-processes.js';

const run = promisify(execFile);

/** Migrates a service's schema if its migrations changed. @throws Stop with the last lines of the migration's output */
export async function migrate(
  service: DatabaseService,
  { configuration, database }: Stack,
  passwords: RolePasswords,
): Promise<void> {
  const { script, folder, environment } = migration(service, database, passwords);
  const log = logFile(configuration, `${service}-migrate`);
  const migrateIt = async () => {
    const { stdout, stderr } = await run(process.execPath, [script], {
      env: { ...process.env, ...environment },
    });
    appendFileSync(log, stdout + stderr);
  };
  try {
    await unlessMigrated(database, { service, migrations: fingerprintOf(folder) }, migrateIt);
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    appendFileSync(log, `${stdout}${stderr}`);
    const last = `${stdout}${stderr}`.trim().split('\n').slice(-12).join('\n') || message;
    throw new Stop(`The migration of ${service} failed. The last lines of ${log}:\n${last.replace(/^/gm, '  ')}`);
  }
}
