import type { EntityManager } from '@mikro-orm/postgresql';
import { countedUpTo } from '@tenure/contracts';
import { joined, pageFrom, type Sql, sql } from '@tenure/platform';

/** Up to this many matches, finding all and sorting them is faster than scanning in order. */
const FEW = 5_000;
/** The same if the sort key of each match has to be looked up in another table. */
const FEW_ELSEWHERE = 2_000;

/** How many rows an ordered scan visits, and how many if each has to be looked up in another table. */
const FAR = 20_000;
const FAR_ELSEWHERE = 5_000;
/** Finding all matches of a text costs as much as visiting some ten thousand rows. */
const FAR_FOR_TEXT = 5_000;

/** A query for a page of rows: which rows, and in which order. */
export interface PageQuery {
  /** The table with the columns that the rows are selected by. */
  from: Table;
  /** All of these have to hold. */
  where: readonly Sql[];
  /** For a text search: the table to search, with the same aliases and columns, and the conditions there. */
  searched?: { from: Table; where: readonly Sql[] } | undefined;
  order: PageOrder;
  /** The id of the last row of the previous page, and its key as SQL; null on the first page. */
  after: { key: Sql; id: string } | null;
  /** Additional columns of `from` to read. */
  columns?: string;
  limit: number;
}

export interface Table {
  name: string;
  alias: string;
}

/** What the rows are sorted by; ties are sorted by id. */
export interface PageOrder {
  /** The table whose index has this order: the same as `from`, or joined with it by the id. */
  table: Table;
  key: string;
  id: string;
  direction: 'asc' | 'desc';
  /** The conditions that this index can answer: some of `where`, or their equivalents for the other table. */
  where: readonly Sql[];
}

/** A row of a page: its id, its sort key, and the additional columns. */
export type PageRow<Columns = unknown> = Columns & { id: string; key: string | number | Date };

export interface Page<Columns = unknown> {
  rows: PageRow<Columns>[];
  /** The last row, if others follow it. */
  last: PageRow<Columns> | null;
  /** The number of all matching rows: exact up to 10,000, 10,001 beyond. */
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
 * The planner cannot know how many rows match, and after a wrong guess reads all of them. The count, which an index
 * answers, decides instead: few matches are found first, by any index, and then sorted; of many matches, an ordered
 * scan soon meets enough, unless they are all far away in the order.
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

/** The ordered scan to use for this many matches; null if they are few. */
function alongFor(count: number, query: PageQuery, found: PageQuery): Sql | null {
  if (!isElsewhere(query)) return count > FEW ? goneAlong(query, FAR) : null;
  if (count > countedUpTo) return goneAlong(query, FAR_ELSEWHERE);
  return count > FEW_ELSEWHERE ? goneAlongFound(found) : null;
}

/**
 * Whether a row contains a text is known only by reading the row, so this is not done twice. Frequent matches soon turn
 * up in an ordered scan, and are counted up to the limit. Rare matches, or ones far away in the order (hotels sorted by
 * name come after all the almacenes), are all found, counted and sorted in one go.
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

/** The number of matching rows, up to the limit at which lists stop counting. */
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

/** Each row with the number of all matching rows, on every page. */
function foundAndCounted(query: PageQuery): Sql {
  const found = foundRows(query, 'count(*) over ()::int as count');
  const beyond = afterThat({ key: 'key', id: 'id', direction: query.order.direction }, query.after);
  return sql(`select * from (${found.text}) as found where ${beyond.text}`, ...found.parameters, ...beyond.parameters);
}

/** `offset 0`, like a limit, keeps the planner from merging the subquery with the outer query. */
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

/**
 * Finds all matches, keeps them in memory, and looks up there the rows of an ordered scan, at a tenth of the cost of an
 * index lookup.
 */
function goneAlongFound(query: PageQuery): Sql {
  const { from, where, order } = query;
  const conditions = joined(where);
  // `is true` keeps the planner from turning this into a join; the limit keeps it from expecting too many rows for
  // memory.
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

/** The conditions that the index of the order cannot answer. */
function unlooked({ where, order }: PageQuery): Sql[] {
  return where.filter((condition) => !order.where.includes(condition));
}

/** Whether the sort key is in a different table from the one that the rows are selected from. */
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
