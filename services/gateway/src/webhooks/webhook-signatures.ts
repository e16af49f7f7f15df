import { refuse } from '@tenure/contracts';
import { Webhook } from 'svix';

/** Whether a webhook was sent by Resend, of late, and as it is. */
export class WebhookSignatures {
  readonly #webhook: Webhook | undefined;

  /** @param secret without one, there are no webhooks */
  constructor(secret: string | undefined) {
    this.#webhook = secret === undefined ? undefined : new Webhook(secret);
  }

  /** @throws not_found without a secret */
  needSecret(): void {
    if (this.#webhook === undefined) throw refuse('not_found');
  }

  /** Whether these bytes were signed with our secret, no more than five minutes ago. */
  isTrue(body: Buffer, headers: Readonly<Record<string, string>>): boolean {
    try {
      this.#webhook!.verify(body, headers);
      return true;
    } catch {
      return false;
    }
  }
}
