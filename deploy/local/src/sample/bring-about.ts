import { accountRecipients } from '@tenure/contracts';
import type { SampleTarget } from './target.js';
import { allocate } from '../api/allocate.js';
import { decide, moveClockOnce, submit, whenEnded, withdraw } from '../api/calls.js';
import { given, Person } from '../api/person.js';
import type { SampleAccount } from './accounts.js';
import { sampleKey } from './identifiers.js';

/** Performs the steps that lead to a sample account, each as the person who would take it. */
export async function bringAbout(
  stack: SampleTarget,
  sample: SampleAccount,
  say: (sentence: string) => void,
): Promise<void> {
  const { account, outcome } = sample;
  const key = (...step: string[]) => sampleKey(account.accountName, ...step);
  const as = (signIn: string) => Person.of(stack, signIn);
  const applicant = await as(sample.applicant);
  const applied = given(await submit(applicant, { type: 'new_account', ...account }, key('apply')));
  const { applicationId } = applied;

  if ('pending' in outcome) return;
  if ('withdrawnBy' in outcome) {
    given(await withdraw(await as(outcome.withdrawnBy), applicationId, key('withdraw')));
    return;
  }
  if ('rejectedBy' in outcome) {
    const verdict = { verdict: 'reject', reason: outcome.reason, seen: null } as const;
    given(await decide(await as(outcome.rejectedBy), applicationId, verdict, key('reject')));
    return;
  }
  given(await decide(await as(outcome.approvedBy), applicationId, { verdict: 'approve', seen: null }, key('approve')));
  const accountId = await fulfilled(applicant, applicationId);
  for (const [deviceId, datapoints] of Object.entries(sample.used ?? {}))
    given(await allocate(stack, { accountId, deviceId, datapoints }));
  if (sample.extraAddresses) {
    const body = { extraAddresses: sample.extraAddresses, replaces: 0 };
    given(await applicant.put(`/accounts/${accountId}/recipients`, { shape: accountRecipients, body }));
  }
  for (let moment = 1; moment <= (sample.moments ?? 0); moment++) {
    const moved = await moveClockOnce(applicant, accountId, { toNextMoment: true }, key('clock', String(moment)));
    if (moved.problem?.code === 'time_skipping_unavailable')
      return say(`${account.accountName} keeps its current date: ${moved.problem.detail ?? moved.problem.title}`);
    given(moved);
  }
  if (sample.waiting) given(await submit(applicant, { ...sample.waiting, accountId }, key('waiting')));
}

async function fulfilled(applicant: Person, applicationId: string): Promise<string> {
  const done = await whenEnded(applicant, applicationId);
  if (done.status !== 'fulfilled' || done.accountId === null)
    throw new Error(`${done.accountName}: ${JSON.stringify(done.failure ?? done.status)}`);
  return done.accountId;
}
