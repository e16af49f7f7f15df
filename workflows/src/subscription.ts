import { continueAsNew, defineSignal, isCancellation, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { lookAgainSignal, type SubscriptionInput } from '@tenure/contracts/workflows';
import { isExpiry, noticeOf, type Timeline } from './workflow/due-moments.js';
import { isTooLong } from './workflow/long-history.js';
import { ask } from './workflow/requests.js';
import { noteSearchAttributes, writeSearchAttributes } from './workflow/search-attributes.js';
import { cancelled, ended, nameOf, sleeping, requesting } from './workflow/subscription-details.js';
import { now } from './workflow/time.js';
import { waitUntil } from './workflow/wait.js';

/** What one run passes on to the next. Changing its shape requires a new version. */
export interface SubscriptionState {
  version: 1;
  /** The term that this run is about; 0 until licensing has been asked. */
  termNumber: number;
  /** Keys of the term's moments whose notices are stored in notifications. */
  told: string[];
}

const lookAgain = defineSignal(lookAgainSignal);

/**
 * An account's subscription. Each time it wakes, it asks licensing for the timeline and requests the notices that are
 * due, mostly in the same activity (`activities/look.ts`), then sleeps until the next moment. It ends when the account
 * expires. The signal `lookAgain` says only that something changed, never what to do: licensing's records decide. Each
 * term is at least one run of its own.
 */
export async function subscription(
  input: SubscriptionInput,
  state: SubscriptionState = { version: 1, termNumber: 0, told: [] },
): Promise<void> {
  const { accountId } = input;
  let changes = 0;
  setHandler(
    lookAgain,
    () => {
      changes += 1;
    },
    { description: 'Fetches the timeline from licensing again, and does what is due.' },
  );

  let timeline: Timeline | null = null;
  try {
    for (;;) {
      const seen = changes;
      const changed = () => changes !== seen;
      const { told = [], ...asked } = await ask.getTimeline({ accountId, asOf: now(), told: state.told });
      // Each term has a history of its own, so that an account can be renewed indefinitely.
      if (isNewTerm(asked, state))
        return continueAsNew<typeof subscription>(input, { version: 1, termNumber: asked.term.number, told });
      timeline = asked;
      noteTimeline(accountId, asked, told, state);
      timeline = await requestDue(accountId, asked, state, changed);
      if (changed()) continue;
      if (timeline.due.some((due) => isExpiry(due) && state.told.includes(due.moment.key))) {
        setCurrentDetails(ended(timeline));
        return;
      }

      const { next } = timeline;
      setCurrentDetails(sleeping(timeline));
      await waitUntil(changed, next?.at ?? null, next ? `Until ${nameOf(next.kind)} is due` : '');
      if (isTooLong()) return continueAsNew<typeof subscription>(input, state);
    }
  } catch (error) {
    if (isCancellation(error)) setCurrentDetails(cancelled(timeline));
    throw error;
  }
}

/** @param told keys of the reminders that were stored together with the answer */
function noteTimeline(
  accountId: string,
  { due, organizationId, facts, term }: Timeline,
  told: string[],
  state: SubscriptionState,
): void {
  // The expiry may become due again: a renewal that was sent in time may have been received too late.
  if (!due.some(isExpiry)) state.told = state.told.filter((key) => !key.endsWith('/expired'));
  state.told.push(...told);
  state.termNumber = term.number;
  noteSearchAttributes({
    AccountId: accountId,
    OrganizationId: organizationId,
    License: facts.license,
    ExpiresOn: term.expiresOn,
  });
  writeSearchAttributes();
}

/**
 * Requests the notices that are due and not stored yet, as long as nothing has changed. The expiry is recorded first.
 * @returns the timeline; if the account has not expired after all, with when it will: a renewal was sent in time, or the
 * workflow's clock is a little behind the account's
 */
async function requestDue(
  accountId: string,
  timeline: Timeline,
  { told }: SubscriptionState,
  changed: () => boolean,
): Promise<Timeline> {
  for (const due of timeline.due) {
    if (changed()) break;
    if (told.includes(due.moment.key)) continue;
    setCurrentDetails(requesting(due.moment.kind));
    if (isExpiry(due)) {
      const asked = { accountId, termNumber: timeline.term.number, asOf: now() };
      const { expired, validUntil } = await ask.expireSubscription(asked);
      if (!expired) return { ...timeline, validUntil, next: { kind: 'expired', at: validUntil } };
    }
    await ask.requestNotice(noticeOf(due, accountId, timeline));
    told.push(due.moment.key);
  }
  return timeline;
}

function isNewTerm({ term }: Timeline, { termNumber }: SubscriptionState): boolean {
  return termNumber !== 0 && term.number !== termNumber;
}
