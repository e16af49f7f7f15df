import type { ApplicationStatus } from '@tenure/contracts';
import { definedOnly, readChoice, readSearchText, readText } from '../app/address.js';
import { applicationTypes, type ApplicationType } from './types.js';

/** The search parameters of a list of applications. */
export interface ApplicationSearch {
  /** Absent: pending. */
  which?: 'decided';
  type?: ApplicationType;
  text?: string;
  cursor?: string;
}

export function readApplicationSearch(address: Record<string, unknown>): ApplicationSearch {
  return definedOnly({
    which: readChoice(address.which, ['decided'] as const),
    type: readChoice(address.type, applicationTypes),
    text: readSearchText(address.text),
    cursor: readText(address.cursor),
  });
}

/** The list that contains an application: where the way back leads if the reader did not come from a list. */
export function listOf(status: ApplicationStatus): Pick<ApplicationSearch, 'which'> {
  return status === 'pending' ? {} : { which: 'decided' };
}
