import { allOf, everyPage, listNotices, type Actor, type Client, type NoticeView } from '@tenure/contracts';

/** So many, with a delivery for each of a hundred people, fit into one message. */
const limit = 25;

/** All notices about an account, latest first: over the years they become more than one message holds. */
export function noticesAbout(services: Client, asked: { actor: Actor; accountId: string }): Promise<NoticeView[]> {
  return allOf(everyPage((cursor) => services.ask(listNotices, { ...asked, cursor, limit })));
}
