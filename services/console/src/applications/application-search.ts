import { applicationTypes, type ApplicationType } from './types.js';
import { definedOnly, readChoice, readText } from '../app/address.js';

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
    text: readText(address.text),
    cursor: readText(address.cursor),
  });
}
