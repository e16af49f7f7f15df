import diagnostics from 'node:diagnostics_channel';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Resend, type CreateEmailOptions, type CreateEmailResponse } from 'resend';
import { SenderSettings } from '../configuration.js';
import type { ProviderAnswer } from '../domain/attempt.js';

/** A request to the provider as it is stored: JSON of the SDK's own options. */
export type EmailRequest = { from: string; to: string[] } & Required<
  Pick<CreateEmailOptions, 'subject' | 'html' | 'text' | 'tags'>
>;

/** What an attempt was answered, with what the provider says of its limits. */
export interface ProviderReply {
  answer: ProviderAnswer;
  /** Requests a second. */
  limit: number | null;
}

/** Resend, through its SDK. */
@Injectable()
export class Provider implements OnApplicationShutdown {
  readonly #resend: Resend;
  /** Keys of requests that have begun to leave. The SDK says only that no answer came, not whether anything was sent. */
  readonly #left = new Set<string>();

  constructor(private readonly settings: SenderSettings) {
    this.#resend = new Resend(settings.apiKey, settings.baseUrl === undefined ? {} : { baseUrl: settings.baseUrl });
    diagnostics.subscribe('undici:client:sendHeaders', this.#noteLeaving);
  }

  /** One attempt, under the dispatch's id as idempotency key. Never throws for what the provider or the network does. */
  async send(dispatch: { dispatchId: string; request: string }): Promise<ProviderReply> {
    const key = dispatch.dispatchId;
    try {
      const response = await this.#resend.emails.send(JSON.parse(dispatch.request) as EmailRequest, {
        idempotencyKey: key,
        signal: AbortSignal.timeout(this.settings.timeoutSeconds * 1000),
      });
      return replyFrom(response, this.#left.has(key));
    } finally {
      this.#left.delete(key);
    }
  }

  onApplicationShutdown(): void {
    diagnostics.unsubscribe('undici:client:sendHeaders', this.#noteLeaving);
  }

  readonly #noteLeaving = (message: unknown): void => {
    const { headers } = message as { headers?: unknown };
    const key = /^idempotency-key: (\S+)\s*$/im.exec(typeof headers === 'string' ? headers : '')?.[1];
    if (key !== undefined) this.#left.add(key);
  };
}

function replyFrom({ data, error, headers }: CreateEmailResponse, handedOver: boolean): ProviderReply {
  // The SDK calls an error that is not in the provider's own words `application_error`.
  const named = error === null || error.name === 'application_error' ? null : (error.name ?? null);
  return {
    answer: {
      providerId: data?.id ?? null,
      status: error?.statusCode ?? null,
      error: named,
      message: error?.message ?? null,
      handedOver,
      retryAfterSeconds: seconds(headers?.['retry-after']),
    },
    limit: seconds(headers?.['ratelimit-limit']),
  };
}

function seconds(header: string | undefined): number | null {
  const number = Number.parseFloat(header ?? '');
  return Number.isFinite(number) && number >= 0 ? number : null;
}
