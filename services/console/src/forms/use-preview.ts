import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApplicationForm, FieldError } from '@tenure/contracts';
import { preview } from '../api/calls.js';
import { isRefusal } from '../api/problem.js';
import type { TypedRequest } from './check.js';

/** So long after the last change, in milliseconds. */
const pause = 400;

/** Codes that only say that the figures do not fit the account: what would happen is still shown. */
const figuresOnly = new Set(['no_change', 'below_used', 'above_license', 'too_many_datapoints', 'too_many_rtc_lines']);

/** What would happen if the form were approved as it stands. Asked for once its fields can be understood. */
export function usePreview(request: TypedRequest, check: (request: TypedRequest) => FieldError[]) {
  const now = JSON.stringify(request);
  const [settled] = useDebouncedValue(now, pause);
  const asked = JSON.parse(settled) as TypedRequest;
  const isComplete = check(asked).every(({ code }) => figuresOnly.has(code));
  const query = useQuery({
    // Under its account, so that what is told about that asks for it anew.
    queryKey: [...(asked['accountId'] === undefined ? [] : ['account', asked['accountId']]), 'preview', settled],
    queryFn: ({ signal }) => preview(asked as ApplicationForm, signal),
    enabled: isComplete,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const isCurrent = settled === now && isComplete && query.isSuccess && !query.isPlaceholderData;
  return {
    answer: isComplete ? query.data : undefined,
    /** What is shown belongs to what was typed before. */
    isOld: !isCurrent,
    /** The fields cannot be understood yet. */
    isEarly: !isComplete,
    /** There is none, for no fault of the form's. */
    hasFailed: isComplete && query.isError && !isRefusal(query.error, 'invalid'),
    refusals: isCurrent ? query.data.refusals : [],
  };
}
export type PreviewState = ReturnType<typeof usePreview>;
