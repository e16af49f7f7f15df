import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '@tenure/contracts';
import type { Database } from '@tenure/platform';
import { readPage, type Page, type PageQuery } from './rows.js';

/**
 * A page as the actor may see it. A text is searched for as the service, within the actor's organization: a member's
 * policy keeps its index from being used.
 */
export async function pageFor<Shown>(
  database: Database,
  actor: Actor,
  query: PageQuery,
  show: (em: EntityManager, page: Page) => Promise<Shown>,
): Promise<Shown> {
  if (query.searched === undefined) return database.asMember(actor, async (em) => show(em, await readPage(em, query)));
  const page = await database.asService((em) => readPage(em, query));
  return database.asMember(actor, (em) => show(em, page));
}
