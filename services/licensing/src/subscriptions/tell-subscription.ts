import type { EntityManager } from '@mikro-orm/postgresql';
import type { Cause, subscriptionOpened } from '@tenure/contracts';
import { recordEvent } from '@tenure/platform';
import type { ToldContract } from '../contract/load-contract.js';
import { termView } from '../domain/views.js';

/** Tells what became of a subscription, with its last term. */
export async function tellSubscription(
  em: EntityManager,
  event: typeof subscriptionOpened,
  { accountId, organizationId, contract, revision, clockAheadSeconds }: ToldContract,
  cause?: Cause,
): Promise<void> {
  const { term, timeZone } = contract;
  await recordEvent(em, event, {
    organizationId,
    accountId,
    applicationId: cause?.applicationId ?? null,
    version: revision,
    ...(cause && { cause }),
    data: { accountId, timeZone, term: termView(term, timeZone), clockAheadSeconds },
  });
}
