import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { callers, natsUsers } from '@tenure/contracts';
import { Secrets, webhookSecretFrom } from '../secrets.js';
import { natsConfig } from '../servers/nats.js';
import { asRole, databaseServices, loginRoles } from '../servers/roles.js';

/** Writes what each container needs to know, once: passwords, and the configuration of NATS. `secrets.js <folder>` */
const folder = process.argv[2]!;
const secrets = new Secrets(folder);
const roles = secrets.all('postgres', loginRoles);
const passwords = secrets.all('nats', callers);
const server = 'postgres://postgres@postgres:5432/tenure';

write('postgres-password', secrets.get('postgres.postgres'));
for (const caller of callers) write(`${caller}/nats-password`, passwords[caller]);
for (const service of databaseServices) {
  write(`${service}/database-url`, asRole(server, service, roles));
  write(`${service}/database-owner-url`, asRole(server, `${service}_owner`, roles));
}
write('resend/webhook-secret', webhookSecretFrom(secrets));
write('identity-provider/console-secret', secrets.get('identity-provider.console'));
write('identity-provider/terminal-secret', secrets.get('identity-provider.terminal'));
write(
  'nats.conf',
  natsConfig(natsUsers(), passwords, {
    host: '0.0.0.0',
    port: 4222,
    monitorPort: 8222,
    storeFolder: '/data',
    durable: true,
  }),
);

/** Readable for every user in the containers that mount this volume; nobody else has it. */
function write(name: string, content: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o644 });
}
