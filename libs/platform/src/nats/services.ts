import { Injectable } from '@nestjs/common';
import { client, type AnswerOf, type AskOf, type AskOptions, type Client, type Request } from '@tenure/contracts';
import { refuseInsideTransaction } from '../database/transaction.js';
import { currentRequestId } from '../process/request-id.js';
import { Nats } from './nats.js';

/** Sends requests to other services under this process's own name, with the id of the current request. */
@Injectable()
export class Services implements Client {
  readonly #client: Client;

  constructor(nats: Nats) {
    this.#client = client(nats.connection, nats.user);
  }

  /**
   * Refused inside a transaction: ask first, then open it.
   * @throws DomainError with the service's problem, or `unavailable` (nobody answers), `timeout`, `payload_too_large`.
   */
  async ask<R extends Request>(message: R, body: AskOf<R>, options?: AskOptions): Promise<AnswerOf<R>> {
    refuseInsideTransaction(`Asking ${message.name}`);
    return this.#client.ask(message, body, { requestId: currentRequestId(), ...options });
  }
}
