import { forReaders, isForServices, schemaOf, subjectOfAll, type Problem, type Request } from '@tenure/contracts';

/** One message that a service answers, as an endpoint of NATS ADR-32, with its statistics. */
export class Endpoint {
  #requests = 0;
  #errors = 0;
  #lastError = '';
  #nanoseconds = 0;

  constructor(
    readonly message: Request,
    private readonly queueGroup: string,
  ) {}

  /** Counts one answer with its duration, and with the refusal, if it was one. */
  count(milliseconds: number, refusal?: Problem): void {
    this.#requests += 1;
    this.#nanoseconds += Math.round(milliseconds * 1e6);
    if (refusal === undefined) return;
    this.#errors += 1;
    this.#lastError = `${refusal.status}:${refusal.title}`;
  }

  /**
   * Schemas are published only for messages that other services may send; those between Tenure's own processes may
   * change.
   */
  info() {
    const { request, answer, callers } = this.message;
    return {
      ...this.#address(),
      metadata: {
        callers: callers.join(', '),
        ...(isForServices(this.message) && {
          request_schema: JSON.stringify(schemaOf(request, 'input')),
          answer_schema: JSON.stringify(forReaders(schemaOf(answer, 'output'))),
        }),
      },
    };
  }

  statistics() {
    return {
      ...this.#address(),
      num_requests: this.#requests,
      num_errors: this.#errors,
      last_error: this.#lastError,
      processing_time: this.#nanoseconds,
      average_processing_time: this.#requests === 0 ? 0 : Math.round(this.#nanoseconds / this.#requests),
    };
  }

  /** ADR-32 allows no dots in an endpoint's name. The service's name is left out, since the endpoint belongs to it. */
  #address() {
    const { name } = this.message;
    return {
      name: name.slice(name.indexOf('.') + 1).replaceAll('.', '-'),
      subject: subjectOfAll(this.message),
      queue_group: this.queueGroup,
    };
  }
}
