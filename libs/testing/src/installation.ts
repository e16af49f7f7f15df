import type { AddedServices } from '@tenure/contracts';
import { asRole, databaseServices, type DatabaseService, type RoleName } from '@tenure/local/servers/roles';
import { eventually } from './eventually.js';
import { testNats, type TestNats } from './nats.js';
import { startOwnProcess, startOwnService, type OwnProcess } from './own-process.js';
import { shared } from './servers.js';
import { copyOf, type CopiedDatabase } from './template.js';

/** One database with the schemas of all services, each migrated by its own `migrate.ts`, as in production. */
export interface InstalledDatabase extends Pick<CopiedDatabase, 'sql' | 'close'> {
  /** The URL for one of the services' roles. */
  url(role: RoleName): string;
}

export async function installedDatabase(): Promise<InstalledDatabase> {
  const { url: superuser, passwords } = await shared('postgres');
  const { name, sql, close } = await copyOf({ superuser, passwords, template: 'installation' }, migrateAll);
  return { url: (role) => asRole(superuser, role, passwords, name), sql, close };
}

/** Runs the migrations of all services in this database of the shared server. */
export async function migrateAll(database: string): Promise<void> {
  const { url: superuser, passwords } = await shared('postgres');
  await Promise.all(
    databaseServices.map((service) => migrate(service, asRole(superuser, `${service}_owner`, passwords, database))),
  );
}

async function migrate(service: DatabaseService, ownerUrl: string): Promise<void> {
  const migrating = startOwnProcess(`services/${service}/dist/migrate.bundle.js`, { DATABASE_OWNER_URL: ownerUrl });
  const end = await migrating.ended;
  if (end !== 0) throw new Error(`The migration of ${service} ended with ${end}:\n${migrating.output()}`);
}

export interface Installation {
  nats: TestNats;
  database: InstalledDatabase;
  close(): Promise<void>;
}

/**
 * Starts services that have a database (all by default), each in its own process, wired as in production except for
 * these settings.
 * @param added services that an operator added
 */
export async function startInstallation({
  services = databaseServices,
  settings = {},
  added = {},
}: {
  services?: readonly DatabaseService[];
  settings?: Record<string, string>;
  added?: AddedServices;
} = {}): Promise<Installation> {
  const [nats, database] = await Promise.all([testNats({ added }), installedDatabase()]);
  const processes = services.map((service): [string, OwnProcess] => [
    service,
    startOwnService(service, {
      ...nats.environment(service),
      DATABASE_URL: database.url(service),
      SANDBOX: 'on',
      // No provider takes its e-mails, so they stay planned.
      RESEND_API_KEY: 're_nowhere',
      RESEND_BASE_URL: 'http://127.0.0.1:1',
      MAIL_FROM: 'Tenure <accounts@platform.example>',
      PUBLIC_URL: 'http://localhost:7300',
      ...settings,
    }),
  ]);
  const close = async () => {
    for (const [, one] of processes) one.kill('SIGKILL');
    await Promise.all(processes.map(([, one]) => one.ended));
    await Promise.all([database.close(), nats.close()]);
  };
  try {
    await eventually(() => {
      const starting = processes.filter(([service, one]) => !one.output().includes(`${service} has started.`));
      if (starting.length > 0) throw new Error(starting.map(([name, one]) => `${name}:\n${one.output()}`).join('\n'));
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { nats, database, close };
}
