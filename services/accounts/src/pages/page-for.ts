import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '@tenure/contracts';
import { pageFrom, type Database } from '@tenure/platform';
import { readPage, type Page, type PageQuery, type PageRow } from './rows.js';

/** How to show the rows that were found. */
interface Shown<Item> {
  /** In the order of the ids; rows that no longer exist are left out. */
  show: (em: EntityManager, ids: string[]) => Promise<Item[]>;
  idOf: (item: Item) => string;
  /** The cursor of the page after this row. */
  cursorAfter: (row: PageRow) => string;
}

/**
 * A page as the actor may see it. A text search runs with the service's role, within the actor's organization: with a
 * member's role, row-level security keeps PostgreSQL from using the index.
 */
export async function pageFor<Item>(
  database: Database,
  actor: Actor,
  query: PageQuery,
  shown: Shown<Item>,
): Promise<{ items: Item[]; next: string | null; count: number }> {
  if (query.searched === undefined)
    return database.asMember(actor, async (em) => showPage(em, await readPage(em, query), shown));
  const page = await database.asService((em) => readPage(em, query));
  return database.asMember(actor, (em) => showPage(em, page, shown));
}

async function showPage<Item>(
  em: EntityManager,
  { rows, last, count }: Page,
  { show, idOf, cursorAfter }: Shown<Item>,
): Promise<{ items: Item[]; next: string | null; count: number }> {
  const found = await show(
    em,
    rows.map(({ id }) => id),
  );
  const rowOf = (item: Item) => rows.find(({ id }) => id === idOf(item))!;
  const { items, next } = pageFrom(found, found.length, rowOf, last);
  return { items, next: next && cursorAfter(next), count };
}
