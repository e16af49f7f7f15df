import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { request as overHttp } from 'node:http';
import { request as overTls } from 'node:https';
import { signed, type Webhook } from './webhook.js';

export interface WebhookTarget {
  url: string;
  /** `whsec_…` */
  secret: string;
}

/** How many are sent concurrently; waiting webhooks do not wait for unanswered ones. */
const AT_ONCE = 8;
const TIMEOUT_MS = 15_000;
/** Svix retries for hours; here the pauses are shorter. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Sends webhooks until each is answered with 2xx, in no particular order. A file remembers the answered ones, so that
 * the owner of the webhooks can add all of them again at the next start.
 */
export class WebhookQueue {
  readonly #answered = new Set<string>();
  readonly #waiting: { webhook: Webhook; attempt: number }[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #underWay = new Set<Promise<void>>();
  #stopped = false;

  /** @param file absent: in memory only */
  constructor(
    private readonly target: WebhookTarget,
    private readonly file?: string,
  ) {
    if (file !== undefined && existsSync(file)) this.#answered = new Set(readFileSync(file, 'utf8').split('\n'));
  }

  add(webhook: Webhook, attempt = 1): void {
    if (this.#answered.delete(webhook.id)) return;
    this.#waiting.push({ webhook, attempt });
    this.#next();
  }

  /** Waits for the answers to webhooks in flight. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#underWay);
  }

  #next(): void {
    while (this.#underWay.size < AT_ONCE && !this.#stopped) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const handing = this.#handOver(next).finally(() => {
        this.#underWay.delete(handing);
        this.#next();
      });
      this.#underWay.add(handing);
    }
  }

  async #handOver({ webhook, attempt }: { webhook: Webhook; attempt: number }): Promise<void> {
    const taken = await this.#send(webhook);
    if (taken) this.#remember(webhook);
    else this.#later(webhook, attempt);
  }

  #remember({ id }: Webhook): void {
    if (this.file === undefined) return;
    try {
      appendFileSync(this.file, `${id}\n`);
    } catch (error) {
      // If the disk is full, the next start sends it again.
      console.error(error);
    }
  }

  /** Avoids `fetch`, which costs more than all other work for a webhook. */
  #send(webhook: Webhook): Promise<boolean> {
    const { url, secret } = this.target;
    return new Promise((resolve) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(webhook.body),
        ...signed(webhook, secret, new Date()),
      };
      const options = { method: 'POST', headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
      const request = url.startsWith('https:') ? overTls : overHttp;
      const sending = request(url, options, (answer) => {
        answer.resume();
        answer.once('error', () => resolve(false));
        answer.once('end', () => resolve(Math.floor(answer.statusCode! / 100) === 2));
      });
      sending.once('error', () => resolve(false));
      sending.end(webhook.body);
    });
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
