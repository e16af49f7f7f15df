import { Injectable, Logger } from '@nestjs/common';
import { noticeKinds } from '@tenure/contracts';
import { Database, Health, idArray, queryRows } from '@tenure/platform';

/** The notice kinds that this version can write, as an array literal. */
export const knownKinds = `{${noticeKinds.join(',')}}`;

const advice =
  'a later version of notifications stored it and has to send it. While both versions run, it will; ' +
  'if the later version was rolled back, start it again.';

/**
 * Dispatches and notices that a later version has stored and this version does not know, while both run or after the
 * later one was rolled back. They are left unchanged for the later version, and do not keep anything else from being
 * sent.
 */
@Injectable()
export class LaterVersion {
  readonly #log = new Logger(LaterVersion.name);
  readonly #dispatches = new Set<string>();

  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    health.add({ name: 'sender', check: async () => noteOf(await this.#left()) });
    health.metrics.gauges({
      labels: ['what'],
      read: async () => Object.entries(await this.#left()).map(([what, value]) => ({ labels: { what }, value })),
      gauges: {
        value: [
          'tenure_left_to_later_version',
          'Open dispatches and notices that this version does not know because a later version stored them.',
        ],
      },
    });
  }

  /** The dispatches that are left to the later version, as an array literal. */
  get dispatches(): string {
    return idArray([...this.#dispatches]);
  }

  /** Logs the first one as an alert, with advice. */
  leave(dispatchId: string): void {
    const message = `The dispatch ${dispatchId} is stored in a way that this version does not know. It is skipped: ${advice}`;
    this.#log.error({ message, alert: this.#dispatches.size === 0 });
    this.#dispatches.add(dispatchId);
  }

  async #left(): Promise<Left> {
    // More may be added while the query runs.
    const known = [...this.#dispatches];
    const [open, notices] = await this.database.asService((em) =>
      Promise.all([
        queryRows<{ dispatchId: string }>(
          em,
          `select dispatch_id as "dispatchId" from notifications.dispatches
           where dispatch_id = any(?::uuid[]) and ended_at is null`,
          [idArray(known)],
        ),
        queryRows<{ many: number }>(
          em,
          `select count(*)::int as many from notifications.notices where status = 'planned' and kind <> all(?::text[])`,
          [knownKinds],
        ),
      ]),
    );
    const isOpen = new Set(open.map(({ dispatchId }) => dispatchId));
    for (const dispatchId of known) if (!isOpen.has(dispatchId)) this.#dispatches.delete(dispatchId);
    return { dispatches: isOpen.size, notices: notices[0]!.many };
  }
}

interface Left {
  dispatches: number;
  notices: number;
}

function noteOf({ dispatches, notices }: Left): string | undefined {
  if (dispatches + notices === 0) return undefined;
  const [ofDispatches, ofNotices] = [
    dispatches === 1 ? 'dispatch' : 'dispatches',
    notices === 1 ? 'notice' : 'notices',
  ];
  return `${dispatches} ${ofDispatches} and ${notices} ${ofNotices} wait for the later version of notifications that stored them`;
}
