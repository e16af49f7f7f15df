import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Resend, type CreateBatchOptions } from 'resend';
import { until } from '@tenure/platform/command/until';
import pMap from 'p-map';
import { timed } from '../round.js';
import type { Accounts } from './accounts.js';
import { restSender, wakeSender } from './sender.js';

/** As many concurrent requests as the sender makes (`SEND_AT_ONCE`). */
const AT_ONCE = 8;

/** Notices that are stored first and then sent by the product. */
export class Stored {
  /** @param offset the offset of a reminder that is due */
  constructor(
    private readonly accounts: Accounts,
    private readonly offset: string,
  ) {}

  /** Sends the notices stored before, so that the next measurement does not pay for them. */
  async sendRest(): Promise<void> {
    await wakeSender(this.accounts.database);
    await this.#untilSent();
  }

  /** @returns how long it takes to send this many due reminders, from the sender's first turn, in seconds */
  async send(many: number, round: number): Promise<number> {
    const { database, ids, organizationId } = this.accounts;
    await restSender(database);
    await database.query(
      `insert into notifications.notices (notice_id, key, kind, "offset", organization_id, account_id, term_number,
         due_at, urgent, status, clock_ahead_seconds, requested_at, attempt_at, failures)
       select uuidv7(), account || '/1/' || $5::text || '/' || $3::int || '/' || n, 'reminder', $5::text, $2, account, 1, now(), false, 'planned',
         0, now(), now(), 0
       from generate_series(0, $4::int - 1) n, lateral (select ($1::uuid[])[1 + n % array_length($1::uuid[], 1)] as account) a`,
      [ids, organizationId, round, many, this.offset],
    );
    await database.query('vacuum analyze notifications.notices');
    const began = await wakeSender(database);
    await this.#untilSent();
    const ended = await database.query<{ seconds: number; sent: number }>(
      `select extract(epoch from max(ended_at) - $1::timestamptz)::float as seconds,
         count(*) filter (where status = 'sent')::int as sent
       from notifications.notices where key like '%/1/' || $3::text || '/' || $2::int || '/%'`,
      [began, round, this.offset],
    );
    const { seconds, sent } = ended.rows[0]!;
    if (sent !== many) throw new Error(`${sent} of ${many} notices were sent.`);
    return seconds;
  }

  /** The e-mails of a round as the mailbox received them, by request. */
  async batches(dataFolder: string, round: number): Promise<CreateBatchOptions[]> {
    const file = await open(path.join(dataFolder, 'mailbox/mail.ndjson'));
    const batches: CreateBatchOptions[] = [];
    // In tags, the slashes of the key are replaced.
    for await (const line of file.readLines())
      if (line.includes(`_1_${this.offset}_${round}_`)) batches.push(emailsIn(line));
    return batches;
  }

  async #untilSent(): Promise<void> {
    const isAnyLeft = async () => {
      const { rows } = await this.accounts.database.query<{ left: boolean }>(
        `select exists (select from notifications.notices where status = 'planned') as left`,
      );
      return rows[0]!.left;
    };
    if (await until(isAnyLeft, (left) => !left, { seconds: 300 })) throw new Error('Not all notices were sent.');
  }
}

function emailsIn(line: string): CreateBatchOptions {
  const { emails } = JSON.parse(line) as { emails: CreateBatchOptions };
  return emails.map(({ from, to, subject, html, text, tags }) => {
    return { from, to, subject, html, text, tags } as CreateBatchOptions[number];
  });
}

/** @returns how long the bare calls take, in seconds */
export async function sendBare(mailbox: string, batches: readonly CreateBatchOptions[]): Promise<number> {
  const resend = new Resend('re_bench', { baseUrl: mailbox });
  const send = async (batch: CreateBatchOptions) => {
    const { error } = await resend.batch.send(batch, { idempotencyKey: randomUUID() });
    if (error !== null) throw new Error(`A bare call was refused: ${error.message}`);
  };
  return (await timed(() => pMap(batches, send, { concurrency: AT_ONCE }))) / 1000;
}
