import path from 'node:path';
import { taskQueue, type Caller } from '@tenure/contracts';
import { repository } from '../folders.js';
import { apiAudience } from '../identity-provider/api-resource.js';
import { asRole, databaseServices, type DatabaseService, type RolePasswords } from '../servers/roles.js';
import { temporalNamespace } from '../servers/temporal-options.js';
import type { Stack } from './find-stack.js';
import type { Passwords } from './passwords.js';

/** A Node script that serves `GET /ready`, and its environment. */
export interface NodeProcess {
  name: string;
  script: string;
  readyPort: number;
  environment: Record<string, string>;
}

const dist = path.join(repository, 'deploy/local/dist');

/**
 * The stand-ins for external services: an OpenID provider, and Resend. Their environment overrides variables of the
 * same name in the terminal, which mean something else: a HOST set by csh or Conda, the OIDC_ISSUER of a deployment
 * that is operated from there.
 */
export function standIns({ configuration, issuer }: Stack, passwords: Passwords): NodeProcess[] {
  const { ports, dataFolder, publicUrl } = configuration;
  const callbacks = [publicUrl, `http://127.0.0.1:${ports.gateway}`].map(
    (origin) => new URL('/auth/callback', origin).href,
  );
  return [
    {
      name: 'mailbox',
      script: path.join(dist, 'mailbox/main.js'),
      readyPort: ports.mailbox,
      environment: {
        HOST: '127.0.0.1',
        PORT: String(ports.mailbox),
        MAILBOX_FILE: path.join(dataFolder, 'mailbox/mail.ndjson'),
        WEBHOOK_URL: `http://127.0.0.1:${ports.gateway}/api/webhooks/resend`,
        WEBHOOK_SECRET: passwords.webhookSecret,
      },
    },
    {
      name: 'identity-provider',
      script: path.join(dist, 'identity-provider/main.js'),
      readyPort: ports.identityProvider,
      environment: {
        HOST: '127.0.0.1',
        PORT: String(ports.identityProvider),
        OIDC_ISSUER: issuer,
        DATA_FOLDER: path.join(dataFolder, 'identity-provider'),
        REDIRECT_URIS: [...new Set(callbacks)].join(' '),
        CONSOLE_SECRET: passwords.consoleSecret,
        TERMINAL_SECRET: passwords.terminalSecret,
      },
    },
  ];
}

/** Tenure's own processes, as in production. The gateway is stopped first: the others finish what it started. */
export function tenureProcesses(stack: Stack, passwords: Passwords): NodeProcess[][] {
  const { ports, publicUrl, resendApiKey } = stack.configuration;
  const common = (name: Caller, healthPort: number) => ({
    NATS_URL: stack.nats,
    NATS_USER: name,
    NATS_PASSWORD: passwords.nats[name],
    HEALTH_PORT: String(healthPort),
    LISTEN_ADDRESS: '127.0.0.1',
    PUBLIC_URL: publicUrl,
    SANDBOX: 'on',
    NODE_ENV: 'production',
    TZ: 'UTC',
  });
  const temporal = {
    TEMPORAL_ADDRESS: stack.temporal,
    TEMPORAL_NAMESPACE: temporalNamespace,
    TEMPORAL_TASK_QUEUE: taskQueue,
    // In the terminal these may be set for another Temporal, as for npm run restore elsewhere.
    TEMPORAL_TLS: '',
    TEMPORAL_TLS_AUTHORITY: '',
    TEMPORAL_TLS_CERTIFICATE: '',
    TEMPORAL_TLS_KEY: '',
    TEMPORAL_API_KEY: '',
  };
  const mail: Record<string, string> = resendApiKey
    ? { RESEND_API_KEY: resendApiKey }
    : { RESEND_API_KEY: 're_local_mailbox', RESEND_BASE_URL: stack.mailbox };
  const own: Record<DatabaseService, Record<string, string>> = {
    accounts: {},
    licensing: {},
    notifications: { ...mail, MAIL_FROM: process.env.MAIL_FROM ?? 'Tenure <accounts@platform.example>' },
  };
  const services = databaseServices.map((name): NodeProcess => {
    const readyPort = ports[`${name}Health`];
    const database = { DATABASE_URL: asRole(stack.database, name, passwords.postgres) };
    const environment = { ...common(name, readyPort), ...database, ...own[name] };
    return { name, script: main(`services/${name}`), readyPort, environment };
  });
  const workflows: NodeProcess = {
    name: 'workflows',
    script: main('workflows'),
    readyPort: ports.workflowsHealth,
    environment: { ...common('workflows', ports.workflowsHealth), ...temporal },
  };
  const gateway: NodeProcess = {
    name: 'gateway',
    script: main('services/gateway'),
    readyPort: ports.gatewayHealth,
    environment: {
      ...common('gateway', ports.gatewayHealth),
      ...temporal,
      PORT: String(ports.gateway),
      OIDC_ISSUER: stack.issuer,
      OIDC_AUDIENCE: apiAudience,
      OIDC_CLIENT_ID: 'tenure-console',
      OIDC_CLIENT_SECRET: passwords.consoleSecret,
      // With a real Resend account, its owner sets the secret.
      ...(resendApiKey === undefined && { RESEND_WEBHOOK_SECRET: passwords.webhookSecret }),
    },
  };
  return [services, [workflows], [gateway]];
}

function main(folder: string): string {
  return path.join(repository, folder, 'dist/main.bundle.js');
}

/** The command that migrates a service's schema as its owner. @param server the superuser's URL */
export function migration(service: DatabaseService, server: string, passwords: RolePasswords) {
  const url = asRole(server, `${service}_owner`, passwords);
  const compiled = path.join(repository, 'services', service, 'dist');
  return {
    script: path.join(compiled, 'migrate.bundle.js'),
    folder: path.join(compiled, 'database/migrations'),
    environment: { DATABASE_OWNER_URL: url, DATABASE_URL: url, TZ: 'UTC' },
  };
}
