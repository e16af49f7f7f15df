import { ana } from '../testing/answers.js';
import { aReminder, stageWithService } from '../testing/stage.js';

const stage = stageWithService();

async function stored() {
  const reminder = aReminder();
  await stage.request(reminder);
  return reminder;
}

/** Like `maybeTaken`. @returns its key, once it was sent */
async function sentAfter(meanwhile: (key: string) => Promise<unknown>): Promise<string> {
  const key = await stage.maybeTaken(meanwhile);
  await stage.ended(key);
  return key;
}

/** Changes its stored e-mail. */
const change = (key: string, set: string, ...values: unknown[]) =>
  stage.database.sql(
    `update notifications.dispatched_emails e set ${set} from notifications.deliveries d
     join notifications.notices n using (notice_id) where d.delivery_id = e.delivery_id and n.key = $1`,
    [key, ...values],
  );

it('stores the form of e-mails of one shape once, and only its own texts with each e-mail', async () => {
  const [{ key: one }, { key: other }] = [await stored(), await stored()];
  await Promise.all([stage.ended(one), stage.ended(other)]);
  const [kept] = await stage.database.sql<{ forms: number; longest: number }>(
    `select count(distinct e.form_id)::int as forms,
       max(length(split_part(x.filled, chr(10), e.position + 1)))::int as longest
     from notifications.dispatched_emails e join notifications.forms using (form_id)
     join notifications.dispatches x using (dispatch_id)
     join notifications.deliveries d using (delivery_id) join notifications.notices n using (notice_id)
     where n.key = any($1)`,
    [[one, other]],
  );
  expect(kept!.forms).toBe(1);
  expect(kept!.longest).toBeLessThan(2_000);
  expect(stage.emailsOf(one)[0]!.html!.length).toBeGreaterThan(6_000);
});

it('repeats an e-mail in the form that it was stored with, even if its shape has another form by now', async () => {
  await stage.database.sql(
    `insert into notifications.forms values ('of-before', '<p title="{{subject}}">{{greeting}}</p>', 'Then: {{greeting}}')`,
    [],
  );
  const key = await sentAfter((key) => change(key, `form_id = 'of-before'`));
  expect(stage.emailsOf(key)).toEqual([
    expect.objectContaining({
      subject: '«Solar Park» caduca dentro de 7 días',
      html: '<p title="«Solar Park» caduca dentro de 7 días">Hola, Ana Ruiz:</p>',
      text: 'Then: Hola, Ana Ruiz:',
    }),
  ]);
});

it('repeats an e-mail unchanged that an earlier version stored with its texts', async () => {
  const key = await sentAfter(async (key) => {
    const [before] = await stage.database.sql<{ filled: string }>(
      `with text as (
         select x.dispatch_id, x.filled from notifications.dispatches x
         join notifications.dispatched_emails e using (dispatch_id) join notifications.deliveries d using (delivery_id)
         join notifications.notices n using (notice_id) where n.key = $1),
       emptied as (
         update notifications.dispatches x set filled = null from text where x.dispatch_id = text.dispatch_id)
       select filled from text`,
      [key],
    );
    await change(key, 'filled = $2', before!.filled.replaceAll('Hola', 'Buenas'));
  });
  expect(stage.emailsOf(key)).toEqual([expect.objectContaining({ text: expect.stringContaining('Buenas, Ana Ruiz') })]);
});

it('repeats an e-mail unchanged that an earlier version stored as a whole', async () => {
  const whole = (key: string) => ({
    ...{ from: 'Tenure <notices@tenure.example>', to: [ana.email], subject: 'Whole', html: '<p>{{greeting}}</p>' },
    ...{ text: 'As it was', tags: [{ name: 'key', value: key.replaceAll(/[^\w-]/g, '_') }] },
  });
  const key = await sentAfter((key) =>
    change(key, 'form_id = null, filled = null, request = $2', JSON.stringify(whole(key))),
  );
  expect(stage.emailsOf(key)).toEqual([expect.objectContaining(whole(key))]);
});

it.each([`update notifications.forms set html = ''`, 'delete from notifications.forms'])(
  'a form is never changed or deleted: the service may not %s',
  async (statement) =>
    expect(stage.database.sql(`do $$ begin set local role notifications; ${statement}; end $$`)).rejects.toThrow(
      'permission denied for table forms',
    ),
);
