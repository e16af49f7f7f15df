import { callers } from '@tenure/contracts/message';
import { webhookSecretFrom, type Secrets } from '../secrets.js';
import { loginRoles } from '../servers/roles.js';
import type { Passwords } from './tenure-processes.js';

export function readPasswords(secrets: Secrets): Passwords {
  return {
    superuser: secrets.get('postgres.postgres'),
    postgres: secrets.all('postgres', loginRoles),
    nats: secrets.all('nats', callers),
    webhookSecret: webhookSecretFrom(secrets),
    consoleSecret: secrets.get('identity-provider.console'),
    terminalSecret: secrets.get('identity-provider.terminal'),
  };
}
