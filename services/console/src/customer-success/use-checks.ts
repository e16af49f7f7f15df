import { useQueries } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { checksQuery } from '../api/queries.js';

/** The maximum for one request. */
const checkedAtOnce = 50;
/** Waiting times and overdue marks change with time alone, so the checks are refetched every minute. */
const aMinuteMs = 60_000;

/** Today's checks of several applications, by application id. */
export function useChecks(rows: readonly Pick<ApplicationView, 'applicationId'>[]) {
  const ids = rows.map(({ applicationId }) => applicationId);
  const batches = Array.from({ length: Math.ceil(ids.length / checkedAtOnce) }, (_, batch) =>
    ids.slice(batch * checkedAtOnce, (batch + 1) * checkedAtOnce),
  );
  const answers = useQueries({
    queries: batches.map((batch) => ({ ...checksQuery(batch), refetchInterval: aMinuteMs })),
  });
  const found = answers.flatMap(({ data }) => data?.items ?? []);
  return {
    checks: new Map(found.map((check) => [check.applicationId, check])),
    areKnown: answers.every(({ data, isPlaceholderData }) => data !== undefined && !isPlaceholderData),
    error: answers.find(({ isError }) => isError)?.error,
    again: () => answers.filter(({ isError }) => isError).forEach(({ refetch }) => void refetch()),
  };
}
