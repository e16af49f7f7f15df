import { defineConfig, type EntitySchema, type Options, type PolicyDef } from '@mikro-orm/postgresql';
import { Migrator, type Migration } from '@mikro-orm/migrations';
import { parse, type ConnectionOptions } from 'pg-connection-string';
import { ConfigurationError } from '../process/variable.js';

/** What `defineEntity` returns, or a class made from it. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Entities = readonly (EntitySchema<any> | (abstract new (...args: any[]) => any))[];
export type Migrations = readonly (new (...args: ConstructorParameters<typeof Migration>) => Migration)[];

/** A service's part of the database; its schema has the name of the service. */
export interface ServiceDatabase {
  service: string;
  entities: Entities;
  /** In the order of application; recorded by class name. */
  migrations?: Migrations;
}

/**
 * Settings for short queries that indexes in memory answer: no sequential scan because a disk would seek slowly, no
 * parallel workers or JIT that cost more than the query, and memory for sorting. Prepared statements always use a
 * generic plan: by default PostgreSQL planned each execution with a list of ids, because a generic plan expects ten.
 */
const settings =
  '-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c jit=off -c work_mem=16MB -c plan_cache_mode=force_generic_plan';

/**
 * How long an unused connection is kept, in milliseconds. A new connection plans each statement again, so this is
 * longer than people pause to read a page.
 */
const KEPT_MS = 60_000;

/**
 * MikroORM's options for one service: its own schema, connected as the role in `url`.
 * @param options.patience how long a statement may take, and how long a transaction may be idle, in milliseconds; 0 is
 * unlimited
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
      onPoolCreated: readingTlsAgain(url),
      connectionTimeoutMillis: 5_000,
      application_name: service,
      options: `${settings} -c statement_timeout=${patience} -c idle_in_transaction_session_timeout=${patience}`,
      // For `Connection`. If a server disappears silently and another takes its place, only TCP would end the wait: after
      // hours.
      answersWithinMs: patience && patience + 2_000,
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
    // Created by `outboxMigration`, with policies that name the service's roles.
    schemaGenerator: { skipTables: ['outbox', 'migrations'] },
  }) as Options;
}

/**
 * The TLS options in the address (`?sslmode=verify-full&sslrootcert=…`). MikroORM reads only host, user and database
 * from it, and would connect without TLS. Every mode except `disable` and `no-verify` verifies the server's
 * certificate.
 * @throws ConfigurationError if a certificate file that it names cannot be read
 */
function tlsOf(url: string): ConnectionOptions['ssl'] {
  try {
    return parse(url).ssl;
  } catch (error) {
    const { path } = error as NodeJS.ErrnoException;
    if (path === undefined) throw error;
    throw new ConfigurationError([`The database's address names a certificate file that cannot be read: ${path}.`]);
  }
}

/**
 * Has each new connection use the certificate files as they are then, so that what is renewed there needs no restart;
 * as they were, while they cannot be read.
 */
function readingTlsAgain(url: string): (pool: { options: object }) => void {
  let ssl = tlsOf(url);
  const get = () => {
    try {
      ssl = tlsOf(url);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
    }
    return ssl;
  };
  return ({ options }) => Object.defineProperty(options, 'ssl', { enumerable: true, get });
}

/**
 * The row-level security of every table with an `organizationId`: the service sees all rows, a member those of their
 * own organization. Two roles with one policy each, because a single policy with "own or all" prevents the use of
 * indexes.
 */
export function organizationPolicies(service: string): PolicyDef[] {
  const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;
  return [
    { name: 'service', roles: [service], using: 'true', check: 'true' },
    { name: 'own_organization', roles: [`${service}_member`], using: own, check: own },
  ];
}
