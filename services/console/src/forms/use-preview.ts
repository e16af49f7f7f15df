import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApplicationForm, FieldError } from '@tenure/contracts';
import { preview } from '../api/calls.js';
import { isRefusal } from '../api/problem.js';
import type { TypedRequest } from './check.js';

/** Delay after the last change, in milliseconds. */
const pause = 400;

/** Codes that say only that the figures do not fit the account: the preview is still shown. */
const figuresOnly = new Set(['no_change', 'below_used', 'above_license', 'too_many_datapoints', 'too_many_rtc_lines']);

/**
 * What would happen if the form were approved now. Requested once its fields are complete.
 *
 * @param sent what is being sent, or may have arrived: it is not previewed
 */
export function usePreview(
  request: TypedRequest,
  check: (request: TypedRequest) => FieldError[],
  sent: ApplicationForm | undefined,
) {
  const now = JSON.stringify(request);
  const [settled] = useDebouncedValue(now, pause);
  const asked = JSON.parse(settled) as TypedRequest;
  const isSent = settled === JSON.stringify(sent);
  const isComplete = check(asked).every(({ code }) => figuresOnly.has(code));
  const query = useQuery({
    // Under its account's key, so that a change of the account refetches it.
    queryKey: [...(asked['accountId'] === undefined ? [] : ['account', asked['accountId']]), 'preview', settled],
    queryFn: ({ signal }) => preview(asked as ApplicationForm, signal),
    enabled: isComplete && !isSent,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const isCurrent = settled === now && isComplete && query.isSuccess && !query.isPlaceholderData;
  return {
    answer: isComplete ? query.data : undefined,
    /** The preview belongs to an earlier input. */
    isOld: !isCurrent,
    /** The preview of the current input is on its way. */
    isAwaited: !isCurrent && isComplete && !isSent && !query.isError,
    /** The fields are not complete yet. */
    isEarly: !isComplete,
    /** The preview failed, through no fault of the form. */
    hasFailed: isComplete && query.isError && !isRefusal(query.error, 'invalid'),
    refusals: isCurrent ? query.data.refusals : [],
  };
}
export type PreviewState = ReturnType<typeof usePreview>;
