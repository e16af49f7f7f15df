import { callers } from '@tenure/contracts/message';
import { webhookSecretFrom, type Secrets } from '../secrets.js';
import { loginRoles } from '../servers/roles.js';

export type Passwords = ReturnType<typeof readPasswords>;

export function readPasswords(secrets: Secrets) {
  return {
    /** Of PostgreSQL's superuser. */
    superuser: secrets.get('postgres.postgres'),
    postgres: secrets.all('postgres', loginRoles),
    nats: secrets.all('nats', callers),
    /** Verifies the mailbox's webhooks at the gateway: `whsec_…` */
    webhookSecret: webhookSecretFrom(secrets),
    consoleSecret: secrets.get('identity-provider.console'),
    terminalSecret: secrets.get('identity-provider.terminal'),
  };
}
