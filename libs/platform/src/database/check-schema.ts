import type { MikroORM } from '@mikro-orm/postgresql';
import type { Database } from './database.js';
import { isDatabaseUnreachable } from './errors.js';

/**
 * Ends the start of a process whose migrations have not run, or whose role is another one than its service's, such as
 * the owner, who sees no rows: NATS would give it requests, which fail, as fast as to an instance that works. It starts
 * although the database cannot be asked now, which `/ready` then says.
 */
export async function checkSchema(orm: MikroORM, database: Database): Promise<void> {
  const ask = <R extends object>(sql: string, parameters: unknown[] = []): Promise<R[]> =>
    database.rowsAsService<R>(sql, parameters).catch((error: unknown) => {
      if (isDatabaseUnreachable(error)) return [];
      throw error;
    });
  const [connected] = await ask<{ role: string }>('select current_user as role');
  if (connected && connected.role !== database.service)
    throw new Error(
      `DATABASE_URL signs in as the role ${connected.role}, but it has to be ${database.service} (deploy/postgres/README.md).`,
    );
  const needed = [...orm.getMetadata().getAll().values()].map(({ tableName, props }) => ({
    table: tableName,
    columns: props.filter(({ persist }) => persist !== false).flatMap(({ fieldNames }) => fieldNames),
  }));
  const lacking = await ask<{ name: string }>(
    `select needed."table" || '.' || name as name
       from json_to_recordset(?::json) as needed("table" text, columns text[]), unnest(columns) as name
       where not exists (select from pg_attribute
         where attrelid = to_regclass(format('%I.%I', ?::text, needed."table")) and attname = name)`,
    [JSON.stringify(needed), database.service],
  );
  if (lacking.length > 0)
    throw new Error(
      `The schema of ${database.service} is older than this version: it lacks ${lacking[0]!.name}. Run the migrations first (docs/operations/deploying.md).`,
    );
}
