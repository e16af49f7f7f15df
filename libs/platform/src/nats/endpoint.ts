import { isForServices, schemaOf, subjectOfAll, type Problem, type Request } from '@tenure/contracts';

/** One message that a service answers, as NATS ADR-32 describes an endpoint, and how often it was asked. */
export class Endpoint {
  #requests = 0;
  #errors = 0;
  #lastError = '';
  #nanoseconds = 0;

  constructor(
    readonly message: Request,
    private readonly queueGroup: string,
  ) {}

  /** Counts one answer, which took so long; with the refusal, if it was one. */
  count(milliseconds: number, refusal?: Problem): void {
    this.#requests += 1;
    this.#nanoseconds += Math.round(milliseconds * 1e6);
    if (refusal === undefined) return;
    this.#errors += 1;
    this.#lastError = `${refusal.status}:${refusal.title}`;
  }

  /** The schemas are told of what other services may ask; what Tenure's own processes ask each other may change. */
  info() {
    const { request, answer, callers } = this.message;
    return {
      ...this.#address(),
      metadata: {
        callers: callers.join(', '),
        ...(isForServices(this.message) && {
          request_schema: JSON.stringify(schemaOf(request, 'input')),
          answer_schema: JSON.stringify(schemaOf(answer, 'output')),
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

  /** ADR-32 lets an endpoint's name have no dots; the service's name is left out, since it is the service's endpoint. */
  #address() {
    const { name } = this.message;
    return {
      name: name.slice(name.indexOf('.') + 1).replaceAll('.', '-'),
      subject: subjectOfAll(this.message),
      queue_group: this.queueGroup,
    };
  }
}
