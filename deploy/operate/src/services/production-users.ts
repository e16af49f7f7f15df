import { natsUsers, type AddedServices } from '@tenure/contracts';
import { natsPermissions } from '@tenure/local/servers/nats';

/** The variable of the NATS server's environment that holds a user's password. */
export function passwordVariable(user: string): string {
  return `NATS_PASSWORD_${user.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * The users of the production servers, for their configuration to include: the same as everywhere, made from the
 * contracts, with passwords from the server's environment.
 */
export function productionUsers(added: AddedServices = {}): string {
  const entries = natsUsers(added).map((user) => {
    const permissions = JSON.stringify(natsPermissions(user), null, 2).replaceAll('\n', '\n  ');
    return `  { user: ${user.user}, password: $${passwordVariable(user.user)}, permissions: ${permissions} }`;
  });
  return `# Written by npm run nats-users from libs/contracts and services.json: change those, not this.\nusers: [\n${entries.join('\n')}\n]\n`;
}
