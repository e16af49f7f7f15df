import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import { lookAgainSignal, type SubscriptionInput } from '@tenure/contracts/workflows';
import { isExpiry, noticeOf, type Timeline } from './workflow/due-moments.js';
import { isTooLong } from './workflow/long-history.js';
import { ask } from './workflow/requests.js';
import { noteSearchAttributes, writeSearchAttributes } from './workflow/search-attributes.js';
import { cancelled, ended, nameOf, sleeping, telling } from './workflow/subscription-details.js';
import { now } from './workflow/time.js';
import { waitUntil } from './workflow/wait.js';

/** What one run hands on to the next. A change of its shape is a new version. */
export interface SubscriptionState {
  version: 1;
  /** The term that this run is about; 0 before licensing was asked. */
  termNumber: number;
  /** Keys of the term's moments whose notices notifications has stored. */
  told: string[];
}

const lookAgain = defineSignal(lookAgainSignal);

/**
 * An account's subscription: at each wake it asks licensing for the timeline, has told what is due, mostly with the same
 * look (`activities/look.ts`), and sleeps to the next moment; it ends when the account does. It is told to look again,
 * never what to do: licensing's records decide. Each term is a run of its own, or several.
 */
export async function subscription(
  input: SubscriptionInput,
  state: SubscriptionState = { version: 1, termNumber: 0, told: [] },
): Promise<void> {
  const { accountId } = input;
  let changes = 0;
  setHandler(lookAgain, () => {
    changes += 1;
  });

  for (;;) {
    const seen = changes;
    const changed = () => changes !== seen;
    const { told = [], ...asked } = await ask.getTimeline({ accountId, asOf: now(), told: state.told });
    let timeline: Timeline = asked;
    if (isNewTerm(timeline, state)) return goOn(input, { version: 1, termNumber: timeline.term.number, told });
    // An expiry that was told of may come once more: a renewal that was sent in time was heard of too late.
    if (!timeline.due.some(isExpiry)) state.told = state.told.filter((key) => !key.endsWith('/expired'));
    state.told.push(...told);
    state.termNumber = timeline.term.number;
    noteSearchAttributes({
      AccountId: accountId,
      OrganizationId: timeline.organizationId,
      License: timeline.facts.license,
      ExpiresOn: timeline.term.expiresOn,
    });
    writeSearchAttributes();

    for (const due of timeline.due) {
      if (changed()) break;
      if (state.told.includes(due.moment.key)) continue;
      setCurrentDetails(telling(due.moment.kind));
      if (isExpiry(due)) {
        const { expired, validUntil } = await expire(accountId, timeline);
        if (!expired) {
          timeline = { ...timeline, validUntil, next: { kind: 'expired', at: validUntil } };
          break;
        }
      }
      await ask.requestNotice(noticeOf(due, accountId, timeline));
      state.told.push(due.moment.key);
    }
    if (changed()) continue;
    if (timeline.due.some((due) => isExpiry(due) && state.told.includes(due.moment.key))) {
      setCurrentDetails(ended(timeline));
      return;
    }

    const { next } = timeline;
    setCurrentDetails(sleeping(timeline));
    try {
      await waitUntil(changed, next?.at ?? null, next ? `Until ${nameOf(next.kind)} is due` : '');
    } catch (error) {
      if (isCancellation(error)) setCurrentDetails(cancelled(timeline));
      throw error;
    }
    if (isTooLong()) return goOn(input, state);
  }
}

function isNewTerm({ term }: Timeline, { termNumber }: SubscriptionState): boolean {
  return termNumber !== 0 && term.number !== termNumber;
}

/**
 * The history of a term ends with it, so that an account may be renewed for as long as it likes; one in which the account
 * changes thousands of times ends sooner.
 */
async function goOn(input: SubscriptionInput, state: SubscriptionState): Promise<never> {
  await condition(allHandlersFinished);
  return continueAsNew<typeof subscription>(input, state);
}

/**
 * Not expired, the account works after all until the instant in the answer: a renewal was sent in time, or the workflow's
 * clock is a little behind the account's.
 */
function expire(accountId: string, { term }: Timeline) {
  return ask.expireSubscription({ accountId, termNumber: term.number, asOf: now() });
}
