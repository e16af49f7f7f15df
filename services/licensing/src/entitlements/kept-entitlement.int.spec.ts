import {
  applyChange,
  entitlementChanged,
  envelopeSchema,
  eventFilter,
  getEntitlement,
  readAs,
  type AskOf,
  type DataOf,
  type EntitlementView,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { startLicensing } from '../testing/licensing.js';

const licensing = forAllTests(startLicensing);

type Change = AskOf<typeof applyChange>['change'];
const entitlement = (accountId: string) => licensing.ask('reporting').ask(getEntitlement, { accountId });

/** How another service caches an entitlement: it subscribes, asks once, and then follows the events. */
async function keep(accountId: string) {
  const heard: { version: number; at: number }[] = [];
  const nats = await licensing.nats.connect('reporting');
  let kept: ReturnType<typeof partOf> | undefined;
  nats.subscribe(eventFilter(entitlementChanged), {
    callback(_error, message) {
      const told = readAs(entitlementChanged, envelopeSchema.parse(message.json()));
      if (told?.accountId !== accountId || told.version === 1) return;
      heard.push({ version: told.version, at: Date.now() });
      if (kept === undefined || told.version > kept.revision) kept = partOf({ ...told.data, revision: told.version });
    },
  });
  await nats.flush();
  kept = partOf(await entitlement(accountId));
  return { heard, kept: () => kept! };
}

/** What both an answer and an event carry. */
function partOf(from: EntitlementView | (DataOf<typeof entitlementChanged> & { revision: number })) {
  const { license, features, contracted, rtcLines, validUntil, revision } = from;
  const expiresOn = 'term' in from ? from.term.expiresOn : from.expiresOn;
  return { license, features, contracted, rtcLines, validUntil, expiresOn, revision };
}

it('a service that caches an entitlement receives each change, in the order of the revisions', async () => {
  const { accountId } = await licensing.open({ datapoints: 200 });
  const { heard, kept } = await keep(accountId);
  const took: number[] = [];
  const changes: [change: Change, holds: Partial<EntitlementView>][] = [
    [{ type: 'change_datapoints', accountId, datapoints: 50 }, { contracted: 50 }],
    [
      { type: 'change_license', accountId, license: 'small' },
      { license: 'small', features: ['alerts'] },
    ],
    [{ type: 'renew_subscription', accountId, months: 12 }, {}],
  ];
  for (const [change, holds] of changes) {
    const before = kept();
    const decidedAt = new Date().toISOString();
    await licensing.ask('workflows').ask(applyChange, { applicationId: uuidv7(), decidedAt, change });
    const storedAt = Date.now();
    // A change is in effect from the transaction that stored it.
    const now = await entitlement(accountId);
    expect(now).toMatchObject({ ...holds, revision: before.revision + 1 });
    await eventually(() => expect(kept()).toEqual(partOf(now)));
    if (change.type === 'renew_subscription') expect(now.validUntil > before.validUntil).toBe(true);
    took.push(heard.find(({ version }) => version === now.revision)!.at - storedAt);
  }
  // What NATS is slow to acknowledge is published twice.
  expect([...new Set(heard.map(({ version }) => version))]).toEqual([2, 3, 4]);
  process.stderr.write(`kept-entitlement.int.spec.ts: heard ${took.join(', ')} ms after the answer (goal 1000)\n`);
});
