import diagnostics from 'node:diagnostics_channel';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Resend, type CreateEmailResponse } from 'resend';
import { Settings } from '../settings.js';
import type { ProviderAnswer } from '../domain/attempt.js';
import { figure, retryAfterSeconds } from '../domain/retry-after.js';
import type { OpenDispatch } from './open-dispatch.js';

/** What an attempt was answered, with what the provider says of its limits. */
export interface ProviderReply {
  answer: ProviderAnswer;
  /** Requests a second. */
  limit: number | null;
}

/** Of the SDK's answers, what they all have. */
type Answered = Pick<CreateEmailResponse, 'error' | 'headers'>;

/** Resend, through its SDK. */
@Injectable()
export class Provider implements OnApplicationShutdown {
  /** Keys of requests that have begun to leave. The SDK says only that no answer came, not whether anything was sent. */
  readonly #left = new Set<string>();

  constructor(
    private readonly resend: Resend,
    private readonly settings: Settings,
  ) {
    diagnostics.subscribe('undici:client:sendHeaders', this.#noteLeaving);
  }

  /**
   * One attempt, under the dispatch's id as idempotency key: one request, for one e-mail or for a batch of which all are
   * taken or none. Never throws for what the provider or the network does.
   */
  async send({ dispatchId, emails }: Pick<OpenDispatch, 'dispatchId' | 'emails'>): Promise<ProviderReply> {
    const options = {
      idempotencyKey: dispatchId,
      signal: AbortSignal.timeout(this.settings.timeoutSeconds * 1000),
    };
    const requests = emails.map(({ request }) => request);
    try {
      if (requests.length === 1) {
        const response = await this.resend.emails.send(requests[0]!, options);
        return this.#reply(dispatchId, response, response.data && [response.data.id]);
      }
      const response = await this.resend.batch.send(requests, { ...options, batchValidation: 'strict' });
      const ids = response.data?.data.map(({ id }) => id);
      // An answer that does not say what became of each is none.
      return this.#reply(dispatchId, response, ids?.length === requests.length ? ids : null);
    } finally {
      this.#left.delete(dispatchId);
    }
  }

  onApplicationShutdown(): void {
    diagnostics.unsubscribe('undici:client:sendHeaders', this.#noteLeaving);
  }

  #reply(key: string, { error, headers }: Answered, providerIds: string[] | null): ProviderReply {
    // The SDK calls an error that is not in the provider's own words `application_error`.
    const named = error === null || error.name === 'application_error' ? null : (error.name ?? null);
    return {
      answer: {
        providerIds,
        status: error?.statusCode ?? null,
        error: named,
        message: error?.message ?? null,
        handedOver: this.#left.has(key),
        // Said of what it took, it would only tell that it counts.
        retryAfterSeconds: error === null ? null : retryAfterSeconds(headers ?? {}),
      },
      limit: figure(headers?.['ratelimit-limit']),
    };
  }

  readonly #noteLeaving = (message: unknown): void => {
    const { headers } = message as { headers?: unknown };
    const key = /^idempotency-key: (\S+)\s*$/im.exec(typeof headers === 'string' ? headers : '')?.[1];
    if (key !== undefined) this.#left.add(key);
  };
}
