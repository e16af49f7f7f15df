import { isCancellation, setCurrentDetails } from '@temporalio/workflow';
import type { AnswerOf, inspectApplication, Problem } from '@tenure/contracts';
import { undoing } from './application-details.js';
import { interruptibly } from './interruption.js';
import { ask, refusalOf } from './requests.js';

/** The approved change, and when it was decided. */
export type Provision = NonNullable<AnswerOf<typeof inspectApplication>['provision']>;

type Undo = () => Promise<unknown>;

const cancelled: Problem = {
  type: 'urn:tenure:problem:cancelled',
  title: 'An operator canceled the provisioning.',
  status: 409,
  code: 'cancelled',
};

/**
 * Provisions what was approved. For a new account, a step that cannot succeed and a cancellation both undo the steps
 * before; the application has then failed. Any other change is one transaction in licensing: there is nothing to undo,
 * and once it has been requested nobody can tell that it was not made, so a cancellation does not stop it.
 * @throws ApplicationFailure when accounts refuses a change that licensing has made: an operator has to look into it
 */
export async function provision(
  applicationId: string,
  { change, decidedAt }: Provision,
): Promise<'fulfilled' | 'failed'> {
  if (change.type !== 'new_account') return applyChange(applicationId, change, decidedAt);
  const undo: Undo[] = [];
  try {
    const { facts } = await interruptibly(async () => {
      undo.push(() => ask.discardAccount({ applicationId }));
      await ask.createAccount({ applicationId });
      undo.push(() => ask.cancelSubscription({ applicationId, accountId: change.accountId }));
      return ask.openSubscription({ applicationId, decidedAt, change });
    });
    await ask.fulfillApplication({ applicationId, after: facts });
    return 'fulfilled';
  } catch (error) {
    const problem = isCancellation(error) ? cancelled : refusalOf(error);
    if (!problem) throw error;
    return fail(applicationId, problem, undo);
  }
}

async function applyChange(
  applicationId: string,
  change: Exclude<Provision['change'], { type: 'new_account' }>,
  decidedAt: string,
): Promise<'fulfilled' | 'failed'> {
  const refusedOrApplied = await ask.applyChange({ applicationId, decidedAt, change }).catch((error: unknown) => {
    const problem = refusalOf(error);
    if (!problem) throw error;
    return { problem };
  });
  if ('problem' in refusedOrApplied) return fail(applicationId, refusedOrApplied.problem, []);
  await ask.fulfillApplication({ applicationId, after: refusedOrApplied.facts });
  return 'fulfilled';
}

/**
 * Undoes the last step first. Each undo is registered before its step runs, because after a timeout nobody knows
 * whether the step took effect.
 */
async function fail(applicationId: string, problem: Problem, undo: Undo[]): Promise<'failed'> {
  setCurrentDetails(undoing(problem.code));
  for (const step of undo.toReversed()) await step();
  await ask.failApplication({ applicationId, problem });
  return 'failed';
}
