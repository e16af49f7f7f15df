import { natsUsers, type AddedServices, natsAccounts } from '@tenure/contracts';

/** The variable of the NATS server's environment that holds a user's password. */
export function passwordVariable(user: string): string {
  return `NATS_PASSWORD_${user.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * The accounts of the production servers with their users, for their configuration to include: the same as everywhere,
 * made from the contracts, with passwords from the server's environment.
 */
export function productionUsers(added: AddedServices): string {
  const accounts = natsAccounts(natsUsers(added), (user) => `$${passwordVariable(user)}`);
  return `# Written by npm run nats-users from libs/contracts and services.json: change those, not this.\n${accounts}`;
}
