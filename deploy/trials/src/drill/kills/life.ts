import { randomUUID } from 'node:crypto';
import type { AccountView, ApplicationView } from '@tenure/contracts';
import type { OwnStack } from '@tenure/local/supervisor/stack';
import { allocate } from '@tenure/local/api/allocate';
import { account, application, decide, factsOf, moveClockOnce, submit, withdraw } from '@tenure/local/api/calls';
import type { Person } from '@tenure/local/api/person';
import { answered, becomes } from './patience.js';
import type { PlannedLife } from './plan.js';

/** The datapoints that a device of each account uses, in order. */
const datapoints = [5, 7] as const;
export const usedInTheEnd = datapoints[1];

/** More moments than a term has. */
const mostMoves = 8;

/** The course of a life, as its client saw it. */
export interface Lived extends PlannedLife {
  applicationIds: string[];
  accountId: string | null;
  stuckAt: string | null;
}

/** Applicant and reviewer. */
export interface People {
  sofia: Person;
  clara: Person;
}

/**
 * Plays one life through the API, retrying whenever nobody answers. Never rejects: `stuckAt` has the step that failed.
 */
export async function live(planned: PlannedLife, people: People, stack: OwnStack): Promise<Lived> {
  const lived: Lived = { ...planned, applicationIds: [], accountId: null, stuckAt: null };
  try {
    await new Life(lived, people, stack).toItsEnd();
  } catch (error) {
    lived.stuckAt = error instanceof Error ? error.message : String(error);
  }
  return lived;
}

class Life {
  constructor(
    private readonly lived: Lived,
    private readonly people: People,
    private readonly stack: OwnStack,
  ) {}

  async toItsEnd(): Promise<void> {
    const { ending, name } = this.lived;
    const applicationId = await this.#submit({
      type: 'new_account',
      accountName: name,
      customerName: 'Customer',
      license: 'essential',
      datapoints: 100,
      sector: 'hotel',
    });
    if (ending === 'withdrawn') return this.#withdraw(applicationId);
    if (ending === 'rejected') return this.#decide(applicationId, 'reject');
    await this.#decide(applicationId, 'approve');
    for (const used of datapoints) await this.#allocate(used);
    if (ending === 'renewed') return this.#renew();
    for (let moves = 0; (await this.#account()).state !== 'expired'; moves += 1) {
      if (moves === mostMoves) throw new Error('to expire');
      await this.#moveOn();
    }
  }

  async #submit(form: object): Promise<string> {
    const key = randomUUID();
    const { applicationId } = await answered('be sent', () => submit(this.people.sofia, form, key));
    this.lived.applicationIds.push(applicationId);
    return applicationId;
  }

  async #withdraw(applicationId: string): Promise<void> {
    const key = randomUUID();
    await answered('be withdrawn', () => withdraw(this.people.sofia, applicationId, key));
    await this.#ended(applicationId, 'withdrawn');
  }

  async #decide(applicationId: string, verdict: 'approve' | 'reject'): Promise<void> {
    const { clara } = this.people;
    const key = randomUUID();
    const sent = await answered('be read', () => application(clara, applicationId));
    const { accountId: about } = sent;
    const seen = about === null ? null : factsOf(await answered('be looked at', () => account(clara, about)));
    const decision =
      verdict === 'approve' ? ({ verdict, seen } as const) : ({ verdict, seen, reason: 'Not this year.' } as const);
    await answered('be decided', () => decide(clara, applicationId, decision, key));
    const { accountId } = await this.#ended(applicationId, verdict === 'approve' ? 'fulfilled' : 'rejected');
    if (verdict === 'approve') this.lived.accountId = accountId;
  }

  /** Renews after the first reminder, so that the remaining moments of the term are dropped. */
  async #renew(): Promise<void> {
    await this.#moveOn();
    const accountId = this.lived.accountId!;
    await this.#decide(await this.#submit({ type: 'renew_subscription', accountId, months: 12 }), 'approve');
  }

  async #allocate(used: number): Promise<void> {
    const allocation = { accountId: this.lived.accountId!, deviceId: 'meter-1', datapoints: used };
    await answered('use datapoints', () => allocate(this.stack, allocation));
  }

  async #moveOn(): Promise<void> {
    const key = randomUUID();
    const accountId = this.lived.accountId!;
    await answered('move on', () => moveClockOnce(this.people.sofia, accountId, { toNextMoment: true }, key));
  }

  #account(): Promise<AccountView> {
    return answered('be read', () => account(this.people.sofia, this.lived.accountId!));
  }

  async #ended(applicationId: string, status: ApplicationView['status']): Promise<ApplicationView> {
    const found = await becomes(
      `be ${status}`,
      () => application(this.people.sofia, applicationId),
      (one) => !['pending', 'approved'].includes(one.status),
    );
    if (found.status === status) return found;
    throw new Error(`to be ${status}: it is ${found.status}`);
  }
}
