import { refuse, type DomainError } from '@tenure/contracts';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './network.js';

const aMinute = 60;
const anHour = 60 * aMinute;
const aDay = 24 * anHour;
/** Calendar programs refresh every few hours; people open a link now and then. */
const calendarsAMinute = 60;
/** More than people click. Queries to the e-mail provider share its rate limit with everybody's e-mails. */
const providerAsksAMinute = 30;
/** As many as may be pending. Otherwise an organization could send and withdraw, and write to every reviewer each time. */
const withdrawalsADay = 200;

/**
 * The limits of this process: requests per minute of a member and of an address, concurrent requests of a member,
 * forged webhooks and calendar reads per address, sign-ins per person, and queries to the e-mail provider and
 * withdrawals per organization.
 */
export class RequestLimits {
  readonly #members: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;
  readonly #forged: RateLimiterMemory;
  readonly #signIns: RateLimiterMemory;
  readonly #trueSenders = new RateLimiterMemory({ points: 1, duration: aDay });
  readonly #calendarReaders = new RateLimiterMemory({ points: calendarsAMinute, duration: aMinute });
  readonly #providerAsks = new RateLimiterMemory({ points: providerAsksAMinute, duration: aMinute });
  readonly #withdrawals = new RateLimiterMemory({ points: withdrawalsADay, duration: aDay });

  readonly #atOnce: number;
  readonly #underWay = new Map<string, number>();

  /** @param limits per minute unless their names say otherwise; `atOnce` is per member */
  constructor(limits: { member: number; address: number; forged: number; signInsAnHour: number; atOnce: number }) {
    this.#atOnce = limits.atOnce;
    this.#members = new RateLimiterMemory({ points: limits.member, duration: aMinute });
    this.#addresses = new RateLimiterMemory({ points: limits.address, duration: aMinute });
    this.#forged = new RateLimiterMemory({ points: limits.forged, duration: aMinute });
    this.#signIns = new RateLimiterMemory({ points: limits.signInsAnHour, duration: anHour });
  }

  /** @throws too_many_requests */
  countMember(identity: string, response: Response): Promise<void> {
    return count(this.#members, identity, response);
  }

  /** Counts a request among the member's concurrent ones until it is answered. @throws too_many_requests */
  countUnderWay(identity: string, response: Response): void {
    const others = this.#underWay.get(identity) ?? 0;
    if (others >= this.#atOnce) throw tooMany({ msBeforeNext: 0 }, response);
    // The client has disconnected already, and no `close` will follow.
    if (response.destroyed) return;
    this.#underWay.set(identity, others + 1);
    response.once('close', () => {
      const left = this.#underWay.get(identity)! - 1;
      if (left === 0) this.#underWay.delete(identity);
      else this.#underWay.set(identity, left);
    });
  }

  /** Counts a successful sign-in of one person. @throws too_many_requests */
  countSignIn(identity: string, response: Response): Promise<void> {
    return count(this.#signIns, identity, response);
  }

  /** @throws too_many_requests */
  countAddress(address: string, response: Response): Promise<void> {
    return count(this.#addresses, networkOf(address), response);
  }

  /** Refuses an address that has sent too many forged webhooks; valid ones are not counted. @throws too_many_requests */
  async refuseForger(address: string, response: Response): Promise<void> {
    const counted = await this.#forged.get(networkOf(address));
    if (counted !== null && counted.remainingPoints <= 0) throw tooMany(counted, response);
  }

  /** Counts a forged webhook of one address, unless it has sent a valid one within a day. @throws too_many_requests */
  async countForged(address: string, response: Response): Promise<void> {
    const network = networkOf(address);
    if ((await this.#trueSenders.get(network)) === null) await count(this.#forged, network, response);
  }

  /**
   * Records that this address has sent a valid webhook, so that forged ones from it no longer block it: any customer of
   * the provider can have forged ones sent from the provider's own addresses for longer than it retries a valid one.
   */
  async trustSender(address: string): Promise<void> {
    const network = networkOf(address);
    await this.#trueSenders.set(network, 1, aDay);
    await this.#forged.delete(network);
  }

  /** Counts a read of a calendar, which needs no sign-in, by one address. @throws too_many_requests */
  countCalendarReader(address: string, response: Response): Promise<void> {
    return count(this.#calendarReaders, networkOf(address), response);
  }

  /** Counts a query to the e-mail provider by one organization. @throws too_many_requests */
  countAskOfProvider(organizationId: string, response: Response): Promise<void> {
    return count(this.#providerAsks, organizationId, response);
  }

  /** Counts a withdrawal of an application by one organization. @throws too_many_requests */
  countWithdrawal(organizationId: string, response: Response): Promise<void> {
    return count(this.#withdrawals, organizationId, response);
  }
}

async function count(limiter: RateLimiterMemory, key: string, response: Response): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw tooMany(error, response);
  }
}

function tooMany({ msBeforeNext }: Pick<RateLimiterRes, 'msBeforeNext'>, response: Response): DomainError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  response.setHeader('Retry-After', String(seconds));
  return refuse('too_many_requests', 'Too many requests. Slow down.', { figures: { retryAfterSeconds: seconds } });
}
