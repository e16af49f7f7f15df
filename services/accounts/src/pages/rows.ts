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
  /** An indexed text that contains a part of it; null for none. */
  text: { of: string; part: string } | null;
  /** What the rows are ordered by, and then by their id. */
  key: string;
  id: string;
  order: 'asc' | 'desc';
  /** The id of the last row of the page before, and its key as SQL; null on the first page. */
  after: { key: Sql; id: string } | null;
  /** Further columns that are read. */
  columns?: string;
  limit: number;
}

/** A row of a page: its id, what it is ordered by, and the further columns. */
export type PageRow<Columns = unknown> = Columns & { id: string; key: string | number | Date };

/** The page's rows, whether there are more, and how many there are in all: exact up to 10,000, 10,001 beyond. */
export async function readPage<Columns = unknown>(
  em: EntityManager,
  query: PageQuery,
): Promise<{ rows: PageRow<Columns>[]; more: boolean; count: number }> {
  const count = await countRows(em, query);
  const rows = count === 0 ? [] : await findRows<Columns>(em, query, count);
  return { rows: rows.slice(0, query.limit), more: rows.length > query.limit, count };
}

async function countRows(em: EntityManager, { from, where, text }: PageQuery): Promise<number> {
  const conditions = joined([...where, ...(text === null ? [] : [sql(`${text.of} ilike ?`, containing(text.part))])]);
  const [counted] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from (select from ${from} where ${conditions.text} limit ${COUNTED + 1}) as counted`,
    [...conditions.parameters],
  );
  return counted!.count;
}

/**
 * The database cannot know how common a part of a text is, and by a wrong guess reads every row. The count says it: a
 * common one is met soon in the order asked for, so the index of the text is not to be used; the rows of a rare one are
 * found first, by that index, and then put in order.
 */
async function findRows<Columns>(em: EntityManager, query: PageQuery, count: number): Promise<PageRow<Columns>[]> {
  const { from, where, text, key, id, order, after, columns, limit } = query;
  const isRare = text !== null && count <= COUNTED;
  const conditions = joined([
    ...where,
    ...(text === null ? [] : [sql(`(${text.of}${isRare ? '' : " || ''"}) ilike ?`, containing(text.part))]),
    ...(after === null
      ? []
      : [
          sql(
            `(${key}, ${id}) ${order === 'asc' ? '>' : '<'} (${after.key.text}, ?::uuid)`,
            ...after.key.parameters,
            after.id,
          ),
        ]),
  ]);
  const select = `select ${id} as id, ${key} as key${columns === undefined ? '' : `, ${columns}`}
     from ${from} where ${conditions.text}`;
  const inOrder = isRare
    ? `select * from (${select} offset 0) as found order by key ${order}, id ${order}`
    : `${select} order by ${key} ${order}, ${id} ${order}`;
  return em.execute<PageRow<Columns>[]>(`${inOrder} limit ${limit + 1}`, [...conditions.parameters]);
}

/** A part of a text that `ilike` takes for what it is. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** All of them hold. */
export function joined(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return sql('true');
  return sql(
    conditions.map(({ text }) => `(${text})`).join(' and '),
    ...conditions.flatMap(({ parameters }) => parameters),
  );
}
