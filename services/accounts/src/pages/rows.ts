import type { EntityManager } from '@mikro-orm/postgresql';

/** Counting stops here: people do not need more, and the database would read every row. */
const COUNTED = 10_000;

/** Up to here it is quicker to find all and put them in order than to go along the order and look at each. */
const FEW = 5_000;

/** So many rows are looked at along the order, and so many where each has to be looked up in another table. */
interface Far {
  here: number;
  elsewhere: number;
}
const FAR: Far = { here: 20_000, elsewhere: 5_000 };
/** Finding all that have a text costs as much as looking at some ten thousand rows. */
const FAR_FOR_TEXT: Far = { here: 2_500, elsewhere: 2_000 };

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
  /** For a text: where it is looked for, with the same aliases and columns, and what holds there. */
  searched?: { from: Table; where: readonly Sql[] } | undefined;
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

export interface Page<Columns = unknown> {
  rows: PageRow<Columns>[];
  more: boolean;
  /** Of all that are chosen: exact up to 10,000, 10,001 beyond. */
  count: number;
}

export async function readPage<Columns = unknown>(em: EntityManager, query: PageQuery): Promise<Page<Columns>> {
  const { rows, count } = await (query.searched === undefined
    ? countAndFind<Columns>(em, query)
    : search<Columns>(em, query, query.searched));
  return { rows: rows.slice(0, query.limit), more: rows.length > query.limit, count };
}

interface Found<Columns> {
  rows: PageRow<Columns>[];
  count: number;
}

/**
 * The database cannot know how many rows will be left, and by a wrong guess reads them all. The count, which an index has,
 * says it: few are found first, by whatever index has them, and then put in order; of many, enough are met soon by going
 * along the order. Unless they are all far away in it. Where each would have to be looked up in another table to be
 * looked at, all that are counted to the end are few.
 */
async function countAndFind<Columns>(em: EntityManager, query: PageQuery): Promise<Found<Columns>> {
  const count = await countRows(em, query);
  if (count === 0) return { rows: [], count };
  const isAll = query.where.length === query.order.where.length;
  const few = query.order.table.alias === query.from.alias ? FEW : COUNTED;
  const met = isAll || count > few ? await readRows<Columns>(em, query, goneAlong(query, FAR)) : [];
  const rows = isAll || met.length > query.limit ? met : await readRows<Columns>(em, query, foundFirst(query));
  return { rows, count };
}

/**
 * To know whether a row has a text, the row is read: so it is not done twice. What many have is met soon along the order,
 * and counted as far as is counted; of what few have, or those who are far away in the order (hotels by name come after
 * all the almacenes), all are found, which are counted and put in order at once.
 */
async function search<Columns>(
  em: EntityManager,
  query: PageQuery,
  searched: NonNullable<PageQuery['searched']>,
): Promise<Found<Columns>> {
  const met = await readRows<Columns>(em, query, goneAlong(query, FAR_FOR_TEXT));
  if (met.length > query.limit) return { rows: met, count: await countRows(em, searched) };
  const rows = await readRows<Columns & { count: number }>(em, query, foundAndCounted({ ...query, ...searched }));
  const [first] = rows;
  if (first !== undefined) return { rows, count: Math.min(first.count, COUNTED + 1) };
  return { rows, count: query.after === null ? 0 : await countRows(em, searched) };
}

async function countRows(em: EntityManager, { from, where }: Pick<PageQuery, 'from' | 'where'>): Promise<number> {
  const conditions = joined(where);
  const [counted] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count
     from (select from ${from.name} ${from.alias} where ${conditions.text} limit ${COUNTED + 1}) as counted`,
    [...conditions.parameters],
  );
  return counted!.count;
}

function readRows<Columns>(em: EntityManager, { order, limit }: PageQuery, { text, parameters }: Sql) {
  return em.execute<PageRow<Columns>[]>(
    `select * from (${text}) as page order by key ${order.direction}, id ${order.direction} limit ${limit + 1}`,
    [...parameters],
  );
}

function foundFirst(query: PageQuery): Sql {
  const found = foundRows(query);
  const beyond = afterThat(query.order, query.after);
  return sql(`${found.text} where ${beyond.text}`, ...found.parameters, ...beyond.parameters);
}

/** Each row with how many there are, before and after it as well. */
function foundAndCounted(query: PageQuery): Sql {
  const found = foundRows(query, 'count(*) over ()::int as count');
  const beyond = afterThat({ key: 'key', id: 'id', direction: query.order.direction }, query.after);
  return sql(`select * from (${found.text}) as found where ${beyond.text}`, ...found.parameters, ...beyond.parameters);
}

/** `offset 0`, like a limit, keeps what is inside from being planned together with what is outside. */
function foundRows({ from, where, order, columns }: PageQuery, more?: string): Sql {
  const conditions = joined(where);
  const isElsewhere = order.table.alias !== from.alias;
  return sql(
    `select ${[selected(order, columns), more].filter((part) => part !== undefined).join(', ')}
     from (select * from ${from.name} ${from.alias} where ${conditions.text} offset 0) as ${from.alias}
     ${isElsewhere ? `join ${order.table.name} ${order.table.alias} using (account_id)` : ''}`,
    ...conditions.parameters,
  );
}

function goneAlong({ from, where, order, after, columns, limit }: PageQuery, far: Far): Sql {
  const { table, key, id, direction } = order;
  const along = joined([...order.where, afterThat(order, after)]);
  const conditions = joined(where);
  const isElsewhere = table.alias !== from.alias;
  return sql(
    `select ${selected(order, columns)}
     from (select * from ${table.name} ${table.alias} where ${along.text}
       order by ${key} ${direction}, ${id} ${direction} limit ${isElsewhere ? far.elsewhere : far.here}) as ${table.alias}
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

function afterThat(
  { key, id, direction }: Pick<PageOrder, 'key' | 'id' | 'direction'>,
  after: PageQuery['after'],
): Sql {
  if (after === null) return sql('true');
  const beyond = direction === 'asc' ? '>' : '<';
  return sql(`(${key}, ${id}) ${beyond} (${after.key.text}, ?::uuid)`, ...after.key.parameters, after.id);
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
