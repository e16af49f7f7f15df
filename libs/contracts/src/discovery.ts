/** The version of what is asked and heard; `npm run release-contract` goes with a new one. */
export const contractVersion = '0.3.1';

/** How NATS tools find services, by NATS ADR-32: who is there, what do they answer, how often were they asked. */
export const discoveryVerbs = ['PING', 'INFO', 'STATS'] as const;
export type DiscoveryVerb = (typeof discoveryVerbs)[number];

/** Where one instance of a service hears this: asked of all services, of its own kind, and of itself. */
export function discoverySubjects(verb: DiscoveryVerb, service: string, instance: string): string[] {
  return [`$SRV.${verb}`, `$SRV.${verb}.${service}`, `$SRV.${verb}.${service}.${instance}`];
}
