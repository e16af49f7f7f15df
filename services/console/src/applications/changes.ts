import type { ApplicationView } from '@tenure/contracts';

/** One change that an application requests, without texts, which depend on the reader's language. */
export type ChangeOf =
  | { what: 'license'; before: string | null; after: string }
  | { what: 'datapoints' | 'rtcLines' | 'months'; before: number | null; after: number }
  | { what: 'expiresOn'; before: string | null; after: string };

/**
 * What an application requests, against what held when it was sent. A renewal's new last day is known once licensing
 * has calculated it; until then its months describe it.
 */
export function changesOf({
  request,
  before,
  after,
}: Pick<ApplicationView, 'request' | 'before' | 'after'>): ChangeOf[] {
  switch (request.type) {
    case 'new_account':
      return [
        { what: 'license', before: null, after: request.license },
        { what: 'datapoints', before: null, after: request.datapoints },
        ...(request.rtcLines > 0 ? [{ what: 'rtcLines', before: null, after: request.rtcLines } as const] : []),
        { what: 'months', before: null, after: request.months },
      ];
    case 'change_datapoints':
      return [{ what: 'datapoints', before: before?.contracted ?? null, after: request.datapoints }];
    case 'change_license':
      return [{ what: 'license', before: before?.license ?? null, after: request.license }];
    case 'renew_subscription':
      return after
        ? [
            { what: 'expiresOn', before: before?.expiresOn ?? null, after: after.expiresOn },
            { what: 'months', before: null, after: request.months },
          ]
        : [{ what: 'months', before: null, after: request.months }];
  }
}
