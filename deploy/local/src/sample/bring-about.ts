import { connect } from '@nats-io/transport-node';
import {
  accountRecipients,
  allocateDatapoints,
  applicationView,
  client,
  type ApplicationView,
} from '@tenure/contracts';
import { until } from '@tenure/platform/command/until';
import type { SampleTarget } from './target.js';
import { application, decide, submit } from '../api/calls.js';
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
    const path = `/applications/${applicationId}/withdrawal`;
    given(await (await as(outcome.withdrawnBy)).post(path, { shape: applicationView, body: {}, key: key('withdraw') }));
    return;
  }
  if ('rejectedBy' in outcome) {
    const verdict = { verdict: 'reject', reason: outcome.reason, seen: null } as const;
    given(await decide(await as(outcome.rejectedBy), applicationId, verdict, key('reject')));
    return;
  }
  given(await decide(await as(outcome.approvedBy), applicationId, { verdict: 'approve', seen: null }, key('approve')));
  const accountId = await fulfilled(applicant, applicationId);
  if (sample.used) await use(stack, accountId, sample.used);
  if (sample.extraAddresses) {
    const body = { extraAddresses: sample.extraAddresses, replaces: 0 };
    given(await applicant.put(`/accounts/${accountId}/recipients`, { shape: accountRecipients, body }));
  }
  for (let moment = 1; moment <= (sample.moments ?? 0); moment++) {
    const path = `/sandbox/accounts/${accountId}/clock`;
    const moved = await applicant.post(path, {
      shape: { parse: Object },
      body: { toNextMoment: true },
      key: key('clock', String(moment)),
    });
    if (moved.problem?.code === 'time_skipping_unavailable')
      return say(`${account.accountName} keeps its current date: ${moved.problem.detail ?? moved.problem.title}`);
    given(moved);
  }
  if (sample.waiting) given(await submit(applicant, { ...sample.waiting, accountId }, key('waiting')));
}

async function fulfilled(applicant: Person, applicationId: string): Promise<string> {
  const done = await until(
    () => application(applicant, applicationId).then(given<ApplicationView>),
    ({ status }) => status !== 'pending' && status !== 'approved',
  );
  if (done.status !== 'fulfilled' || done.accountId === null)
    throw new Error(`${done.accountName}: ${JSON.stringify(done.failure ?? done.status)}`);
  return done.accountId;
}

/** Allocates the datapoints of the account's devices, as the platform's ingestion does. */
async function use(stack: SampleTarget, accountId: string, devices: Record<string, number>): Promise<void> {
  const nats = await connect(stack.natsUser('ingestion'));
  try {
    const ingestion = client(nats, 'ingestion');
    for (const [deviceId, datapoints] of Object.entries(devices))
      await ingestion.ask(allocateDatapoints, { accountId, deviceId, datasource: 'sample', datapoints });
  } finally {
    await nats.close();
  }
}
