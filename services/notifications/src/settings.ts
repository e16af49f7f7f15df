import { Injectable } from '@nestjs/common';
import { emailAddress } from '@tenure/contracts';
import { readConfiguration, serviceSettings } from '@tenure/platform';
import { z } from 'zod';

/** `tenure.example:443` is a URL as well, of the scheme `tenure.example`. */
const httpUrl = z.url({ protocol: /^https?$/ });

/** `address` or `Name <address>`: the provider would refuse each e-mail from anything else. */
const sender = z
  .string()
  .refine(
    (from) => emailAddress.safeParse(/^[^<>\r\n]+<([^<>]+)>$/.exec(from)?.[1] ?? from).success,
    'it must be an address, or Name <address>',
  );

const own = z
  .object({
    RESEND_API_KEY: z.string().min(1),
    /** If absent, Resend itself. Locally, the mailbox. */
    RESEND_BASE_URL: httpUrl.optional(),
    /** Sender of e-mails about accounts without a domain of their own. */
    MAIL_FROM: sender,
    /** Where people open the console; links in e-mails start with it. */
    PUBLIC_URL: httpUrl,
    /** Timeout of a request to the provider. */
    SEND_TIMEOUT_SECONDS: z.coerce.number().positive().max(60).default(10),
    /** The lease: how long a sender holds a notice before another one may take it over. */
    SEND_LEASE_SECONDS: z.coerce.number().positive().max(3600).default(45),
    /**
     * How many batches one process works on concurrently: each spends more time on questions, writing and storing than
     * on its request.
     */
    SEND_AT_ONCE: z.coerce.number().int().min(1).max(50).default(8),
  })
  .refine(({ SEND_LEASE_SECONDS, SEND_TIMEOUT_SECONDS }) => SEND_LEASE_SECONDS > SEND_TIMEOUT_SECONDS, {
    path: ['SEND_LEASE_SECONDS'],
    message: 'it must be greater than SEND_TIMEOUT_SECONDS',
  });

/** All that the process reads from its environment. */
export const settings = [...serviceSettings, own];

/** Notifications' configuration, read at startup. */
@Injectable()
export class Settings {
  readonly #values = readConfiguration(own);
  readonly apiKey = this.#values.RESEND_API_KEY;
  readonly baseUrl = this.#values.RESEND_BASE_URL;
  readonly mailFrom = this.#values.MAIL_FROM;
  readonly publicUrl = this.#values.PUBLIC_URL;
  readonly timeoutSeconds = this.#values.SEND_TIMEOUT_SECONDS;
  readonly leaseSeconds = this.#values.SEND_LEASE_SECONDS;
  readonly atOnce = this.#values.SEND_AT_ONCE;
}
