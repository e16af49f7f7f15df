import { eventually, forAllTests, readMetrics, type TestService } from '@tenure/testing';
import { ana, toldOf } from '../testing/answers.js';
import { anApplicationNotice, aReminder, setStage } from '../testing/stage.js';

/**
 * While versions run side by side, and after the later one was rolled back, the database holds rows that this version
 * does not know.
 */
const stage = forAllTests(setStage);
let service: TestService;
beforeAll(async () => {
  stage.others.told = () => toldOf({ recipients: [ana], application: { status: 'approved' } });
  service = await stage.start();
});

const sql = (text: string, values: unknown[]) => stage.database.sql(text, values);
const figures = async () =>
  (await readMetrics(service.health.metrics))
    .split('\n')
    .filter((line) => line.startsWith('tenure_left_to_later_version'));
const left = ({ dispatches = 0, notices = 0 }) => [
  `tenure_left_to_later_version{what="dispatches"} ${dispatches}`,
  `tenure_left_to_later_version{what="notices"} ${notices}`,
];
const note = (what: string) => ({
  reasons: [],
  notes: [`sender: ${what} wait for the later version of notifications that stored them`],
});

const isInHealth = (state: ReturnType<typeof note>) =>
  eventually(async () => expect(await service.health.state()).toEqual(state));

async function requested() {
  const reminder = aReminder();
  await stage.request(reminder);
  return reminder;
}

/** The claim of the only open dispatch, and whether it is due. */
const openDispatch = () =>
  sql('select claim_id, attempt_at <= now() as due from notifications.dispatches where ended_at is null', []);
const unclaimedAndDue = [{ claim_id: null, due: true }];

/** Sets the texts of the only open dispatch. */
async function fill(filled: string | null): Promise<void> {
  await sql('update notifications.dispatches set filled = $1 where ended_at is null', [filled]);
}

const changed: [string, (filled: string) => string | null][] = [
  ['has its texts elsewhere', () => null],
  ['has more fields than this version hands over', (filled) => JSON.stringify({ ...JSON.parse(filled), headers: {} })],
  ['is encoded differently', (filled) => `2:${filled}`],
  ['has another name for a text', (filled) => filled.replace('"greeting"', '"salutation"')],
];

describe('a dispatch that may have been accepted, whose e-mail', () => {
  it.each(changed)('%s, is left to the version that stored it, and delays nothing else', async (_, changedTo) => {
    let asStored!: string;
    const key = await stage.maybeTaken(async () => {
      const [row] = await stage.database.sql<{ filled: string }>(
        'select filled from notifications.dispatches where ended_at is null',
      );
      asStored = row!.filled;
      await fill(changedTo(asStored));
    });
    await eventually(async () => expect(await figures()).toEqual(left({ dispatches: 1 })));
    await eventually(async () => expect(await openDispatch()).toEqual(unclaimedAndDue));
    await isInHealth(note('1 dispatch and 0 notices'));
    const other = await requested();
    expect(await stage.ended(other.key)).toMatchObject({ status: 'sent' });
    expect(await stage.dispatchesOf(key)).toMatchObject([{ status: 'open' }]);

    await fill(asStored);
    const later = await stage.start();
    expect(await stage.ended(key)).toMatchObject({ status: 'sent' });
    expect(stage.emailsOf(key)).toHaveLength(1);
    await later.close();
    expect(await figures()).toEqual(left({}));
    await isInHealth({ reasons: [], notes: [] });
  });

  it('is about an unknown kind of notice, is left to the version that stored it', async () => {
    const ofKind = (key: string, kind: string) =>
      sql('update notifications.notices set kind = $2 where key = $1', [key, kind]);
    const key = await stage.maybeTaken((one) => ofKind(one, 'account_transferred'));
    await eventually(async () => expect(await figures()).toEqual(left({ dispatches: 1, notices: 1 })));
    await eventually(async () => expect(await openDispatch()).toEqual(unclaimedAndDue));
    expect(await stage.dispatchesOf(key)).toMatchObject([{ status: 'open' }]);

    await ofKind(key, 'reminder');
    const later = await stage.start();
    expect(await stage.ended(key)).toMatchObject({ status: 'sent' });
    await later.close();
  });
});

it('a notice of an unknown kind is left to the version that stored it, and the notices that are due with it are sent', async () => {
  const [before, unknown, after] = [1, 2, 3].map(() => anApplicationNotice('application_approved'));
  await sql(
    `insert into notifications.notices (notice_id, key, kind, organization_id, application_id, due_at, urgent, status,
       clock_ahead_seconds, requested_at, attempt_at, failures)
     select gen_random_uuid(), key, kind, $1, gen_random_uuid(), now(), true, 'planned', 0, now(), now(), 0
     from jsonb_to_recordset($2::jsonb) as r(key text, kind text)`,
    [before!.organizationId, JSON.stringify([before, { ...unknown, kind: 'account_transferred' }, after])],
  );
  for (const { key } of [before!, after!]) expect(await stage.ended(key)).toMatchObject({ status: 'sent' });
  expect(await sql('select status, failures from notifications.notices where key = $1', [unknown!.key])).toEqual([
    { status: 'planned', failures: 0 },
  ]);
  expect(await figures()).toEqual(left({ notices: 1 }));
  await isInHealth(note('0 dispatches and 1 notice'));
  await sql('delete from notifications.notices where key = $1', [unknown!.key]);
});
