import { defineSearchAttributeKey, type SearchAttributePair, type SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

/** What operators search by. Search attributes are never encrypted, so they hold no personal data. */
const keywords = {
  AccountId: defineSearchAttributeKey('AccountId', 'KEYWORD'),
  OrganizationId: defineSearchAttributeKey('OrganizationId', 'KEYWORD'),
  ApplicationType: defineSearchAttributeKey('ApplicationType', 'KEYWORD'),
  ApplicationStatus: defineSearchAttributeKey('ApplicationStatus', 'KEYWORD'),
  License: defineSearchAttributeKey('License', 'KEYWORD'),
};
const expiresOnKey = defineSearchAttributeKey('ExpiresOn', 'DATETIME');

export interface Searchable extends Partial<Record<keyof typeof keywords, string>> {
  /** A calendar date; searched as its first instant in UTC. */
  ExpiresOn?: string;
}

/** In the form in which a workflow start takes them. */
export function searchAttributePairs({ ExpiresOn, ...words }: Searchable): SearchAttributePair[] {
  const pairs = Object.entries(words).map(([name, value]) => ({
    key: keywords[name as keyof typeof keywords],
    value,
  }));
  if (ExpiresOn === undefined) return pairs;
  return [...pairs, { key: expiresOnKey, value: new Date(`${ExpiresOn}T00:00:00.000Z`) }];
}

/** The current values of this workflow: Temporal loads this module separately for each workflow. */
let noted: Searchable = {};

/**
 * Notes the current values without writing them: a status that lasts milliseconds is not worth a write, since nobody
 * can search for it.
 */
export function noteSearchAttributes(searchable: Searchable): void {
  noted = searchable;
}

/**
 * Writes the noted values: before the workflow sleeps or ends, and as soon as something goes wrong. Writes only values
 * that differ from those already set, so that what the start has set costs no write.
 */
export function writeSearchAttributes(): void {
  const known = workflowInfo().typedSearchAttributes;
  const changed = searchAttributePairs(noted).filter(
    ({ key, value }) => String(known.get<typeof key.type>(key)) !== String(value),
  );
  if (changed.length > 0) upsertSearchAttributes(changed as SearchAttributeUpdatePair[]);
}
