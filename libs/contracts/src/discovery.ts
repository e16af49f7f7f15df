/** The version of the contract; `npm run release-contract` sets a new one. */
export const contractVersion = '0.3.2';

/** How NATS tools discover services (NATS ADR-32): who is there, what they answer, how often they were asked. */
export const discoveryVerbs = ['PING', 'INFO', 'STATS'] as const;
export type DiscoveryVerb = (typeof discoveryVerbs)[number];

/** The subjects on which one instance hears this: for all services, for its kind, and for itself. */
export function discoverySubjects(verb: DiscoveryVerb, service: string, instance: string): string[] {
  return [`$SRV.${verb}`, `$SRV.${verb}.${service}`, `$SRV.${verb}.${service}.${instance}`];
}
