import { natsUsers, type NatsUser } from '@tenure/contracts';
import { readAddedServices } from '@tenure/platform/command/added-services';
import { Secrets } from '../secrets.js';

/** All users of this machine's NATS server, including added services. */
export function usersOf(dataFolder: string): { users: NatsUser[]; passwords: Record<string, string> } {
  const users = natsUsers(readAddedServices(dataFolder));
  return {
    users,
    passwords: new Secrets(dataFolder).all(
      'nats',
      users.map(({ user }) => user),
    ),
  };
}
