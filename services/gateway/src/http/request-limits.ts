import { refuse } from '@tenure/contracts';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const aMinute = 60;

/** How many requests a minute one member and one address may send to this process. */
export class RequestLimits {
  readonly #members: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;

  constructor(perMinute: { member: number; address: number }) {
    this.#members = new RateLimiterMemory({ points: perMinute.member, duration: aMinute });
    this.#addresses = new RateLimiterMemory({ points: perMinute.address, duration: aMinute });
  }

  /** @throws too_many_requests */
  countMember(identity: string, response: Response): Promise<void> {
    return count(this.#members, identity, response);
  }

  /** @throws too_many_requests */
  countAddress(address: string, response: Response): Promise<void> {
    return count(this.#addresses, address, response);
  }
}

async function count(limiter: RateLimiterMemory, key: string, response: Response): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    response.setHeader('Retry-After', String(seconds));
    throw refuse('too_many_requests', 'Too many requests; slow down', { figures: { retryAfterSeconds: seconds } });
  }
}
