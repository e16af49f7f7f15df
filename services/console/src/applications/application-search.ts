import type { ApplicationStatus } from '@tenure/contracts';
import { definedOnly, readChoice, readSearchText, readText } from '../app/address.js';
import { applicationTypes } from './types.js';

/** The search parameters of a list of applications. */
export type ApplicationSearch = ReturnType<typeof readApplicationSearch>;

export function readApplicationSearch(address: Record<string, unknown>) {
  return definedOnly({
    /** Absent: pending. */
    which: readChoice(address.which, ['decided']),
    type: readChoice(address.type, applicationTypes),
    text: readSearchText(address.text),
    cursor: readText(address.cursor),
  });
}

/** The list that contains an application: where the way back leads if the reader did not come from a list. */
export function listOf(status: ApplicationStatus): Pick<ApplicationSearch, 'which'> {
  return status === 'pending' ? {} : { which: 'decided' };
}
