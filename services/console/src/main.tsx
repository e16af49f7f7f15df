import './app/global.css';
import type { SessionView } from '@tenure/contracts';
import { createRoot } from 'react-dom/client';
import { followSession } from './api/follow-session.js';
import { sendWith, whenSignedInElsewhere } from './api/http.js';
import { followLive } from './api/live.js';
import { Refusal } from './api/problem.js';
import { licensesQuery, sectorsQuery, sessionQuery } from './api/queries.js';
import { makeQueryClient } from './api/query-client.js';
import { reloadPage, goesBackFromSignIn, signIn, whenSignedOut } from './api/session.js';
import { Application } from './app/application.js';
import { BeforeEntry, SignedOut } from './app/before-entry.js';
import { printLight } from './app/print-light.js';
import { reloadsIfAnswered } from './app/replaced.js';
import { fetchCode } from './app/router.js';
import { browserLanguage, speak } from './words/start-words.js';

/** The session is fetched first, along with the page's code: nothing is shown to an unknown visitor. */
const queries = makeQueryClient();
const root = createRoot(document.getElementById('root')!);

printLight();
fetchCode();
try {
  const session = await queries.fetchQuery(sessionQuery);
  if (!goesBackFromSignIn()) await enter(session);
} catch (error) {
  if (navigator.cookieEnabled && error instanceof Refusal && error.problem.status === 401) signIn();
  else {
    await speak(browserLanguage());
    root.render(<BeforeEntry error={error} />);
  }
}

async function enter(session: SessionView) {
  const { member } = session;
  sendWith(session.csrfToken);
  whenSignedInElsewhere(async () => {
    const current = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    if (current.member.memberId === member.memberId) sendWith(current.csrfToken);
  });
  // Until these names are here, a page shows the codes: they are fetched while its code loads.
  if (member.roles.length > 0) {
    void queries.prefetchQuery(licensesQuery);
    void queries.prefetchQuery(sectorsQuery);
  }
  await speak(member.language);
  root.render(<Application queries={queries} />);
  whenSignedOut(() => root.render(<SignedOut />));
  followSession(queries, session, {
    sendWith,
    // A reloaded page begins in the session's language.
    speak: (language) => speak(language).catch(reloadsIfAnswered),
    reloadPage,
  });
  followLive(queries);
}
