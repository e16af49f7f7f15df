import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { Database, commitWithNext } from '@tenure/platform';
import { Settings } from '../settings.js';
import { isForReviewers } from '../domain/audience.js';
import { domainOfKey } from '../domain/domain-key.js';
import { addressMarked, addressRemoved, noLongerTold } from '../domain/notice-end.js';
import {
  addressKey,
  fallbackOf,
  isAmong,
  isNoLongerTold,
  isRemoved,
  recipientsOf,
  type Recipient,
} from '../domain/recipients.js';
import { senderOf } from '../domain/sender.js';
import { tagsOf } from '../domain/tags.js';
import { ownSenders } from '../email-domains/own-sender.js';
import { markedIn } from '../evidence/marked-addresses.js';
import { formOf } from '../emails/form.js';
import { writeEmail } from '../emails/write-email.js';
import { wordsFrom } from '../texts/words.js';
import type { NoticeToSend } from './claim.js';
import type { ClaimedNotice } from './claimed-notice.js';
import type { WrittenEmail } from './email-request.js';
import { isUnreachable, type Asked, type Facts } from './facts.js';
import { newDelivery, type LeftOut, type NewDelivery, type PlannedDelivery } from './planned-delivery.js';

/** What to do with each notice, given what is known now. */
export interface Written {
  letters: Letter[];
  /** These end, and nothing more is sent. */
  ended: { notice: ClaimedNotice; status: 'skipped' | 'failed'; reason: string }[];
  /** These are retried after their backoff. */
  later: { notice: ClaimedNotice; why: string }[];
  /** These do not fit into this dispatch. */
  next: ClaimedNotice[];
}

/** What is sent now for one notice. */
export interface Letter {
  notice: ClaimedNotice;
  /** To be stored first. */
  added: NewDelivery[];
  /** Empty when nothing is left to be sent. */
  emails: { delivery: PlannedDelivery; written: WrittenEmail }[];
  leftOut: LeftOut[];
  /** The account's time by licensing's clock. */
  accountNow: Date | null;
  /** Who gets the notice when no other delivery is left. */
  instead: readonly Recipient[];
}

const nobody: ReadonlySet<string> = new Set();

/** The most e-mails that the provider accepts in one request. */
const MOST_EMAILS = 100;

