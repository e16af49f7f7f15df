import { refuse, type DomainError } from '@tenure/contracts';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './network.js';

const aMinute = 60;
const anHour = 60 * aMinute;
const aDay = 24 * anHour;
/** Programs look every few hours; people open a link. */
const calendarsAMinute = 60;
/** More than people click. What the e-mail provider is asked counts with the e-mails of everybody. */
const providerAsksAMinute = 30;

/**
 * How many requests a minute one member and one address may send to this process, how many a member at once, how many
 * forged ones, how often a person may sign in, an address may read calendars, and an organization may have the e-mail
 * provider asked.
 */
export class RequestLimits {
  readonly #members: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;
  readonly #forged: RateLimiterMemory;
  readonly #signIns: RateLimiterMemory;
  readonly #trueSenders = new RateLimiterMemory({ points: 1, duration: aDay });
  readonly #calendarReaders = new RateLimiterMemory({ points: calendarsAMinute, duration: aMinute });
  readonly #providerAsks = new RateLimiterMemory({ points: providerAsksAMinute, duration: aMinute });

  readonly #atOnce: number;
  readonly #underWay = new Map<string, number>();

  /** @param limits a minute, where it does not say otherwise; `atOnce` of one member */
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

  /** Until it is answered, this is one of the requests that the member may have under way. @throws too_many_requests */
  countUnderWay(identity: string, response: Response): void {
    const others = this.#underWay.get(identity) ?? 0;
    if (others >= this.#atOnce) throw tooMany({ msBeforeNext: 0 }, response);
    // Whoever has gone already is not waited for.
    if (response.destroyed) return;
    this.#underWay.set(identity, others + 1);
    response.once('close', () => {
      const left = this.#underWay.get(identity)! - 1;
      if (left === 0) this.#underWay.delete(identity);
      else this.#underWay.set(identity, left);
    });
  }

  /** Of one person, whose sign-in holds. @throws too_many_requests */
  countSignIn(identity: string, response: Response): Promise<void> {
    return count(this.#signIns, identity, response);
  }

  /** @throws too_many_requests */
  countAddress(address: string, response: Response): Promise<void> {
    return count(this.#addresses, networkOf(address), response);
  }

  /** Refuses an address that has sent too many forged requests; what is not forged is not counted. @throws too_many_requests */
  async refuseForger(address: string, response: Response): Promise<void> {
    const counted = await this.#forged.get(networkOf(address));
    if (counted !== null && counted.remainingPoints <= 0) throw tooMany(counted, response);
  }

  /** Nothing is counted of an address that has sent a true one within a day. @throws too_many_requests */
  async countForged(address: string, response: Response): Promise<void> {
    const network = networkOf(address);
    if ((await this.#trueSenders.get(network)) === null) await count(this.#forged, network, response);
  }

  /**
   * This address has sent a true one: from now on the forged ones that come from it as well do not shut it out. Any
   * customer of the provider can have them sent from the provider's own addresses, for longer than it repeats a true one.
   */
  async trustSender(address: string): Promise<void> {
    const network = networkOf(address);
    await this.#trueSenders.set(network, 1, aDay);
    await this.#forged.delete(network);
  }

  /** Of one address, for calendars, which need no sign-in. @throws too_many_requests */
  countCalendarReader(address: string, response: Response): Promise<void> {
    return count(this.#calendarReaders, networkOf(address), response);
  }

  /** Of one organization, for what the e-mail provider is asked. @throws too_many_requests */
  countAskOfProvider(organizationId: string, response: Response): Promise<void> {
    return count(this.#providerAsks, organizationId, response);
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
