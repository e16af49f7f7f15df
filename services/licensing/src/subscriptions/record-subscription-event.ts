import type { EntityManager } from '@mikro-orm/postgresql';
import type { Cause, subscriptionOpened, subscriptionResumed } from '@tenure/contracts';
import { recordEvent } from '@tenure/platform';
import type { ToldContract } from '../contract/load-contract.js';
import { termView } from '../domain/views.js';

/** Records an event about a subscription, with its last term; the license is sent where the event has that field. */
export async function recordSubscriptionEvent(
  em: EntityManager,
  event: typeof subscriptionOpened | typeof subscriptionResumed,
  { accountId, organizationId, contract, revision, clockAheadSeconds }: ToldContract,
  cause?: Cause,
): Promise<void> {
  const { term, timeZone, license } = contract;
  await recordEvent(em, event, {
    organizationId,
    accountId,
    applicationId: cause?.applicationId ?? null,
    version: revision,
    cause,
    data: { accountId, timeZone, term: termView(term, timeZone), clockAheadSeconds, license: license.code },
  });
}
