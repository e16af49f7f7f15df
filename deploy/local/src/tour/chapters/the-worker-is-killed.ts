import { accounts, decide, submit } from '../calls.js';
import { given } from '../person.js';
import type { Tour } from '../tour.js';
import { until } from '../until.js';

export async function theWorkerIsKilled(tour: Tour): Promise<void> {
  const { story, people, stack, mailbox } = tour;
  const { sofia, clara } = people;
  story.chapter('The worker is killed between the decision and the account');

  const sent = given(await submit(sofia, tour.newAccount('Storm')));
  const worker = stack.pid('workflows');
  if (worker === undefined) throw new Error('No worker is running.');
  story.step(`kill -9 ${worker}: the process that runs the workflows. Then Clara approves.`);
  process.kill(worker, 'SIGKILL');
  await until(
    async () => isAlive(worker),
    (alive) => !alive,
  );
  const decision = await decide(clara, sent.applicationId, { verdict: 'approve', seen: null });
  story.check('the answer is “stored”, or late, and no error', [200, 202].includes(decision.status), true);
  if (decision.status === 202) {
    const stored = given(decision) as { decisionId?: string; application?: string };
    story.check('202, with where to look', stored.application, `/api/applications/${sent.applicationId}`);
  }

  story.step('The worker is started again, and goes on where it was.');
  const ended = await tour.ended(sofia, sent.applicationId, { seconds: 60 });
  story.check('the application', ended.status, 'fulfilled');
  story.check('decided by', ended.decision?.decidedBy.name, 'Clara Vidal');
  const next = await until(
    async () => stack.pid('workflows'),
    (pid) => pid !== undefined && pid !== worker,
  );
  story.check('by another process than before', next !== undefined && next !== worker, true);
  const { items } = given(await accounts(sofia, { text: tour.name('Storm') }));
  story.check('accounts of that name', items.length, 1);
  const emails = await mailbox.arrived({ application: sent.applicationId, kind: 'application_approved' }, 1);
  story.check('e-mails that say approved', emails.length, 1);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
