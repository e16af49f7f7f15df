import { inboxPrefix } from './message.js';
import { crossing, type NatsAccount, type NatsUser } from './rights.js';

/**
 * The accounts of a NATS server's configuration, with their users and the imports and exports between them.
 * `passwordOf` returns what to write for each password: the password itself, or the name of a variable.
 */
export function natsAccounts(users: readonly NatsUser[], passwordOf: (user: string) => string): string {
  const { asked, askedForMany, heard } = crossing;
  const usersOf = (account: NatsAccount) =>
    users
      .filter((user) => (user.account ?? 'TENURE') === account)
      .map((user) => {
        const permissions = JSON.stringify(natsPermissions(user), null, 2);
        return `{ user: ${user.user}, password: ${passwordOf(user.user)}, permissions: ${permissions} }`;
      });
  return `TENURE {
  jetstream: enabled
  exports: ${list([
    ...asked.map((subject) => `{ service: "${subject}", accounts: [PLATFORM] }`),
    ...askedForMany.map((subject) => `{ service: "${subject}", accounts: [PLATFORM], response: stream }`),
    ...heard.map((subject) => `{ stream: "${subject}", accounts: [PLATFORM] }`),
  ])}
  users: ${list(usersOf('TENURE'))}
}
# The platform's services. They reach only what is imported here, and only they receive the answers to their requests.
PLATFORM {
  imports: ${list([
    ...[...asked, ...askedForMany].map((subject) => `{ service: { account: TENURE, subject: "${subject}" } }`),
    ...heard.map((subject) => `{ stream: { account: TENURE, subject: "${subject}" } }`),
  ])}
  users: ${list(usersOf('PLATFORM'))}
}
`;
}

function list(entries: readonly string[]): string {
  return `[\n${entries.join('\n').replaceAll(/^/gm, '    ')}\n  ]`;
}

/** A user's permissions, as the server's configuration has them. */
function natsPermissions({ user, publish, never = [], subscribe, respond = false }: NatsUser) {
  return {
    // An empty list would allow everything.
    publish: publish.length > 0 ? { allow: publish, ...(never.length > 0 && { deny: never }) } : { deny: ['>'] },
    subscribe: { allow: [...new Set([...subscribe, `${inboxPrefix(user)}.>`])] },
    // One answer per request, within the longest time that anybody waits.
    ...(respond && { allow_responses: { max: 1, expires: '2m' } }),
  };
}
