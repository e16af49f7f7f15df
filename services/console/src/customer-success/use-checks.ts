import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { useEffect } from 'react';
import { onChange } from '../api/live.js';
import { checksQuery } from '../api/queries.js';
import { throttled } from '../api/throttled.js';

/** The maximum for one request. */
const checkedAtOnce = 50;
/** Waiting times and overdue marks change with time alone, so the checks are refetched every minute. */
const aMinuteMs = 60_000;

type Row = Pick<ApplicationView, 'applicationId' | 'accountId'>;

/** Today's checks of several applications, by application id. They follow the accounts that these are about. */
export function useChecks(rows: readonly Row[]) {
  const queries = useQueryClient();
  const batches = Array.from({ length: Math.ceil(rows.length / checkedAtOnce) }, (_, batch) =>
    rows.slice(batch * checkedAtOnce, (batch + 1) * checkedAtOnce),
  );
  const answers = useQueries({
    queries: batches.map((batch) => ({ ...queryOf(batch), refetchInterval: aMinuteMs })),
  });
  const ids = rows.map(({ applicationId }) => applicationId).join();
  useEffect(() => {
    const refetch = throttled((queryKey) => void queries.invalidateQueries({ queryKey }));
    return onChange(({ kind, accountId }) => {
      for (const batch of batches)
        if (kind === 'account' && batch.some((row) => row.accountId === accountId)) refetch(queryOf(batch).queryKey);
    });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the ids say which
  }, [queries, ids]);
  const found = answers.flatMap(({ data }) => data?.items ?? []);
  return {
    checks: new Map(found.map((check) => [check.applicationId, check])),
    areKnown: answers.every(({ data, isPlaceholderData }) => data !== undefined && !isPlaceholderData),
    error: answers.find(({ isError }) => isError)?.error,
    again: () => answers.filter(({ isError }) => isError).forEach(({ refetch }) => void refetch()),
  };
}

function queryOf(batch: readonly Row[]) {
  return checksQuery(batch.map(({ applicationId }) => applicationId));
}
