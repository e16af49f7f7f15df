import { Injectable, Logger } from '@nestjs/common';
import { noticeKinds } from '@tenure/contracts';
import { Database, Health, idArray, queryRows } from '@tenure/platform';

/** This version does not know how to hand over what is stored: a later one has stored it. */
export class StoredOtherwise extends Error {
  constructor(
    readonly dispatchId: string,
    cause: unknown,
  ) {
    super(`The dispatch ${dispatchId} is stored in a way that this version does not know.`, { cause });
    this.name = 'StoredOtherwise';
  }
}

/** Kinds of notices that this version can write, as an array's literal. */
export const knownKinds = `{${noticeKinds.join(',')}}`;

const advice =
  'a later version of notifications has stored it, and has to send it. While versions run side by side, it will; ' +
  'if it was taken back, start it again.';

/**
 * What a later version has stored and this one does not know, while both run or after the later one was taken back. It is
 * left to that one as it is, and keeps nothing else from being sent.
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
          'Open dispatches and notices that this version does not know, since a later one has stored them.',
        ],
      },
    });
  }

  /** The dispatches that are left to it, as an array's literal. */
  get dispatches(): string {
    return idArray([...this.#dispatches]);
  }

  /** The first is said as an alert, with what to do. */
  leave(error: StoredOtherwise): void {
    this.#log.error({ message: `${error.message} It is passed over: ${advice}`, alert: this.#dispatches.size === 0 });
    this.#dispatches.add(error.dispatchId);
  }

  async #left(): Promise<Left> {
    // Another may be left while this is asked.
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
