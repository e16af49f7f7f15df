import diagnostics from 'node:diagnostics_channel';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Resend, type CreateEmailResponse } from 'resend';
import { z } from 'zod';
import { Settings } from '../settings.js';
import type { ProviderAnswer } from '../domain/attempt.js';
import { figure, retryAfterSeconds } from '../domain/retry-after.js';
import type { OpenDispatch } from './open-dispatch.js';

/** The provider's limits: `ratelimit-limit` requests per second, and a pause of `retry-after` seconds. */
export interface Said {
  limit: number | null;
  retryAfterSeconds: number | null;
}

/** What all answers of the SDK have in common. */
type Answered = Pick<CreateEmailResponse, 'error' | 'headers'>;

/** An answer without the id of each e-mail, such as a page of a proxy in between, counts as none. */
const acceptedEmails = z.array(z.object({ id: z.string().min(1) }));

/** Resend, through its SDK. */
@Injectable()
export class Provider implements OnApplicationShutdown {
  /**
   * Keys of requests that have started to be sent. The SDK reports only that no answer came, not whether anything was
   * sent.
   */
  readonly #left = new Set<string>();

  constructor(
    private readonly resend: Resend,
    private readonly settings: Settings,
  ) {
    diagnostics.subscribe('undici:client:sendHeaders', this.#noteLeaving);
  }

  /**
   * Makes one attempt, with the dispatch's id as idempotency key: one request, for one e-mail or for a batch that is
   * accepted or refused as a whole. Never throws because of the provider or the network.
   */
  async send({
    dispatchId,
    emails,
  }: Pick<OpenDispatch, 'dispatchId' | 'emails'>): Promise<{ answer: ProviderAnswer; said: Said }> {
    const options = {
      idempotencyKey: dispatchId,
      signal: AbortSignal.timeout(this.settings.timeoutSeconds * 1000),
    };
    const requests = emails.map(({ request }) => request);
    try {
      if (requests.length === 1) {
        const response = await this.resend.emails.send(requests[0]!, options);
        return this.#reply(dispatchId, response, acceptedEmails.safeParse([response.data]));
      }
      const response = await this.resend.batch.send(requests, { ...options, batchValidation: 'strict' });
      return this.#reply(dispatchId, response, acceptedEmails.length(requests.length).safeParse(response.data?.data));
    } finally {
      this.#left.delete(dispatchId);
    }
  }

  onApplicationShutdown(): void {
    diagnostics.unsubscribe('undici:client:sendHeaders', this.#noteLeaving);
  }

  #reply(key: string, { error, headers }: Answered, { data: accepted }: { data?: { id: string }[] | undefined }) {
    // The SDK names an error `application_error` when it is not one of the provider's own.
    const named = error === null || error.name === 'application_error' ? null : (error.name ?? null);
    return {
      answer: {
        providerIds: accepted?.map(({ id }) => id) ?? null,
        status: error?.statusCode ?? null,
        error: named,
        message: error?.message ?? null,
        handedOver: this.#left.has(key),
      },
      said: {
        limit: figure(headers?.['ratelimit-limit']),
        // After an accepted request the header only says that the request counts.
        retryAfterSeconds: error === null ? null : retryAfterSeconds(headers ?? {}),
      },
    };
  }

  readonly #noteLeaving = (message: unknown): void => {
    const { headers } = message as { headers?: unknown };
    const key = /^idempotency-key: (\S+)\s*$/im.exec(typeof headers === 'string' ? headers : '')?.[1];
    if (key !== undefined) this.#left.add(key);
  };
}
