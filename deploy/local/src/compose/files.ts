import { callers, natsUsers } from '@tenure/contracts';
import { webhookSecretFrom, type Secrets } from '../secrets.js';
import { natsConfig } from '../servers/nats.js';
import { asRole, databaseServices, loginRoles } from '../servers/roles.js';

/** The files with each container's own secrets, by the name of its service in `docker-compose.yml`. */
export function filesOfContainers(secrets: Secrets): Record<string, Record<string, string>> {
  const roles = secrets.all('postgres', loginRoles);
  const passwords = secrets.all('nats', callers);
  const server = 'postgres://postgres@postgres:5432/tenure';
  const superuser = { 'postgres-password': secrets.get('postgres.postgres') };
  const consoleSecret = { 'console-secret': secrets.get('identity-provider.console') };
  const terminalSecret = { 'terminal-secret': secrets.get('identity-provider.terminal') };
  const webhookSecret = { 'webhook-secret': webhookSecretFrom(secrets) };
  const storage = { host: '0.0.0.0', port: 4222, monitorPort: 8222, storeFolder: '/data', durable: true };
  return {
    postgres: superuser,
    roles: {
      ...superuser,
      ...Object.fromEntries(loginRoles.map((role) => [`${role}-password`, roles[role]])),
    },
    nats: { 'nats.conf': natsConfig(natsUsers(), passwords, storage) },
    ...Object.fromEntries(
      databaseServices.flatMap((service) => [
        [service, { 'nats-password': passwords[service], 'database-url': asRole(server, service, roles) }],
        [`migrate-${service}`, { 'database-owner-url': asRole(server, `${service}_owner`, roles) }],
      ]),
    ),
    workflows: { 'nats-password': passwords.workflows },
    gateway: { 'nats-password': passwords.gateway, ...consoleSecret, ...webhookSecret },
    mailbox: webhookSecret,
    'identity-provider': { ...consoleSecret, ...terminalSecret },
    sample: {
      'operator-password': passwords.operator,
      'ingestion-password': passwords.ingestion,
      ...terminalSecret,
    },
  };
}
