import type { AnswerOf, LicenseNames, listRecipients, NoticeKind } from '@tenure/contracts';
import { isForReviewers } from './audience.js';

type Application = Pick<NonNullable<AnswerOf<typeof listRecipients>['application']>, 'request' | 'before'>;

export interface NamedLicense {
  code: string;
  names: LicenseNames;
}

/**
 * The code of the license that a notice mentions besides the one in force: the one that was applied for, or the
 * previous one.
 */
export function licenseToName(kind: NoticeKind, application: Application | null): string | null {
  if (kind === 'license_changed') return application?.before?.license ?? null;
  const asked = application?.request['license'];
  return namesWhatWasAsked(kind) && typeof asked === 'string' ? asked : null;
}

function namesWhatWasAsked(kind: NoticeKind): boolean {
  return kind === 'application_submitted' || isForReviewers(kind);
}
