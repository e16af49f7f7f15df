import type { NoticeKind } from '@tenure/contracts';
import { isPlannedMoment } from './still-true.js';

/** What a notice is about; each kind needs some of it. */
export interface References {
  kind: NoticeKind;
  offset: string | null;
  accountId: string | null;
  applicationId: string | null;
  termNumber: number | null;
}

/** The fields that a notice of this kind needs and does not have. */
export function missingReferences(notice: References): (keyof References)[] {
  return needed(notice.kind).filter((field) => notice[field] === null);
}

function needed(kind: NoticeKind): (keyof References)[] {
  if (kind === 'reminder') return ['offset', 'accountId', 'termNumber'];
  return isPlannedMoment(kind)
    ? ['accountId', 'termNumber']
    : kind === 'subscription_renewed'
      ? ['accountId']
      : ['applicationId'];
}