/** Writes the e-mails of notices. */
@Injectable()
export class Letters {
  readonly #log = new Logger(Letters.name);

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Writes at most one dispatch. A notice that cannot be written does not affect the others. */
  async write(notices: readonly NoticeToSend[], asked: ReadonlyMap<string, Asked>): Promise<Written> {
    const written: Written = { letters: [], ended: [], later: [], next: [] };
    let room = MOST_EMAILS;
    const { senders, marked } = await this.#read(notices, asked);
    for (const toSend of notices) {
      const { notice } = toSend;
      const facts = asked.get(notice.noticeId)!;
      if (facts instanceof DomainError) this.#setAside(written, notice, facts);
      else if (facts.untrue !== null) written.ended.push({ notice, status: 'skipped', reason: facts.untrue });
      else if (room === 0) written.next.push(notice);
      else
        try {
          const letter = this.#letter(toSend, facts, {
            room,
            sender: senders.get(notice.noticeId) ?? null,
            marked: isForReviewers(notice.kind) ? nobody : (marked.get(notice.organizationId) ?? nobody),
          });
          if (letter === null) written.ended.push({ notice, status: 'failed', reason: 'no_recipient' });
          else written.letters.push(letter);
          room -= letter?.emails.length ?? 0;
        } catch (error) {
          this.#log.error(error);
          written.later.push({ notice, why: String(error) });
        }
    }
    return written;
  }

  #setAside(written: Written, notice: ClaimedNotice, refusal: DomainError): void {
    if (isUnreachable(refusal)) return void written.later.push({ notice, why: refusal.message });
    this.#log.error(`The notice ${notice.key} cannot be sent: ${refusal.message}`);
    written.ended.push({ notice, status: 'failed', reason: refusal.code });
  }

  /** Null when there is nobody to write to. */
  #letter(
    { notice, alone, planned }: NoticeToSend,
    facts: Facts,
    { room, sender, marked }: { room: number; sender: string | null; marked: ReadonlySet<string> },
  ): Letter | null {
    const { told, plan } = facts;
    const added = planned === null ? newDeliveries(notice, told, marked) : [];
    if (planned === null && added.length === 0) return null;
    const toBeMade = planned ?? added.filter(({ isMarked }) => isMarked !== true);
    const leftOut = toBeMade.flatMap((delivery) => leftOutOf(delivery, told, marked) ?? []);
    const isLeftOut = new Set(leftOut.map(({ deliveryId }) => deliveryId));
    const deliveries = toBeMade.filter(({ deliveryId }) => !isLeftOut.has(deliveryId)).slice(0, alone ? 1 : room);
    return {
      notice,
      added,
      leftOut,
      emails: deliveries.map((delivery) => ({ delivery, written: this.#email(notice, delivery, facts, sender) })),
      accountNow: plan && new Date(plan.now),
      instead: insteadOf(leftOut, told),
    };
  }

  #email(
    notice: ClaimedNotice,
    { email: address, name, language, isExtra, deliveryId }: PlannedDelivery,
    { told, plan, namedLicense }: Facts,
    sender: string | null,
  ): WrittenEmail {
    const email = writeEmail({
      notice,
      language,
      recipientName: name,
      isExtra,
      words: wordsFrom(told, plan, namedLicense, domainOfKey(notice)),
      publicUrl: this.settings.publicUrl,
      calendarToken: told.calendarToken,
      fromOwnDomain: sender !== null,
    });
    const from = sender === null ? this.settings.mailFrom : senderOf(told.organization.name, sender);
    return { from, to: [address], tags: tagsOf({ ...notice, deliveryId }), ...formOf(email) };
  }

  /**
   * The verified senders of the accounts' own domains, by notice id, and the marked addresses, by organization. Notices
   * to reviewers belong to no organization.
   */
  async #read(notices: readonly NoticeToSend[], asked: ReadonlyMap<string, Asked>) {
    const own = notices.map(({ notice }) => notice).filter(({ kind }) => !isForReviewers(kind));
    const accounts = own.flatMap(({ noticeId, organizationId }) => {
      const facts = asked.get(noticeId)!;
      const domain = facts instanceof DomainError ? null : (facts.told.account?.emailDomain ?? null);
      return domain === null ? [] : [{ noticeId, organizationId, domain }];
    });
    return this.database.asService(async (em) => {
      commitWithNext(em);
      const [senders, marked] = await Promise.all([
        ownSenders(em, accounts),
        markedIn(
          em,
          own.map(({ organizationId }) => organizationId),
        ),
      ]);
      return { senders: new Map(accounts.map(({ noticeId }, index) => [noticeId, senders[index]!])), marked };
    });
  }
}

/** Why a delivery that was fixed earlier is not made anymore; null when it is. */
function leftOutOf(delivery: PlannedDelivery, told: Facts['told'], marked: ReadonlySet<string>): LeftOut | null {
  const { deliveryId, email } = delivery;
  if (isRemoved(delivery, told.extraAddresses)) return { deliveryId, reason: addressRemoved };
  if (isNoLongerTold(delivery, told)) return { deliveryId, reason: noLongerTold };
  return marked.has(addressKey(email)) ? { deliveryId, reason: addressMarked } : null;
}

/** The current recipients if someone is no longer one; otherwise the organization's fallback address. */
export function insteadOf(leftOut: readonly LeftOut[], told: Facts['told']): Recipient[] {
  if (leftOut.some(({ reason }) => reason === noLongerTold)) return recipientsOf(told);
  const fallback = fallbackOf(told);
  return fallback === null ? [] : [fallback];
}

/**
 * One delivery for each recipient. Those to marked addresses are only recorded, and if all members' addresses are
 * marked, the fallback address gets one as well, even if there are extra addresses.
 */
function newDeliveries(notice: ClaimedNotice, told: Facts['told'], marked: ReadonlySet<string>): NewDelivery[] {
  const isMarked = ({ email }: { email: string }) => marked.has(addressKey(email));
  const recipients = recipientsOf(told);
  const fallback = fallbackOf(told);
  const all =
    fallback !== null &&
    recipients.every((recipient) => recipient.isExtra || isMarked(recipient)) &&
    !isAmong(recipients, fallback)
      ? [...recipients, fallback]
      : recipients;
  return all.map((recipient) => ({ ...newDelivery(notice, recipient), isMarked: isMarked(recipient) }));
}
