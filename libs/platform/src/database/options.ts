import { defineConfig, type EntitySchema, type Options, type PolicyDef } from '@mikro-orm/postgresql';
import { Migrator, type Migration } from '@mikro-orm/migrations';
import { parse, type ConnectionOptions } from 'pg-connection-string';
import { ConfigurationError } from '../process/configuration.js';

/** What `defineEntity` returns, or a class made from it. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Entities = readonly (EntitySchema<any> | (abstract new (...args: any[]) => any))[];
export type Migrations = readonly (new (...args: ConstructorParameters<typeof Migration>) => Migration)[];

/** A service's part of the database: its schema is called like the service. */
export interface ServiceDatabase {
  service: string;
  entities: Entities;
  /** In the order in which they are applied; recorded by class name. */
  migrations?: Migrations;
}

/**
 * For short questions that are answered from indexes in memory: no reading of whole tables because a disk would turn
 * slowly, no processes or machine code that cost more than the question, and room to sort what was found. What is prepared
 * is planned once: for a list of ids, of which a plan that is kept expects ten, it was planned each time.
 */
const settings =
  '-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c jit=off -c work_mem=16MB -c plan_cache_mode=force_generic_plan';

/**
 * How long a connection is kept that nobody uses, in milliseconds. On a new one each statement is planned anew, so it
 * outlasts a pause in which somebody reads what is on the page.
 */
const KEPT_MS = 60_000;

/**
 * MikroORM's options for one service: its own schema, connected as the role in `url`.
 * @param options.patience how long a statement may take, and a transaction say nothing, in milliseconds; 0 is for ever
 */
export function databaseOptions(
  { service, entities, migrations = [] }: ServiceDatabase,
  url: string,
  { connections = 10, patience = 20_000 }: { connections?: number; patience?: number } = {},
): Options {
  return defineConfig({
    clientUrl: url,
    schema: service,
    entities: [...entities] as EntitySchema[],
    pool: { min: 0, max: connections, idleTimeoutMillis: KEPT_MS },
    driverOptions: {
      keepAlive: true,
      ...tlsOf(url),
      connectionTimeoutMillis: 5_000,
      application_name: service,
      options: `${settings} -c statement_timeout=${patience} -c idle_in_transaction_session_timeout=${patience}`,
      // A server that is gone without a word, another one in its place, would be waited for as long as TCP does: hours.
      query_timeout: patience && patience + 2_000,
    },
    forceUtcTimezone: true,
    debug: false,
    extensions: [Migrator],
    migrations: {
      tableName: 'migrations',
      snapshot: false,
      migrationsList: [...migrations],
      silent: true,
    },
    // Made by `outboxMigration`, with policies that name the service's roles.
    schemaGenerator: { skipTables: ['outbox', 'migrations'] },
  }) as Options;
}

/**
 * What the address asks for of TLS (`?sslmode=verify-full&sslrootcert=…`). MikroORM reads host, user and database of it
 * alone, and would connect in the open without a word. Every mode but `disable` and `no-verify` checks whose server it is.
 * @throws ConfigurationError when a certificate that it names cannot be read
 */
function tlsOf(url: string): Pick<ConnectionOptions, 'ssl'> {
  try {
    const { ssl } = parse(url);
    return ssl === undefined ? {} : { ssl };
  } catch (error) {
    const { path } = error as NodeJS.ErrnoException;
    if (path === undefined) throw error;
    throw new ConfigurationError([`The database's address names a certificate that cannot be read: ${path}.`]);
  }
}

/**
 * Row-level security as every table with an `organizationId` has it: the service sees all rows, a member those of the
 * own organization. Two roles and two policies, because one policy with "own or all" keeps indexes from being used.
 */
export function organizationPolicies(service: string): PolicyDef[] {
  const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;
  return [
    { name: 'service', roles: [service], using: 'true', check: 'true' },
    { name: 'own_organization', roles: [`${service}_member`], using: own, check: own },
  ];
}
