import { QueryObserver, type QueryClient } from '@tanstack/react-query';
import type { Language, SessionView } from '@tenure/contracts';
import { sessionQuery } from './queries.js';

interface Following {
  sendWith: (csrfToken: string) => void;
  speak: (language: Language) => unknown;
  reloadPage: () => void;
}

/**
 * Another tab may have signed in again, and the cookie then belongs to its session: this page sends with that session's
 * token from then on. If the session is somebody else's, nothing on this page belongs to them, and the page reloads.
 * The same holds for a member who has moved to another organization.
 * @param begun the session with which the page started
 */
export function followSession(
  queries: QueryClient,
  begun: SessionView,
  { sendWith, speak, reloadPage }: Following,
): void {
  let { language } = begun.member;
  new QueryObserver(queries, sessionQuery).subscribe(({ data }) => {
    if (data === undefined) return;
    if (!isOfSame(data, begun)) return reloadPage();
    sendWith(data.csrfToken);
    if (data.member.language !== language) speak(data.member.language);
    language = data.member.language;
  });
}

const isOfSame = ({ member: one }: SessionView, { member: other }: SessionView) =>
  one.memberId === other.memberId && one.organization.organizationId === other.organization.organizationId;
