import { eventually, startOwnService, type OwnProcess } from '@tenure/testing';
import { aReminder, setStage, type Stage } from '../testing/stage.js';

const limit = 5;
let stage: Stage;
const processes: OwnProcess[] = [];
beforeAll(async () => {
  stage = await setStage({ requestsPerSecond: limit });
});
afterAll(async () => {
  for (const one of processes) one.kill();
  await stage.close();
});

function startInstance(over: Record<string, string> = {}): OwnProcess {
  const one = startOwnService('notifications', {
    ...stage.nats.environment('notifications'),
    ...stage.environment(),
    DATABASE_URL: stage.database.url,
    LOG_LEVEL: 'error',
    // On a busy machine a request may reach the provider late, and must not have timed out by then.
    SEND_TIMEOUT_SECONDS: '10',
    SEND_LEASE_SECONDS: '12',
    ...over,
  });
  processes.push(one);
  return one;
}

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
