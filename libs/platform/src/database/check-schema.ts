import type { MikroORM } from '@mikro-orm/postgresql';
import type { Database } from './database.js';
import { isDatabaseUnreachable } from './errors.js';

/**
 * Ends the start of a process whose migrations have not run: NATS would give it requests, which fail, as fast as to an
 * instance of the version before. It starts although the database cannot be asked now, which `/ready` then says.
 */
export async function checkSchema(orm: MikroORM, database: Database): Promise<void> {
  const needed = [...orm.getMetadata().getAll().values()].map(({ tableName, props }) => ({
    table: tableName,
    columns: props.filter(({ persist }) => persist !== false).flatMap(({ fieldNames }) => fieldNames),
  }));
  const lacking = await database
    .rowsAsService<{ name: string }>(
      `select needed."table" || '.' || name as name
         from json_to_recordset(?::json) as needed("table" text, columns text[]), unnest(columns) as name
         where not exists (select from pg_attribute
           where attrelid = to_regclass(format('%I.%I', ?::text, needed."table")) and attname = name)`,
      [JSON.stringify(needed), database.service],
    )
    .catch((error: unknown) => {
      if (isDatabaseUnreachable(error)) return [];
      throw error;
    });
  if (lacking.length > 0)
    throw new Error(
      `The schema of ${database.service} is older than this version: it lacks ${lacking[0]!.name}. Run the migrations first (docs/operations/deploying.md).`,
    );
}
