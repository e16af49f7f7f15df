import { refuse } from '@tenure/contracts';
import { Webhook } from 'svix';

/** Verifies that a webhook comes from Resend, is recent and was not modified. */
export class WebhookSignatures {
  readonly #webhook: Webhook | undefined;

  /** @param secret without it, no webhook is accepted */
  constructor(secret: string | undefined) {
    this.#webhook = secret === undefined ? undefined : new Webhook(secret);
  }

  /** @throws not_found without a secret */
  needSecret(): void {
    if (this.#webhook === undefined) throw refuse('not_found');
  }

  /** Whether these bytes were signed with our secret at most five minutes ago. */
  isTrue(body: Buffer, headers: Readonly<Record<string, string>>): boolean {
    try {
      this.#webhook!.verify(body, headers);
      return true;
    } catch {
      return false;
    }
  }
}
