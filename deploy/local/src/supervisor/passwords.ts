import { callers } from '@tenure/contracts/message';
import type { Secrets } from '../secrets.js';
import { loginRoles } from '../servers/roles.js';

export type Passwords = ReturnType<typeof readPasswords>;

export function readPasswords(secrets: Secrets) {
  return {
    /** Of PostgreSQL's superuser. */
    superuser: secrets.get('postgres.postgres'),
    postgres: secrets.all('postgres', loginRoles),
    nats: secrets.all('nats', callers),
    /** Verifies the mailbox's webhooks at the gateway, in the format of Resend's secrets. */
    webhookSecret: `whsec_${Buffer.from(secrets.get('resend.webhooks')).toString('base64')}`,
    consoleSecret: secrets.get('identity-provider.console'),
    terminalSecret: secrets.get('identity-provider.terminal'),
  };
}
