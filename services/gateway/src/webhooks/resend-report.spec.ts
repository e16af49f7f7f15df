import { reportOf } from './resend-report.js';

const deliveryId = '0198c2f4-0000-7000-8000-000000000007';
const aWebhook = (type: string, data: object = {}) =>
  JSON.stringify({
    type,
    created_at: '2026-11-24T09:00:01.5Z',
    data: {
      email_id: 'email-1',
      from: 'Tenure <accounts@platform.example>',
      to: ['ana@partner.example'],
      subject: 'Hello',
      created_at: '2026-11-24T09:00:00.000Z',
      tags: { delivery: deliveryId, kind: 'reminder' },
      ...data,
    },
  });
const report = {
  reportId: 'msg_1',
  at: '2026-11-24T09:00:01.500Z',
  providerId: 'email-1',
  deliveryId,
  permanent: false,
  words: null,
};

describe('a webhook', () => {
  it.each([
    ['email.sent', 'sent'],
    ['email.delivered', 'delivered'],
    ['email.delivery_delayed', 'delayed'],
    ['email.complained', 'complained'],
    ['email.opened', 'opened'],
    ['email.clicked', 'clicked'],
  ])('%s reports that an e-mail was %s', (type, kind) =>
    expect(reportOf('msg_1', aWebhook(type))).toEqual({ ...report, kind }),
  );

  it.each([
    ['Permanent', true],
    ['Transient', false],
    ['Undetermined', false],
  ])('about a %s bounce has the words of the mail server, and whether it is permanent: %s', (type, permanent) =>
    expect(
      reportOf(
        'msg_1',
        aWebhook('email.bounced', { bounce: { type, subType: 'General', message: 'No such mailbox' } }),
      ),
    ).toEqual({ ...report, kind: 'bounced', permanent, words: 'No such mailbox' }),
  );

  it('says why an e-mail failed or was suppressed', () => {
    expect(reportOf('msg_1', aWebhook('email.failed', { failed: { reason: 'Quota reached' } }))).toEqual({
      ...report,
      kind: 'failed',
      words: 'Quota reached',
    });
    expect(
      reportOf('msg_1', aWebhook('email.suppressed', { suppressed: { type: 'OnList', message: 'Bounced before' } })),
    ).toEqual({ ...report, kind: 'suppressed', words: 'Bounced before' });
  });

  it.each([
    ['too long, and cut in the middle of a character', `${'x'.repeat(1_999)}😀`, `${'x'.repeat(1_999)}\uFFFD`],
    ['half a character', 'No \uD83D mailbox', 'No \uFFFD mailbox'],
    ['with a null character', 'No\0 mailbox', 'No mailbox'],
  ])('with words of a mail server that PostgreSQL cannot store is kept with cleaned words: %s', (_, message, words) =>
    expect(reportOf('msg_1', aWebhook('email.bounced', { bounce: { type: 'Permanent', message } }))).toEqual({
      ...report,
      kind: 'bounced',
      permanent: true,
      words,
    }),
  );

  it.each([[{ tags: undefined }], [{ tags: { delivery: 'none' } }]])(
    'without the tag of a delivery has no delivery id, so the e-mail is found by its own id: %j',
    (data) => expect(reportOf('msg_1', aWebhook('email.sent', data))?.deliveryId).toBeNull(),
  );

  it.each(['email.received', 'email.scheduled', 'domain.updated', 'contact.created'])(
    '%s reports nothing about a sent e-mail',
    (type) => expect(reportOf('msg_1', aWebhook(type))).toBeNull(),
  );

  it.each([
    ['', 'end of JSON'],
    ['null', 'This has to be an object.'],
    ['{}', 'This is missing.'],
    ['{"type":"email.sent"}', 'created_at'],
    [aWebhook('email.sent', { email_id: '' }), 'email_id'],
    [aWebhook('email.sent', { email_id: 'x'.repeat(101) }), 'email_id'],
    [aWebhook('email.sent').replace('2026-11-24T09:00:01.5Z', 'yesterday'), 'not a time'],
  ])('that differs from what Resend documents is refused: %s', (body, why) =>
    expect(() => reportOf('msg_1', body)).toThrow(why),
  );
});
