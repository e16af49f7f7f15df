import { defineSearchAttributeKey, type SearchAttributePair, type SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { searchAttributes } from '@tenure/contracts/workflows';

/** What operators search by. A calendar date is searched as its first instant in UTC. */
export type Searchable = Partial<Record<keyof typeof searchAttributes, string>>;

/** In the form in which a workflow start takes them. */
export function searchAttributePairs(searchable: Searchable): SearchAttributePair[] {
  return Object.entries(searchable).map(([name, value]) =>
    searchAttributes[name as keyof Searchable] === 'Datetime'
      ? { key: defineSearchAttributeKey(name, 'DATETIME'), value: new Date(`${value}T00:00:00.000Z`) }
      : { key: defineSearchAttributeKey(name, 'KEYWORD'), value },
  );
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
