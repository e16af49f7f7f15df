import { allOf, everyPage, listNotices, type Actor, type Client, type NoticeView } from '@tenure/contracts';

/** Notices per page; a page is shorter if they have more deliveries than a message can hold. */
const limit = 25;

/** All notices about an account, latest first. Read in pages, because over the years they outgrow one message. */
export function noticesAbout(services: Client, asked: { actor: Actor; accountId: string }): Promise<NoticeView[]> {
  return allOf(everyPage((cursor) => services.ask(listNotices, { ...asked, cursor, limit })));
}
