import type { Preview, TimelineMomentView } from '@tenure/contracts';
import type { TermMoment } from '../account/term-timeline.js';

/**
 * The moments of the current term, with those that a renewal would drop marked, and those of the term that would
 * follow. Earlier terms and notices about applications are left out.
 */
export function momentsOfBothTerms(
  moments: readonly TimelineMomentView[],
  { term, timeline, dropped }: Pick<Preview, 'term' | 'timeline' | 'dropped'>,
): TermMoment[] {
  const droppedKeys = new Set(dropped.map(({ key }) => key));
  const holds = moments.filter(
    ({ termNumber, applicationId }) => termNumber !== null && termNumber === (term?.number ?? 0) - 1 && !applicationId,
  );
  return [
    ...holds.map((moment) => ({ ...moment, ...(droppedKeys.has(moment.key) && { dropped: true }) })),
    ...timeline,
  ];
}
