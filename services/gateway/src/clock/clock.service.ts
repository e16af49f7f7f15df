import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  getApplication,
  listApplications,
  refuse,
  setAccountClock,
  setSubscriptionClock,
  showTimeline,
  type Actor,
  type ClockStep,
} from '@tenure/contracts';
import { crashPoint, Services } from '@tenure/platform/messaging';
import { noticesAbout } from '../accounts/notices-about.js';
import { timelineOf } from '../accounts/timeline-of.js';
import {
  clockTarget,
  dueAt,
  latestStop,
  leadFor,
  nextStop,
  unsettled,
  type Ahead,
  type Lapse,
} from '../domain/clock.js';
import { growingPauses } from '../domain/pauses.js';
import type { AnswerOf } from '../routes/route.js';
import { Settings } from '../settings.js';
import { AccountWorkflows } from './account-workflows.js';
import { ClockMoves, type ClockMove } from './clock-moves.js';
import type { moveClockRoute } from './clock.routes.js';

interface Moving extends ClockMove {
  actor: Actor;
  accountId: string;
}

/**
 * Moves one account's clock forward, from moment to moment (docs/decisions/0005): stores the new lead in licensing and
 * accounts, moves the account's workflows, and continues when everything due has settled.
 */
@Injectable()
export class ClockService {
  readonly #moving = new Set<string>();

  constructor(
    private readonly services: Services,
    private readonly moves: ClockMoves,
    private readonly workflows: AccountWorkflows,
    private readonly settings: Settings,
  ) {}

  /**
   * A retry with the same key continues to the same target, or returns again what happened. Two gateways at once do no
   * harm, because a clock is never set back.
   * @throws not_found, clock_busy, idempotency_key_reused, time_skipping_unavailable, invalid if nothing is planned
   */
  async move(
    actor: Actor,
    accountId: string,
    step: ClockStep,
    idempotencyKey: string,
  ): Promise<AnswerOf<typeof moveClockRoute>> {
    if (this.#moving.has(accountId))
      throw refuse('clock_busy', "This account's clock is being moved by another request. Try again.");
    this.#moving.add(accountId);
    try {
      await this.workflows.requireTimeSkipping();
      const ahead = await this.#lookAhead(actor, accountId);
      const asked = { idempotencyKey, accountId, step };
      const move = await this.moves.start(actor, asked, () => ({ from: ahead.now, to: targetOf(step, ahead) }));
      const aheadSeconds = await this.#advance({ actor, accountId, ...move }, ahead);
      const { moments, terms } = await timelineOf(this.services, { actor, accountId });
      const happened = moments
        .map((moment) => ({ ...moment, at: dueAt(moment, terms) }))
        .filter((moment) => isWithin(moment, move))
        .sort((a, b) => a.at.localeCompare(b.at));
      return { accountId, ...move, aheadSeconds, happened };
    } finally {
      this.#moving.delete(accountId);
    }
  }

  /** An interrupted move first settles the stop that it had reached. */
  async #advance(move: Moving, begin: Ahead): Promise<number> {
    let ahead = begin;
    let stop = latestStop(ahead, move.from);
    for (;;) {
      if (stop !== null) await this.#stopAt(stop, move, ahead);
      ahead = await this.#lookAhead(move.actor, move.accountId);
      if (stop === move.to) return ahead.clockAheadSeconds;
      stop = earlier(nextStop(ahead), move.to);
    }
  }

  async #stopAt(stop: string, { actor, accountId, from }: Moving, ahead: Ahead): Promise<void> {
    const lead = { actor, accountId, aheadSeconds: leadFor(stop, ahead) };
    // Licensing first, because every move starts from its timeline: if this move is interrupted here, the next one
    // continues it, whatever its own target. Licensing may answer a larger lead, because a clock is never set back.
    const { aheadSeconds } = await this.services.ask(setSubscriptionClock, lead);
    crashPoint('gateway.clock.half_set');
    const { pendingApplications } = await this.services.ask(setAccountClock, { ...lead, aheadSeconds });
    await this.workflows.moveTo(stop, { accountId, applicationIds: pendingApplications });
    const due = ahead.lapses.filter(({ at }) => at <= stop);
    await this.#settle(stop, { actor, accountId, from }, due);
  }

  /** @throws clock_busy naming what did not settle in time */
  async #settle(stop: string, move: Pick<Moving, 'actor' | 'accountId' | 'from'>, lapses: readonly Lapse[]) {
    const until = Date.now() + this.settings.clockPatience;
    const { actor, accountId, from } = move;
    for (const pause of growingPauses(20, 500)) {
      const [ahead, notices, now] = await Promise.all([
        this.services.ask(showTimeline, { actor, accountId }),
        noticesAbout(this.services, { actor, accountId }),
        this.#statuses(actor, lapses),
      ]);
      const left = unsettled({ ...ahead, lapses: now }, notices, from, stop);
      if (left.length === 0) return;
      if (Date.now() + pause > until) throw refuse('clock_busy', notSettled(left), { figures: { stoppedAt: stop } });
      await delay(pause);
    }
  }

  #statuses(actor: Actor, lapses: readonly Lapse[]): Promise<Lapse[]> {
    return Promise.all(
      lapses.map(async (lapse) => {
        const { applicationId } = lapse;
        const { status } = await this.services.ask(getApplication, { actor, applicationId });
        return { ...lapse, status };
      }),
    );
  }

  async #lookAhead(actor: Actor, accountId: string): Promise<Ahead> {
    const [plan, { items }] = await Promise.all([
      this.services.ask(showTimeline, { actor, accountId }),
      this.services.ask(listApplications, { actor, accountId, status: 'pending' }),
    ]);
    const lapses = items.map(({ applicationId, lapsesAt, status }) => ({ applicationId, at: lapsesAt, status }));
    return { ...plan, lapses };
  }
}

function notSettled(left: readonly string[]): string {
  return [
    'The clock has stopped at a moment that is not settled yet',
    ...left,
    'Send the request again with the same key to continue.',
  ].join('. ');
}

/** A notice about an application that lapses at the target has a time shortly after it. */
function isWithin({ at, termNumber }: { at: string; termNumber: number | null }, { from, to }: ClockMove): boolean {
  const aMinuteLater = new Date(Date.parse(to) + 60_000).toISOString();
  return at > from && at <= (termNumber === null ? aMinuteLater : to);
}

function targetOf(step: ClockStep, ahead: Ahead): string {
  const target = clockTarget(step, ahead);
  if (target === null)
    throw refuse('invalid', 'Nothing is planned for this account.', {
      errors: [
        { path: 'toNextMoment', code: 'nothing_planned', message: 'The account has no next moment to move to.' },
      ],
    });
  return target;
}

function earlier(stop: string | null, target: string): string {
  return stop !== null && stop < target ? stop : target;
}
