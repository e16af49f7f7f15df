import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { envelopeSchema, identifyMember, Latest, memberChanged, readAs, type AnswerOf } from '@tenure/contracts';
import { Nats, Services } from '@tenure/platform/messaging';
import { isRecent } from '../domain/recent.js';
import { subscribeTo } from '../subscribe-to.js';
import type { Identity } from './access-tokens.js';

type Known = AnswerOf<typeof identifyMember>;

/** Together with the 15 seconds between the checks of open streams, a minute. */
const keptForMs = 45_000;
const keptAtMost = 10_000;

/**
 * A cache of accounts' answers to who somebody is: organization, roles and language. An entry is dropped when accounts
 * reports that the member changed; it expires in less than a minute, in case that event is missed.
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
    return subscribeTo(this.nats, memberChanged, (message) => this.#forget(message.string()));
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

  /** Drops the entry of a member who has just changed something about themselves, so that they see it immediately. */
  forget(identity: Identity): void {
    this.#known.delete(keyOf(identity));
  }

  /** Calls back with the id of each member that changed; without an id if it may be any member. */
  onChange(hear: (memberId: string | undefined) => void): void {
    this.#heard.add(hear);
  }

  /** Also drops a pending request: its answer may be from before the change. */
  #forget(event: string): void {
    try {
      const changed = readAs(memberChanged, envelopeSchema.parse(JSON.parse(event)));
      if (!changed) return;
      this.#known.delete(keyOf(changed.data));
      for (const hear of this.#heard) hear(changed.data.memberId);
    } catch {
      new Logger('Members').warn('An event about a changed member cannot be read: the cache of members is cleared.');
      this.#known.clear();
      for (const hear of this.#heard) hear(undefined);
    }
  }
}

const keyOf = ({ issuer, subject }: Identity) => `${issuer}\n${subject}`;
