import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Email } from './email.js';
import { Refusal } from './refusal.js';
import type { EmailContent } from './validation.js';
import type { Webhook } from './webhooks/webhook.js';

const KEY_LASTS_MS = 24 * 3600 * 1000;

/** The e-mails and webhooks of one request: stored all or nothing, as one line of the file. */
interface Accepted {
  key: string | null;
  payloadHash: string;
  at: string;
  emails: Email[];
  webhooks: Webhook[];
}

export interface Telling {
  /** The webhooks of an e-mail once it is accepted. */
  of(email: Email): Webhook[];
  /** Called with each webhook when it is stored, and again with all of them when the file is opened. */
  tell(webhook: Webhook): void;
}

/** Everything that was accepted, in an append-only file, or in memory without a file. */
export class MailStore {
  readonly emails: Email[] = [];
  readonly #byKey = new Map<string, Accepted>();
  readonly #inProgress = new Set<string>();
  #file: FileHandle | undefined;
  /** The length of the complete lines of the file, in bytes. */
  #length = 0;
  #lastWrite: Promise<void> = Promise.resolve();

  private constructor(
    private readonly now: () => Date,
    private readonly telling: Telling,
    private readonly forgetsKeys: boolean,
  ) {}

  /** @param forgetsKeys ignores idempotency keys, for a drill that provokes duplicates */
  static async open(
    file: string | undefined,
    now: () => Date,
    telling: Telling,
    forgetsKeys: boolean,
  ): Promise<MailStore> {
    const store = new MailStore(now, telling, forgetsKeys);
    if (file !== undefined) await store.#open(file);
    return store;
  }

  /**
   * Stores the e-mails on disk before it returns. A repeated key with the same payload gets the first answer.
   * @param check validates e-mails that are not known yet
   * @throws Refusal as Resend's API does for keys; what `check` throws
   */
  async accept(
    contents: EmailContent[],
    key: string | null,
    payload: unknown,
    check: (contents: readonly EmailContent[]) => void,
  ): Promise<Email[]> {
    const payloadHash = createHash('sha256').update(JSON.stringify(payload)).digest('hex');
    const known = key === null ? undefined : this.#validFor(key);
    if (known?.payloadHash === payloadHash) return known.emails;
    if (known)
      throw new Refusal(
        409,
        'invalid_idempotent_request',
        'Same idempotency key used with a different request payload.',
      );
    if (key !== null && this.#inProgress.has(key))
      throw new Refusal(
        409,
        'concurrent_idempotent_requests',
        'Same idempotency key used while original request is still in progress.',
      );
    check(contents);
    const at = this.now().toISOString();
    const emails = contents.map((content): Email => ({ id: randomUUID(), at, ...content, idempotencyKey: key }));
    const webhooks = emails.flatMap((email) => this.telling.of(email));
    if (key !== null) this.#inProgress.add(key);
    try {
      await this.#store({ key, payloadHash, at, emails, webhooks });
    } finally {
      if (key !== null) this.#inProgress.delete(key);
    }
    return emails;
  }

  /** Stores one more webhook. */
  tell(webhook: Webhook): Promise<void> {
    return this.#store({ key: null, payloadHash: '', at: this.now().toISOString(), emails: [], webhooks: [webhook] });
  }

  async close(): Promise<void> {
    await this.#lastWrite.catch(() => {});
    await this.#file?.close();
  }

  #validFor(key: string): Accepted | undefined {
    const accepted = this.forgetsKeys ? undefined : this.#byKey.get(key);
    return accepted && this.now().getTime() - Date.parse(accepted.at) < KEY_LASTS_MS ? accepted : undefined;
  }

  async #store(accepted: Accepted): Promise<void> {
    await this.#append(`${JSON.stringify(accepted)}\n`);
    this.#remember(accepted);
  }

  #remember(accepted: Accepted): void {
    this.emails.push(...accepted.emails);
    if (accepted.key !== null) this.#byKey.set(accepted.key, accepted);
    for (const webhook of accepted.webhooks) this.telling.tell(webhook);
  }

  /** Reads complete lines; a last line that a crash cut off was never acknowledged, and is removed. */
  async #open(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    this.#file = await open(file, 'a+');
    const content = await this.#file.readFile();
    this.#length = content.lastIndexOf('\n') + 1;
    const lines = content.subarray(0, this.#length).toString().split('\n').filter(Boolean);
    // Lines from before webhooks were stored have none to send.
    for (const line of lines) this.#remember({ webhooks: [], ...(JSON.parse(line) as Omit<Accepted, 'webhooks'>) });
    await this.#file.truncate(this.#length);
  }

  /** Appends one line at a time; a line that a full disk cut off is removed again. */
  #append(line: string): Promise<void> {
    const file = this.#file;
    if (!file) return Promise.resolve();
    this.#lastWrite = this.#afterLast(async () => {
      try {
        await file.appendFile(line);
        await file.datasync();
        this.#length += Buffer.byteLength(line);
      } catch (error) {
        await file.truncate(this.#length);
        throw error;
      }
    });
    return this.#lastWrite;
  }

  async #afterLast(work: () => Promise<void>): Promise<void> {
    await this.#lastWrite.catch(() => {});
    await work();
  }
}
