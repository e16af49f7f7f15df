import type { AccountView } from '@tenure/contracts';
import { allocate } from '@tenure/local/api/allocate';
import { account, decideAndWait, preview, seenBy, submit } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import type { Tour } from '../tour.js';

export async function datapointsAndLicense(tour: Tour): Promise<void> {
  const { story, stack, people, catalog } = tour;
  const { sofia, clara, oliver } = people;
  story.chapter('Datapoints and license are edited');
  const { accountId } = tour.account('Madrid');
  // The account's figures follow by an event of licensing, possibly after the application has ended.
  const shown = (isSo: (shown: AccountView) => boolean) =>
    until(async () => given(await account(sofia, accountId)), isSo);

  story.step('The platform connects devices: over NATS, it allocates datapoints to them.');
  const first = await allocate(stack, { accountId, deviceId: 'inverter-1', datapoints: 60 });
  story.check('60 for a device: contracted, used, left', figures(first.value), [100, 60, 40]);
  const tooMany = await allocate(stack, { accountId, deviceId: 'inverter-2', datapoints: 41 });
  story.check('41 for another', tooMany.problem?.code, 'datapoints_exceeded');
  story.check('with the figures', figures(tooMany.problem?.figures), [100, 60, 40]);
  const used = await shown((one) => one.used === 60);
  story.check('the account shows contracted, used, left', figures(used), [100, 60, 40]);

  story.step('Sofía wants fewer datapoints than are in use.');
  const fewer = { type: 'change_datapoints', accountId, datapoints: 50 };
  const { refusals } = given(await preview(sofia, fewer));
  story.check(
    'the form says',
    refusals.map(({ path, code }) => `${path}: ${code}`),
    ['datapoints: below_used'],
  );
  story.check('with the figures', refusals[0]?.figures, { contracted: 100, used: 60, left: 40, minimum: 60 });
  const refused = await submit(sofia, fewer);
  story.check('sent anyway', `${refused.status} ${refused.problem?.code}`, '422 contract_refused');
  story.check('with the figures', figures(refused.problem?.figures), [100, 60, 40]);

  story.step('She applies for 180 instead, and also for another license. Clara and Oliver review both.');
  const more = given(await submit(sofia, { type: 'change_datapoints', accountId, datapoints: 180 }));
  const better = given(await submit(sofia, { type: 'change_license', accountId, license: catalog.better.code }));
  story.check(
    'the second application shows the license before and after',
    [better.before?.license, better.after?.license],
    [catalog.license.code, catalog.better.code],
  );
  const twice = await submit(sofia, { type: 'change_license', accountId, license: catalog.better.code });
  story.check('a second of the same type', `${twice.status} ${twice.problem?.code}`, '409 application_pending');
  const seen = await seenBy(oliver, better);

  story.check('Clara approves the datapoints', (await tour.approve(clara, more)).status, 'fulfilled');
  const raised = await shown(({ contracted }) => contracted === 180);
  story.check('contracted, used, left', figures(raised), [180, 60, 120]);

  story.step('Oliver approves the license, based on the figures that he saw before that.');
  const stale = await decideAndWait(oliver, better.applicationId, { verdict: 'approve', seen });
  story.check('refused, because they have changed', `${stale.status} ${stale.problem?.code}`, '409 facts_changed');
  story.check('to what', stale.problem?.figures?.contracted, 180);
  const changed = await tour.approve(oliver, better);
  story.check('he looks at them and approves', changed.status, 'fulfilled');
  const bettered = await shown(({ license }) => license === catalog.better.code);
  story.check('the license', bettered.license, catalog.better.code);
}

function figures(from: object | undefined): unknown[] {
  const { contracted, used, left } = (from ?? {}) as Record<string, unknown>;
  return [contracted, used, left];
}
