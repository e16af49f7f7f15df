import { eventually } from '@tenure/testing';
import { aReminder, setStage } from '../testing/stage.js';

const limit = 5;
let stage: Awaited<ReturnType<typeof setStage>>;
beforeEach(async () => (stage = await setStage({ requestsPerSecond: limit })));
afterEach(() => stage.close());
// The lease is short, so that another instance soon takes over from the one that is killed.
const startInstance = (over: Record<string, string> = {}) => stage.startOwn({ SEND_LEASE_SECONDS: '12', ...over });

/** The highest number of requests within any one-second window. */
function mostInASecond(requests: readonly number[]): number {
  return Math.max(...requests.map((from) => requests.filter((at) => at >= from && at < from + 1000).length));
}

it("three instances, one of which is killed, never exceed the provider's rate limit, and send each e-mail once", async () => {
  const reminders = Array.from({ length: 1000 }, () => aReminder());
  // Some notices go alone, to make many requests.
  for (const reminder of reminders) await stage.store(reminder);
  await stage.database.sql(
    `update notifications.notices set alone = true
     where notice_id in (select notice_id from notifications.notices order by notice_id limit 40)`,
  );
  const killed = startInstance({ TENURE_CRASH_AT: 'sender.sent', SANDBOX: 'on' });
  // Long enough that it finds work, however slowly it starts.
  await eventually(() => expect(stage.provider.requests().length).toBeGreaterThan(0));
  startInstance();
  startInstance();
  expect(await killed.ended).toBe('SIGKILL');

  await eventually(
    async () =>
      expect(
        await stage.database.sql('select status, count(*)::int as n from notifications.notices group by status'),
      ).toEqual([{ status: 'sent', n: 1000 }]),
    { within: 150_000 },
  );
  expect(reminders.filter(({ key }) => stage.emailsOf(key).length !== 1)).toEqual([]);
  expect(stage.provider.requests().length).toBeGreaterThan(40);
  expect(mostInASecond(stage.provider.requests())).toBeLessThanOrEqual(limit);
});

it('checks of domains keep to the limit, too: no e-mail is refused because of them', async () => {
  await stage.database.sql(
    `insert into notifications.email_domains (domain, organization_id, status, sender, added_at, look_at)
     select 'n' || n || '.due.example', gen_random_uuid(), 'pending', 'x', now(), now() from generate_series(1, 200) n`,
  );
  const reminders = Array.from({ length: 30 }, () => aReminder());
  for (const reminder of reminders) await stage.store(reminder);
  await stage.database.sql('update notifications.notices set alone = true');
  startInstance();
  startInstance();
  for (const { key } of reminders) expect(await stage.ended(key)).toMatchObject({ status: 'sent' });
  // A dispatch that was refused is dissolved.
  expect(stage.provider.requests()).toHaveLength(
    (await stage.database.sql('select from notifications.dispatches')).length,
  );
  const checked = 'select from notifications.email_domains where checked_at is not null';
  expect((await stage.database.sql(checked)).length).toBeGreaterThan(0);
});
