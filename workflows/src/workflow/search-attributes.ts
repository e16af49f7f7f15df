import { defineSearchAttributeKey, type SearchAttributePair, type SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

/** What operators search by. Never encrypted, so no personal data. */
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

/** As a start takes them. */
export function searchAttributePairs({ ExpiresOn, ...words }: Searchable): SearchAttributePair[] {
  const pairs = Object.entries(words).map(([name, value]) => ({
    key: keywords[name as keyof typeof keywords],
    value,
  }));
  if (ExpiresOn === undefined) return pairs;
  return [...pairs, { key: expiresOnKey, value: new Date(`${ExpiresOn}T00:00:00.000Z`) }];
}

/** What holds, of this workflow: the engine loads this module anew for each. */
let noted: Searchable = {};

/** What holds now. Written only when it is to be found: a status that is passed in milliseconds costs a write for nobody. */
export function noteSearchAttributes(searchable: Searchable): void {
  noted = searchable;
}

/**
 * Writes what was noted: before the workflow rests or ends, and as soon as something goes wrong. Only what differs from
 * what is set, so that nothing is written for what a start has said already.
 */
export function writeSearchAttributes(): void {
  const known = workflowInfo().typedSearchAttributes;
  const changed = searchAttributePairs(noted).filter(
    ({ key, value }) => String(known.get<typeof key.type>(key)) !== String(value),
  );
  if (changed.length > 0) upsertSearchAttributes(changed as SearchAttributeUpdatePair[]);
}
