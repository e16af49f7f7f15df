import { eventually, forAllTests } from '@tenure/testing';
import { aReminder, setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);

it('a turn is free a second after its request, even if the outcome could not be stored', async () => {
  const { sql } = stage.database;
  await sql('delete from notifications.turns where turn > 1');
  await sql(`create function public.refuse_to_settle() returns trigger language plpgsql
             as $$ begin raise 'The disk is full.'; end $$`);
  await sql(`create trigger refuse_to_settle before update on notifications.dispatches
             for each row when (new.ended_at is not null) execute function public.refuse_to_settle()`);
  const reminders = [aReminder(), aReminder()];
  for (const reminder of reminders) await stage.store(reminder);
  await sql('update notifications.notices set alone = true');
  await stage.start();
  await eventually(async () => expect(reminders.map(({ key }) => stage.emailsOf(key).length)).toEqual([1, 1]));
  const [first, second] = stage.provider.requests();
  expect(second! - first!).toBeGreaterThanOrEqual(1000);

  await sql('drop trigger refuse_to_settle on notifications.dispatches');
  await stage.leasesEnd();
  for (const { key } of reminders) expect(await stage.ended(key)).toMatchObject({ status: 'sent' });
  expect(reminders.map(({ key }) => stage.emailsOf(key).length)).toEqual([1, 1]);
});
