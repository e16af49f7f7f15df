import type { SessionView } from '@tenure/contracts';
import { followSession } from './follow-session.js';
import { sessionQuery } from './queries.js';
import { makeQueryClient } from './query-client.js';

const session = (csrfToken: string, memberId = 'ana', language = 'es', organizationId = 'solar') =>
  ({ csrfToken, member: { memberId, language, organization: { organizationId } } }) as SessionView;

/** A page of Ana's, and what it does when its session is fetched again. */
async function aPage() {
  const queries = makeQueryClient();
  queries.setQueryData(sessionQuery.queryKey, session('first'));
  const done: string[] = [];
  followSession(queries, session('first'), {
    sendWith: (token) => done.push(`sends with ${token}`),
    speak: (language) => done.push(`speaks ${language}`),
    reloadPage: () => done.push('reloads'),
  });
  return async (answered: SessionView) => {
    done.length = 0;
    queries.setQueryData(sessionQuery.queryKey, answered);
    await new Promise((resolve) => void setTimeout(resolve));
    return done;
  };
}

describe('a page whose session another tab has replaced', () => {
  it('sends with the token of the new session', async () =>
    expect(await (await aPage())(session('second'))).toEqual(['sends with second']));
  it('reloads when the new session is somebody else’s', async () =>
    expect(await (await aPage())(session('second', 'ben'))).toEqual(['reloads']));
  it('reloads when its member has moved to another organization', async () =>
    expect(await (await aPage())(session('first', 'ana', 'es', 'grid'))).toEqual(['reloads']));
  it('switches to the language chosen there, once', async () => {
    const answers = await aPage();
    expect(await answers(session('first', 'ana', 'en'))).toEqual(['sends with first', 'speaks en']);
    expect(await answers(session('second', 'ana', 'en'))).toEqual(['sends with second']);
  });
});
