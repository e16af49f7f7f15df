import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Stop } from '@tenure/platform/command/stop';
import { localFolder } from './folders.js';

/** The port of each process as an offset from `TENURE_PORT_BASE`, unless its own variable overrides it. */
const portTable = {
  gateway: [0, 'TENURE_GATEWAY_PORT'],
  temporalUi: [1, 'TENURE_TEMPORAL_UI_PORT'],
  mailbox: [2, 'TENURE_MAILBOX_PORT'],
  identityProvider: [3, 'TENURE_IDENTITY_PROVIDER_PORT'],
  temporal: [4, 'TENURE_TEMPORAL_PORT'],
  nats: [5, 'TENURE_NATS_PORT'],
  postgres: [6, 'TENURE_POSTGRES_PORT'],
  accountsHealth: [11, 'TENURE_ACCOUNTS_HEALTH_PORT'],
  licensingHealth: [12, 'TENURE_LICENSING_HEALTH_PORT'],
  notificationsHealth: [13, 'TENURE_NOTIFICATIONS_HEALTH_PORT'],
  gatewayHealth: [14, 'TENURE_GATEWAY_HEALTH_PORT'],
  workflowsHealth: [15, 'TENURE_WORKFLOWS_HEALTH_PORT'],
} as const;

export type PortName = keyof typeof portTable;
export const portNames = Object.keys(portTable) as PortName[];

export interface Configuration {
  ports: Record<PortName, number>;
  dataFolder: string;
  logFolder: string;
  /** Where people open Tenure. */
  publicUrl: string;
  /** With a key, e-mails are really sent; without one, they go to the mailbox. */
  resendApiKey: string | undefined;
}

/** @throws Stop */
export function readConfiguration(environment: NodeJS.ProcessEnv = process.env): Configuration {
  const dataFolder = path.resolve(environment.TENURE_DATA ?? path.join(localFolder, 'data'));
  const base = readPort('TENURE_PORT_BASE', environment.TENURE_PORT_BASE ?? '7300');
  const kept: Partial<Record<PortName, number | undefined>> = { identityProvider: rememberedIssuerPort(dataFolder) };
  const ports = Object.fromEntries(
    portNames.map((name) => {
      const [offset, variable] = portTable[name];
      const own = environment[variable];
      if (own !== undefined) return [name, readPort(variable, own)];
      return [name, kept[name] ?? readPort('TENURE_PORT_BASE', String(base + offset))];
    }),
  ) as Record<PortName, number>;
  const logFolder =
    environment.TENURE_DATA === undefined ? path.join(localFolder, 'logs') : path.join(dataFolder, 'logs');
  const publicUrl = environment.PUBLIC_URL ?? `http://localhost:${ports.gateway}`;
  return { ports, dataFolder, logFolder, publicUrl, resendApiKey: environment.RESEND_API_KEY || undefined };
}

/** The environment variable that moves a port. */
export function portVariable(name: PortName): string {
  return portTable[name][1];
}

/** The port of the identity provider of this data folder, which is part of its members' issuer. */
export function rememberedIssuerPort(dataFolder: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(issuerFile(dataFolder), 'utf8')) as { port: number }).port;
  } catch {
    return undefined;
  }
}

export function rememberIssuerPort(dataFolder: string, port: number): void {
  writeFileSync(issuerFile(dataFolder), JSON.stringify({ port }));
}

const issuerFile = (dataFolder: string) => path.join(dataFolder, 'issuer.json');

function readPort(variable: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new Stop(`${variable} is ${JSON.stringify(text)}, which is not a port: choose a number from 1024 to 65000.`);
}
