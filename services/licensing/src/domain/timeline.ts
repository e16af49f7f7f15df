import { dueMoments, expiresAt, planTimeline, type DueMoment, type Moment, type Term } from '@tenure/lifecycle';
import { validUntilOf, type Contract } from './contract.js';

/** Every moment of the last term, as planned. */
export function timelineOf(contract: Contract): Moment[] {
  const { term, timeZone, policy } = contract;
  return planTimeline({ term, timeZone, policy, validUntil: validUntilOf(contract) });
}

/** What is due at `asOf`, and the next planned moment after it: null when the term is over. */
export function dueOf(contract: Contract, asOf: Date): { due: DueMoment[]; next: Moment | null } {
  const timeline = timelineOf(contract);
  const { due } = dueMoments(timeline, {
    asOf,
    expiresAt: expiresAt(contract.term, contract.timeZone),
    timeZone: contract.timeZone,
    stoppedAt: contract.stoppedAt ?? undefined,
  });
  return { due, next: timeline.find((moment) => moment.status === 'planned' && moment.at > asOf) ?? null };
}

/**
 * The moments of every term, oldest first, for people. Of a term before the last, those that were still to come when
 * the renewal was decided are not applicable any more.
 * @param earlier the terms before the last one, each with the time of the decision that added the next
 */
export function allMoments(contract: Contract, earlier: { term: Term; renewedAt: Date }[]): Moment[] {
  const { timeZone, policy } = contract;
  return [
    ...earlier.flatMap(({ term, renewedAt }) =>
      planTimeline({ term, timeZone, policy, validUntil: expiresAt(term, timeZone) }).map((moment) =>
        moment.status === 'planned' && moment.at > renewedAt
          ? { ...moment, status: 'not_applicable' as const, reason: 'renewed' }
          : moment,
      ),
    ),
    ...timelineOf(contract),
  ];
}
