import { natsUsers } from '@tenure/contracts';
import type { Secrets } from '../secrets.js';
import { natsConfig } from '../servers/nats.js';
import { asRole, databaseServices, loginRoles } from '../servers/roles.js';
import { readPasswords } from '../supervisor/passwords.js';

/** The files with each container's own secrets, by the name of its service in `docker-compose.yml`. */
export function filesOfContainers(secrets: Secrets): Record<string, Record<string, string>> {
  const passwords = readPasswords(secrets);
  const { postgres: roles, nats } = passwords;
  const server = 'postgres://postgres@postgres:5432/tenure';
  const superuser = { 'postgres-password': passwords.superuser };
  const consoleSecret = { 'console-secret': passwords.consoleSecret };
  const terminalSecret = { 'terminal-secret': passwords.terminalSecret };
  const webhookSecret = { 'webhook-secret': passwords.webhookSecret };
  const storage = { host: '0.0.0.0', port: 4222, monitorPort: 8222, storeFolder: '/data', durable: true };
  return {
    postgres: superuser,
    roles: {
      ...superuser,
      ...Object.fromEntries(loginRoles.map((role) => [`${role}-password`, roles[role]])),
    },
    nats: { 'nats.conf': natsConfig(natsUsers(), nats, storage) },
    ...Object.fromEntries(
      databaseServices.flatMap((service) => [
        [service, { 'nats-password': nats[service], 'database-url': asRole(server, service, roles) }],
        [`migrate-${service}`, { 'database-owner-url': asRole(server, `${service}_owner`, roles) }],
      ]),
    ),
    workflows: { 'nats-password': nats.workflows },
    gateway: { 'nats-password': nats.gateway, ...consoleSecret, ...webhookSecret },
    mailbox: webhookSecret,
    'identity-provider': { ...consoleSecret, ...terminalSecret },
    sample: {
      'operator-password': nats.operator,
      'ingestion-password': nats.ingestion,
      ...terminalSecret,
    },
  };
}
