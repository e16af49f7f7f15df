import type { EntityManager } from '@mikro-orm/postgresql';
import { pageFrom } from '@tenure/platform';

/** Counting stops here: people do not need more, and the database would read every row. */
export const countedUpTo = 10_000;

/** Up to here it is quicker to find all and put them in order than to go along the order. */
const FEW = 5_000;
/** The same where the order of each would have to be looked up in another table. */
const FEW_ELSEWHERE = 2_000;

/** So many rows are looked at along the order, and so many where each has to be looked up in another table. */
const FAR = 20_000;
const FAR_ELSEWHERE = 5_000;
/** Finding all that have a text costs as much as looking at some ten thousand rows. */
const FAR_FOR_TEXT = 5_000;

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
  /** What this index can look up: of the conditions, or the same in the words of the other table. */
  where: readonly Sql[];
}

/** A row of a page: its id, what it is ordered by, and the further columns. */
export type PageRow<Columns = unknown> = Columns & { id: string; key: string | number | Date };

export interface Page<Columns = unknown> {
  rows: PageRow<Columns>[];
  /** The last row, where others follow it. */
  last: PageRow<Columns> | null;
  /** Of all that are chosen: exact up to 10,000, 10,001 beyond. */
  count: number;
}

export async function readPage<Columns = unknown>(em: EntityManager, query: PageQuery): Promise<Page<Columns>> {
  const { rows, count } = await (query.searched === undefined || isElsewhere(query)
    ? countAndFind<Columns>(em, query)
    : search<Columns>(em, query, query.searched));
  const { items, next } = pageFrom(rows, query.limit, (last) => last);
  return { rows: items, last: next, count };
}

interface Found<Columns> {
  rows: PageRow<Columns>[];
  count: number;
}

/**
 * The database cannot know how many rows will be left, and by a wrong guess reads them all. The count, which an index has,
 * says it: few are found first, by whatever index has them, and then put in order; of many, enough are met soon by going
 * along the order. Unless they are all far away in it.
 */
async function countAndFind<Columns>(em: EntityManager, query: PageQuery): Promise<Found<Columns>> {
  const found = { ...query, ...query.searched };
  const count = await countRows(em, found);
  if (count === 0) return { rows: [], count };
  const isAll = unlooked(query).length === 0;
  const along = isAll ? goneAlong(query, FAR) : alongFor(count, query, found);
  const met = along === null ? [] : await readRows<Columns>(em, query, along);
  const rows = isAll || met.length > query.limit ? met : await readRows<Columns>(em, query, foundFirst(found));
  return { rows, count };
}

/** How to go along the order for so many; null when they are few. */
function alongFor(count: number, query: PageQuery, found: PageQuery): Sql | null {
  if (!isElsewhere(query)) return count > FEW ? goneAlong(query, FAR) : null;
  if (count > countedUpTo) return goneAlong(query, FAR_ELSEWHERE);
  return count > FEW_ELSEWHERE ? goneAlongFound(found) : null;
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
  if (first !== undefined) return { rows, count: Math.min(first.count, countedUpTo + 1) };
  return { rows, count: query.after === null ? 0 : await countRows(em, searched) };
}

/** How many there are, as far as lists count. */
export async function countRows(
  em: EntityManager,
  { from, where }: Pick<PageQuery, 'from' | 'where'>,
): Promise<number> {
  const conditions = joined(where);
  const [counted] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count
     from (select from ${from.name} ${from.alias} where ${conditions.text} limit ${countedUpTo + 1}) as counted`,
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
function foundRows(query: PageQuery, more?: string): Sql {
  const { from, where, order, columns } = query;
  const conditions = joined(where);
  return sql(
    `select ${[selected(order, columns), more].filter((part) => part !== undefined).join(', ')}
     from (select * from ${from.name} ${from.alias} where ${conditions.text} offset 0) as ${from.alias}
     ${isElsewhere(query) ? `join ${order.table.name} ${order.table.alias} using (account_id)` : ''}`,
    ...conditions.parameters,
  );
}

function goneAlong(query: PageQuery, far: number): Sql {
  const { from, order } = query;
  const conditions = joined(unlooked(query));
  return along(query, far, {
    ...conditions,
    text: isElsewhere(query)
      ? `(select ${conditions.text} from ${from.name} ${from.alias} where ${from.alias}.account_id = ${order.id})`
      : conditions.text,
  });
}

/** All are found and kept in memory, and those who are met along the order are looked up there: a tenth of a lookup. */
function goneAlongFound(query: PageQuery): Sql {
  const { from, where, order } = query;
  const conditions = joined(where);
  // Said to be true, it is not made a join; with a limit, the planner does not take them for too many to be kept.
  return along(query, FAR, {
    ...conditions,
    text: `(${order.id} in (select ${from.alias}.account_id from ${from.name} ${from.alias}
      where ${conditions.text} limit ${2 * countedUpTo})) is true`,
  });
}

function along({ order, after, columns, limit }: PageQuery, far: number, chosen: Sql): Sql {
  const { table, key, id, direction } = order;
  const looked = joined([...order.where, afterThat(order, after)]);
  return sql(
    `select ${selected(order, columns)}
     from (select * from ${table.name} ${table.alias} where ${looked.text}
       order by ${key} ${direction}, ${id} ${direction} limit ${far}) as ${table.alias}
     where ${chosen.text} limit ${limit + 1}`,
    ...looked.parameters,
    ...chosen.parameters,
  );
}

/** The conditions that the index of the order does not look up by itself. */
function unlooked({ where, order }: PageQuery): Sql[] {
  return where.filter((condition) => !order.where.includes(condition));
}

/** The order is in another table than what the rows are chosen by. */
function isElsewhere({ from, order }: PageQuery): boolean {
  return order.table.alias !== from.alias;
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

/** All of them hold. */
export function joined(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return sql('true');
  return sql(
    conditions.map(({ text }) => `(${text})`).join(' and '),
    ...conditions.flatMap(({ parameters }) => parameters),
  );
}
