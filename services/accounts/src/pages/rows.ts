import type { EntityManager } from '@mikro-orm/postgresql';

/** Counting stops here: people do not need more, and the database would read every row. */
const COUNTED = 10_000;

/** SQL with its parameters. */
export interface Sql {
  text: string;
  parameters: readonly unknown[];
}

export function sql(text: string, ...parameters: unknown[]): Sql {
  return { text, parameters };
}

/** A query for a page of rows: from what, under which conditions, in which order. */
export interface PageQuery {
  from: string;
  /** All of them hold. */
  where: readonly Sql[];
  /** Holds for what comes after the page before; null on the first page. */
  after: Sql | null;
  /** Columns by name, besides which the id is read. */
  select: string;
  orderBy: string;
  limit: number;
}

/** The page's rows, whether there are more, and how many there are in all: exact up to 10,000, 10,001 beyond. */
export async function readPage<Row extends object>(
  em: EntityManager,
  query: PageQuery,
): Promise<{ rows: Row[]; more: boolean; count: number }> {
  const conditions = joined(query.where);
  const page = joined(query.after === null ? query.where : [...query.where, query.after]);
  const rows = await em.execute<Row[]>(
    `select ${query.select} from ${query.from} where ${page.text} order by ${query.orderBy} limit ${query.limit + 1}`,
    [...page.parameters],
  );
  const [counted] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count
     from (select from ${query.from} where ${conditions.text} limit ${COUNTED + 1}) as counted`,
    [...conditions.parameters],
  );
  return { rows: rows.slice(0, query.limit), more: rows.length > query.limit, count: counted!.count };
}

/** A part of a text that `ilike` takes for what it is. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

function joined(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return sql('true');
  return sql(
    conditions.map(({ text }) => `(${text})`).join(' and '),
    ...conditions.flatMap(({ parameters }) => parameters),
  );
}
