import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { envelopeSchema, identifyMember, Latest, memberChanged, readAs, type AnswerOf } from '@tenure/contracts';
import { Nats, Services } from '@tenure/platform/messaging';
import { isRecent } from '../domain/recent.js';
import { whenTold } from '../told.js';
import type { Identity } from './access-tokens.js';

type Known = AnswerOf<typeof identifyMember>;

/** With the 15 seconds after which open streams are looked at again, a minute. */
const keptForMs = 45_000;
const keptAtMost = 10_000;

/**
 * Who somebody is: organization, roles and language are accounts' to say. Kept until accounts says that the member
 * changed; less than a minute, should that not be heard.
 */
@Injectable()
export class Members implements OnApplicationBootstrap {
  readonly #heard = new Set<(memberId: string | undefined) => void>();
  readonly #known = new Latest<string, { member: Promise<Known>; at: number }>(keptAtMost);

  constructor(
    private readonly nats: Nats,
    private readonly services: Services,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return whenTold(this.nats, memberChanged, (message) => this.#forget(message.string()));
  }

  /** @throws member_unknown, unavailable, timeout */
  identify(identity: Identity): Promise<Known> {
    const key = keyOf(identity);
    const known = this.#known.get(key);
    if (known !== undefined && isRecent(known.at, keptForMs, Date.now())) return known.member;
    const entry = { member: this.services.ask(identifyMember, identity), at: Date.now() };
    this.#known.set(key, entry);
    entry.member.catch(() => {
      if (this.#known.get(key) === entry) this.#known.delete(key);
    });
    return entry.member;
  }

  /** For who has just changed something about themselves, and is to see it at once. */
  forget(identity: Identity): void {
    this.#known.delete(keyOf(identity));
  }

  /** Calls back with the id of each member that changed; without one when it may be anybody. */
  onChange(hear: (memberId: string | undefined) => void): void {
    this.#heard.add(hear);
  }

  /** An answer that is still under way when the change is told may be of before it, and is not kept either. */
  #forget(event: string): void {
    try {
      const changed = readAs(memberChanged, envelopeSchema.parse(JSON.parse(event)));
      if (!changed) return;
      this.#known.delete(keyOf(changed.data));
      for (const hear of this.#heard) hear(changed.data.memberId);
    } catch {
      new Logger('Members').warn('An event about a changed member cannot be read: all are asked for anew.');
      this.#known.clear();
      for (const hear of this.#heard) hear(undefined);
    }
  }
}

const keyOf = ({ issuer, subject }: Identity) => `${issuer}\n${subject}`;
