import { Injectable, Logger } from '@nestjs/common';
import { refuse, type DomainRecord, type EmailDomainStatus } from '@tenure/contracts';
import { Resend } from 'resend';
import { z } from 'zod';
import { Settings } from '../settings.js';
import { statusOf } from '../domain/email-domain-state.js';
import { wholeName } from '../domain/own-domain.js';

/** A domain as the provider returns it. */
export interface ProviderDomain {
  providerId: string;
  status: EmailDomainStatus;
  records: DomainRecord[];
}

/** A refusal by the provider, in its own words. */
export class ProviderRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ProviderRefused';
  }
}

const identified = z.object({ id: z.string().min(1) });
const details = identified.extend({
  name: z.string(),
  status: z.string(),
  records: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      value: z.string(),
      status: z.string(),
      priority: z.number().nullish(),
    }),
  ),
});
const list = z.object({ data: z.array(details.omit({ records: true })), has_more: z.boolean() });
const failure = z.object({ name: z.string(), message: z.string(), statusCode: z.int().nullable() });
type Failure = z.output<typeof failure>;

/**
 * Resend's domains. Each call throws `unavailable` when Resend does not answer, or answers with an error that is not
 * about the domain. An answer that is not in its form, such as a page of a proxy in between, counts as none.
 */
@Injectable()
export class ProviderDomains {
  readonly #log = new Logger(ProviderDomains.name);

  constructor(
    private readonly resend: Resend,
    private readonly settings: Settings,
  ) {}

  /**
   * Finds a domain by name, with the provider's own word for its status. Reads the list of all domains, of which a
   * hundred fit in one answer: ask for it only when creating the domain has failed.
   */
  async find(name: string): Promise<{ providerId: string; status: string } | null> {
    let after: string | undefined;
    do {
      const { data, has_more } = await this.#ask(list, (signal) =>
        this.resend.domains.list({ limit: 100, ...(after !== undefined && { after }) }, { signal }),
      );
      const found = data.find((domain) => domain.name === name);
      if (found !== undefined) return { providerId: found.id, status: found.status };
      after = has_more ? data.at(-1)?.id : undefined;
    } while (after !== undefined);
    return null;
  }

  /** @throws ProviderRefused when somebody already has it, or it is not a domain */
  async create(name: string): Promise<ProviderDomain> {
    return described(await this.#ask(details, (signal) => this.resend.domains.create({ name }, { signal })));
  }

  /** Null when the provider does not know it. */
  get(providerId: string): Promise<ProviderDomain | null> {
    return unlessUnknown(
      this.#ask(details, (signal) => this.resend.domains.get(providerId, { signal })).then(described),
    );
  }

  /**
   * Starts looking up the records, unless the domain is verified: during a new lookup it would be pending, and nothing
   * could be sent from it. Null when the provider does not know it.
   */
  async verify(providerId: string): Promise<ProviderDomain | null> {
    const found = await this.get(providerId);
    if (found === null || found.status === 'verified') return found;
    const asked = await unlessUnknown(
      this.#ask(identified, (signal) => this.resend.domains.verify(providerId, { signal })),
    );
    return asked && this.get(providerId);
  }

  async remove(providerId: string): Promise<void> {
    await unlessUnknown(this.#ask(identified, (signal) => this.resend.domains.remove(providerId, { signal })));
  }

  async #ask<A extends z.ZodType>(
    answer: A,
    call: (signal: AbortSignal) => Promise<{ data: unknown; error: unknown }>,
  ): Promise<z.output<A>> {
    const signal = AbortSignal.timeout(this.settings.timeoutSeconds * 1000);
    const { data, error } = await call(signal).catch((thrown: unknown) => ({ data: null, error: noAnswer(thrown) }));
    const given = answer.safeParse(data);
    if (given.success) return given.data;
    const refusal = failure.safeParse(error).data ?? noAnswer('The answer is not in the form of the provider.');
    const { name, message, statusCode } = refusal;
    if (isOwnRefusal(refusal)) throw new ProviderRefused(statusCode!, message);
    this.#log.warn(`The provider cannot handle domains now: ${statusCode ?? 'no answer'} ${name} ${message}`);
    throw refuse('unavailable', 'The e-mail provider does not answer.');
  }
}

function noAnswer(error: unknown): Failure {
  return { name: 'no_answer', message: error instanceof Error ? error.message : String(error), statusCode: null };
}

/** Whether the refusal is about the domain, and not about our key, our rate limit, or by a proxy in between. */
function isOwnRefusal({ name, statusCode }: Failure): boolean {
  if (name === 'application_error' || name.endsWith('_api_key')) return false;
  return statusCode !== null && [400, 403, 404, 422].includes(statusCode);
}

async function unlessUnknown<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ProviderRefused && error.status === 404) return null;
    throw error;
  }
}

function described({ id, name, status, records }: z.output<typeof details>): ProviderDomain {
  return {
    providerId: id,
    status: statusOf(status),
    records: records.map((record) => ({
      type: record.type,
      name: wholeName(record.name, name),
      value: record.value,
      priority: record.priority ?? null,
      status: statusOf(record.status),
    })),
  };
}
