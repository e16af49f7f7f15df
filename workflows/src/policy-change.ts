import {
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import { lookAgainSignal, type PolicyChangeInput } from '@tenure/contracts/workflows';
import { isTooLong } from './workflow/long-history.js';
import { cancelled, ended, moving, stopped, type Progress } from './workflow/policy-change-details.js';
import { ask } from './workflow/requests.js';
import { noteSearchAttributes, writeSearchAttributes } from './workflow/search-attributes.js';
import { now } from './workflow/time.js';

/**
 * Time between two batches, in milliseconds. Together with licensing's batch size, it sets the rate at which
 * subscriptions wake.
 */
const pace = 1_000;

const lookAgain = defineSignal(lookAgainSignal);

/**
 * A change of an organization's reminder policy: asks licensing to move one batch of subscriptions after another at a
 * bounded rate, and waits while the change is stopped. Licensing records the progress, so a workflow that was lost and
 * started again continues from there, and a batch that is requested twice is moved once.
 * @returns how the change ended
 */
export async function policyChange(
  change: PolicyChangeInput,
  { batch, startedAt }: { batch: number; startedAt: string } = { batch: 1, startedAt: now() },
): Promise<Progress['state']> {
  let signals = 0;
  setHandler(
    lookAgain,
    () => {
      signals += 1;
    },
    { description: 'Asks licensing whether to continue.' },
  );
  noteSearchAttributes({ OrganizationId: change.organizationId });
  writeSearchAttributes();

  let next = batch;
  let progress: Progress | null = null;
  try {
    for (;;) {
      const seen = signals;
      progress = await ask.advancePolicyChange({ ...change, batch: next });
      if (progress.state === 'applied' || progress.state === 'superseded') {
        setCurrentDetails(ended(progress));
        return progress.state;
      }
      next = progress.batches + 1;
      if (progress.state === 'stopped') {
        setCurrentDetails(stopped(progress));
        await condition(() => signals !== seen);
      } else {
        setCurrentDetails(moving(progress, startedAt));
        // No signal shortens the pause: each batch asks licensing for the current state anyway.
        await sleep(pace, { summary: `Until batch ${next} is requested` });
      }
      if (isTooLong()) return continueAsNew<typeof policyChange>(change, { batch: next, startedAt });
    }
  } catch (error) {
    if (isCancellation(error)) setCurrentDetails(cancelled(progress));
    throw error;
  }
}
