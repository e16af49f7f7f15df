import type { TLSConfig } from '@temporalio/client';
import { z } from 'zod';
import { readConfiguration } from '../process/configuration.js';
import { ConfigurationError } from '../process/variable.js';

/** The environment variables with which a process reaches Temporal. Each of the last four implies TLS. */
export const temporalVariables = {
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().min(1).default('tenure'),
  TEMPORAL_TLS: z.enum(['on', 'off']).optional(),
  /** In PEM: the authority whose certificates are trusted, if not one of the public authorities. */
  TEMPORAL_TLS_AUTHORITY: z.string().optional(),
  /** In PEM, both or neither: authenticate the client. */
  TEMPORAL_TLS_CERTIFICATE: z.string().optional(),
  TEMPORAL_TLS_KEY: z.string().optional(),
  /** Authenticates by key instead, as in Temporal Cloud. */
  TEMPORAL_API_KEY: z.string().optional(),
};
const variables = z.object(temporalVariables);

export interface TemporalServer {
  address: string;
  tls?: TLSConfig;
  apiKey?: string;
}

/** For a command, which has no settings of its own. @throws ConfigurationError */
export function readTemporal(environment: NodeJS.ProcessEnv): { server: TemporalServer; namespace: string } {
  const values = readConfiguration(variables, environment);
  return { server: temporalServer(values), namespace: values.TEMPORAL_NAMESPACE };
}

/** @throws ConfigurationError if the settings contradict each other */
export function temporalServer(values: Omit<z.output<typeof variables>, 'TEMPORAL_NAMESPACE'>): TemporalServer {
  const { TEMPORAL_TLS_CERTIFICATE: crt, TEMPORAL_TLS_KEY: key, TEMPORAL_TLS_AUTHORITY: authority } = values;
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey, TEMPORAL_TLS: asked } = values;
  if ((crt === undefined) !== (key === undefined))
    throw new ConfigurationError(['TEMPORAL_TLS_CERTIFICATE and TEMPORAL_TLS_KEY go together: set both, or neither.']);
  const needed = [authority, crt, apiKey].some((value) => value !== undefined);
  if (asked === 'off' && needed)
    throw new ConfigurationError(['TEMPORAL_TLS is off, but other settings need TLS: remove one or the other.']);
  if (asked !== 'on' && !needed) return { address };
  const tls: TLSConfig = {
    ...(authority !== undefined && { serverRootCACertificate: Buffer.from(authority) }),
    ...(crt !== undefined && key !== undefined && { clientCertPair: { crt: Buffer.from(crt), key: Buffer.from(key) } }),
  };
  return { address, tls, ...(apiKey !== undefined && { apiKey }) };
}
