import { QueryObserver, type QueryClient } from '@tanstack/react-query';
import type { Language } from '@tenure/contracts';
import { sessionQuery } from './queries.js';
import type { Session } from './session.js';

interface Following {
  sendWith: (csrfToken: string) => void;
  speak: (language: Language) => unknown;
  beginAnew: () => void;
}

/**
 * Another tab may have signed in anew, and the cookie is of that session: what is sent from here bears its token. If it
 * is somebody else's, nothing of what is shown is theirs.
 * @param begun the session that the page began with
 */
export function followSession(queries: QueryClient, begun: Session, { sendWith, speak, beginAnew }: Following): void {
  let { language } = begun.member;
  new QueryObserver(queries, sessionQuery).subscribe(({ data }) => {
    if (data === undefined) return;
    if (data.member.memberId !== begun.member.memberId) return beginAnew();
    sendWith(data.csrfToken);
    if (data.member.language !== language) speak(data.member.language);
    language = data.member.language;
  });
}
