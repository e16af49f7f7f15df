import { signed, type Webhook } from './webhook.js';

export interface WebhookTarget {
  url: string;
  /** `whsec_…` */
  secret: string;
}

/** Sent at once; what still waits does not wait for what is not answered. */
const AT_ONCE = 8;
const TIMEOUT_MS = 15_000;
/** Svix waits from seconds to hours; here it is over sooner. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** Sends webhooks until each is answered 2xx; in which order they arrive is not said. In memory: a stop forgets them. */
export class WebhookQueue {
  readonly #waiting: { webhook: Webhook; attempt: number }[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #underWay = 0;
  #stopped = false;

  constructor(private readonly target: WebhookTarget) {}

  add(webhook: Webhook, attempt = 1): void {
    this.#waiting.push({ webhook, attempt });
    this.#next();
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #next(): void {
    while (this.#underWay < AT_ONCE && !this.#stopped) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#underWay += 1;
      void this.#handOver(next);
    }
  }

  async #handOver({ webhook, attempt }: { webhook: Webhook; attempt: number }): Promise<void> {
    const taken = await this.#send(webhook);
    this.#underWay -= 1;
    if (!taken) this.#later(webhook, attempt);
    this.#next();
  }

  async #send(webhook: Webhook): Promise<boolean> {
    const { url, secret } = this.target;
    const answer = await fetch(url, {
      method: 'POST',
      body: webhook.body,
      headers: { 'content-type': 'application/json', ...signed(webhook, secret, new Date()) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok === true;
  }

  #later(webhook: Webhook, attempt: number): void {
    if (this.#stopped) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.add(webhook, attempt + 1);
    }, pause);
    this.#timers.add(timer);
  }
}
