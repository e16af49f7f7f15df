import type { ApplicationStatus } from '@tenure/contracts';
import { definedOnly, readChoice, readSearchText, readText } from '../app/address.js';
import { applicationTypes, type ApplicationType } from './types.js';

/** What the address of a list of applications may say. */
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

/** The list in which an application is: where the way back leads from one that was come upon elsewhere. */
export function listOf(status: ApplicationStatus): Pick<ApplicationSearch, 'which'> {
  return status === 'pending' ? {} : { which: 'decided' };
}
