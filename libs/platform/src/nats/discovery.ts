import { nuid } from '@nats-io/transport-node';
import { contractVersion, discoverySubjects, discoveryVerbs, type DiscoveryVerb } from '@tenure/contracts';
import type { Endpoint } from './endpoint.js';

/**
 * What a service reports about itself on `$SRV.…`, so that NATS tools find it (NATS ADR-32). Every instance answers.
 */
export class Discovery {
  readonly #instance = nuid.next();
  readonly #started = new Date().toISOString();

  constructor(
    private readonly service: string,
    private readonly endpoints: readonly Endpoint[],
  ) {}

  /** The subjects to subscribe to, without a queue group, each with its verb. */
  get subjects(): [subject: string, verb: DiscoveryVerb][] {
    return discoveryVerbs.flatMap((verb) =>
      discoverySubjects(verb, this.service, this.#instance).map(
        (subject) => [subject, verb] as [string, DiscoveryVerb],
      ),
    );
  }

  answer(verb: DiscoveryVerb): object {
    const self = { name: this.service, id: this.#instance, version: contractVersion, metadata: {} };
    if (verb === 'PING') return { type: 'io.nats.micro.v1.ping_response', ...self };
    if (verb === 'INFO')
      return {
        type: 'io.nats.micro.v1.info_response',
        ...self,
        description: `Tenure: ${this.service}`,
        endpoints: this.endpoints.map((endpoint) => endpoint.info()),
      };
    return {
      type: 'io.nats.micro.v1.stats_response',
      ...self,
      started: this.#started,
      endpoints: this.endpoints.map((endpoint) => endpoint.statistics()),
    };
  }
}
