import { listNotices, type Actor, type Client, type NoticeView } from '@tenure/contracts';
import { allPages } from '../downloads/all-pages.js';

/** So many, with a delivery for each of a hundred people, fit into one message. */
const limit = 25;

/** All notices about an account, latest first: over the years they become more than one message holds. */
export async function noticesAbout(
  services: Client,
  asked: { actor: Actor; accountId: string },
): Promise<NoticeView[]> {
  const notices: NoticeView[] = [];
  for await (const page of allPages(({ cursor }) => services.ask(listNotices, { ...asked, cursor, limit })))
    notices.push(...page);
  return notices;
}
