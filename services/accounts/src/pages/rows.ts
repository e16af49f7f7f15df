import type { EntityManager } from '@mikro-orm/postgresql';

/** Counting stops here: people do not need more, and the database would read every row. */
const COUNTED = 10_000;

/** Up to here it is quicker to find all and put them in order than to go along the order and look at each. */
const FEW = 5_000;

/** So many rows are looked at along the order, and a quarter of it where each has to be looked up elsewhere. */
const FAR = 20_000;

/** SQL with its parameters. */
export interface Sql {
  text: string;
  parameters: readonly unknown[];
}

export function sql(text: string, ...parameters: unknown[]): Sql {
  return { text, parameters };
}

/** A query for a page of rows: which ones, and in which order. */
export interface PageQuery {
  /** Has what the rows are chosen by. */
  from: Table;
  /** All of them hold. */
  where: readonly Sql[];
  order: PageOrder;
  /** The id of the last row of the page before, and its key as SQL; null on the first page. */
  after: { key: Sql; id: string } | null;
  /** Further columns of `from` that are read. */
  columns?: string;
  limit: number;
}

export interface Table {
  name: string;
  alias: string;
}

/** What the rows are ordered by, and then by their id. */
export interface PageOrder {
  /** Has the index that holds them in this order; the same as `from`, or joined with it by the id. */
  table: Table;
  key: string;
  id: string;
  direction: 'asc' | 'desc';
  /** Those of the conditions that this index can look up. */
  where: readonly Sql[];
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

async function countRows(em: EntityManager, { from, where }: PageQuery): Promise<number> {
  const conditions = joined(where);
  const [counted] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count
     from (select from ${from.name} ${from.alias} where ${conditions.text} limit ${COUNTED + 1}) as counted`,
    [...conditions.parameters],
  );
  return counted!.count;
}

/**
 * The database cannot know how many rows will be left, and by a wrong guess reads them all. The count says it: few are
 * found first, by whatever index has them, and then put in order; of many, enough are met soon by going along the order.
 * Unless they are all far away in it: hotels by name come after all the almacenes.
 */
async function findRows<Columns>(em: EntityManager, query: PageQuery, count: number): Promise<PageRow<Columns>[]> {
  const { direction } = query.order;
  const read = ({ text, parameters }: Sql) =>
    em.execute<PageRow<Columns>[]>(
      `select * from (${text}) as page order by key ${direction}, id ${direction} limit ${query.limit + 1}`,
      [...parameters],
    );
  const isAll = query.where.length === query.order.where.length;
  const met = isAll || count > FEW ? await read(goneAlong(query)) : [];
  return isAll || met.length > query.limit ? met : read(foundFirst(query));
}

/** `offset 0`, like a limit, keeps what is inside from being planned together with what is outside. */
function foundFirst({ from, where, order, after, columns }: PageQuery): Sql {
  const conditions = joined(where);
  const isElsewhere = order.table.alias !== from.alias;
  const beyond = joined(afterThat(order, after));
  return sql(
    `select ${selected(order, columns)}
     from (select * from ${from.name} ${from.alias} where ${conditions.text} offset 0) as ${from.alias}
     ${isElsewhere ? `join ${order.table.name} ${order.table.alias} using (account_id)` : ''}
     where ${beyond.text}`,
    ...conditions.parameters,
    ...beyond.parameters,
  );
}

function goneAlong({ from, where, order, after, columns, limit }: PageQuery): Sql {
  const { table, key, id, direction } = order;
  const along = joined([...order.where, ...afterThat(order, after)]);
  const conditions = joined(where);
  const isElsewhere = table.alias !== from.alias;
  return sql(
    `select ${selected(order, columns)}
     from (select * from ${table.name} ${table.alias} where ${along.text}
       order by ${key} ${direction}, ${id} ${direction} limit ${isElsewhere ? FAR / 4 : FAR}) as ${table.alias}
     where ${
       isElsewhere
         ? `(select ${conditions.text} from ${from.name} ${from.alias} where ${from.alias}.account_id = ${id})`
         : conditions.text
     } limit ${limit + 1}`,
    ...along.parameters,
    ...conditions.parameters,
  );
}

function selected({ key, id }: PageOrder, columns: string | undefined): string {
  return `${id} as id, ${key} as key${columns === undefined ? '' : `, ${columns}`}`;
}

function afterThat({ key, id, direction }: PageOrder, after: PageQuery['after']): Sql[] {
  if (after === null) return [];
  const beyond = direction === 'asc' ? '>' : '<';
  return [sql(`(${key}, ${id}) ${beyond} (${after.key.text}, ?::uuid)`, ...after.key.parameters, after.id)];
}

/** A part of a text that `like` takes for what it is. */
export function containing(text: string): string {
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
