import { accounts, decide, submit, whenEnded } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { toldTwice } from '../letters.js';
import type { Tour } from '../tour.js';

export async function theWorkerIsKilled(tour: Tour): Promise<void> {
  const { story, people, stack, mailbox } = tour;
  const { sofia, clara } = people;
  story.chapter('The worker is killed between the decision and the account');

  const sent = given(await submit(sofia, tour.newAccount('Storm')));
  const worker = stack.pid('workflows');
  if (worker === undefined) throw new Error('No worker is running.');
  story.step(`kill -9 ${worker} ends the process that runs the workflows. Then Clara approves.`);
  process.kill(worker, 'SIGKILL');
  await until(
    async () => isAlive(worker),
    (alive) => !alive,
  );
  const answer = given(await decide(clara, sent.applicationId, { verdict: 'approve', seen: null }));
  // The worker may be back within the 3 s that an approval waits for its outcome.
  if ('application' in answer)
    story.check(
      'stored, not approved yet; its outcome will be at',
      answer.application,
      `/api/applications/${sent.applicationId}`,
    );
  else story.check('settled late: decided by', answer.decision?.decidedBy.name, 'Clara Vidal');

  story.step('The worker is restarted and continues where it was.');
  const ended = await whenEnded(sofia, sent.applicationId);
  story.check('the application', ended.status, 'fulfilled');
  story.check('decided by', ended.decision?.decidedBy.name, 'Clara Vidal');
  const next = await until(
    async () => stack.pid('workflows'),
    (pid) => pid !== undefined && pid !== worker,
  );
  story.check('by a new process', next !== undefined && next !== worker, true);
  const { items } = given(await accounts(sofia, { text: tour.name('Storm') }));
  story.check('accounts with that name', items.length, 1);
  const emails = await mailbox.arrived({ application: sent.applicationId, kind: 'application_approved' }, 1);
  story.check('e-mails saying that it was approved', emails.length, 1);

  story.step('Finally, all e-mails of this tour are checked.');
  const all = await mailbox.named(tour.mark);
  story.check(`duplicates among ${all.length} e-mails`, toldTwice(all), []);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
