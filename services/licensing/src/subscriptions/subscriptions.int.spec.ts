import {
  allocateDatapoints,
  applyChange,
  cancelSubscription,
  expireSubscription,
  getEntitlement,
  openSubscription,
  previewContract,
  setSubscriptionClock,
  type ContractChange,
  type DomainError,
} from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { forAllTests } from '@tenure/testing';
import { aNewAccount } from '../testing/contracts.js';
import { customerSuccess, DAY, startLicensing, superAdminOf } from '../testing/licensing.js';

const licensing = forAllTests(startLicensing);

const workflows = () => licensing.ask('workflows');
const now = () => new Date().toISOString();
const apply = (change: ContractChange, { applicationId = uuidv7(), decidedAt = now() } = {}) =>
  workflows().ask(applyChange, { applicationId, decidedAt, change });
const names = async (accountId: string) =>
  (await licensing.told(accountId)).map(({ type, version }) => [type, version]);
const rowsOf = (table: string, accountId: string) =>
  licensing.database.sql(`select * from licensing.${table} where account_id = $1`, [accountId]);

describe('opening a subscription', () => {
  it('does what a preview as of the same instant says', async () => {
    const change = aNewAccount({ accountId: uuidv7(), organizationId: uuidv7() });
    const decidedAt = '2026-11-23T23:30:00.000Z';
    const preview = await workflows().ask(previewContract, { change, asOf: decidedAt });
    const { opened } = await licensing.open({ ...change, decidedAt: new Date(decidedAt) });
    expect(opened.facts).toEqual(preview.after);
    expect(opened.term).toEqual(preview.term);
    expect(opened.timeline).toEqual(preview.timeline);
    expect(opened.validUntil).toBe('2027-11-24T23:00:00.000Z');
  });

  it('stores the zone, dates and instant of the term', async () => {
    const { accountId, applicationId } = await licensing.open({ decidedAt: new Date('2026-11-23T23:30:00.000Z') });
    const [term] = await licensing.database.sql(
      `select number, time_zone, anchor::text, months, first_day::text, expires_on::text, expires_at, application_id, decided_at
       from licensing.terms where account_id = $1`,
      [accountId],
    );
    expect(term).toEqual({
      number: 1,
      time_zone: 'Europe/Madrid',
      anchor: '2026-11-24',
      months: 12,
      first_day: '2026-11-24',
      expires_on: '2027-11-24',
      expires_at: new Date('2027-11-24T23:00:00.000Z'),
      application_id: applicationId,
      decided_at: new Date('2026-11-23T23:30:00.000Z'),
    });
  });

  it('publishes the subscription and the whole entitlement, and is in the audit trail', async () => {
    const { accountId, organizationId, applicationId, opened } = await licensing.open({ datapoints: 50, rtcLines: 3 });
    const [subscription, entitlement] = await licensing.told(accountId);
    expect(subscription).toMatchObject({
      type: 'licensing.subscription.opened',
      organizationId,
      applicationId,
      version: 1,
      cause: { applicationId },
      data: { accountId, timeZone: 'Europe/Madrid', term: opened.term, clockAheadSeconds: 0 },
    });
    expect(entitlement).toMatchObject({
      type: 'licensing.entitlement.changed',
      version: 1,
      data: {
        accountId,
        license: 'pro',
        features: ['alerts', 'reports'],
        contracted: 50,
        rtcLines: 3,
        term: opened.term,
        validUntil: opened.term.expiresAt,
        renewalPending: false,
      },
    });
    expect(
      await licensing.database.sql('select action, after from licensing.audit where account_id = $1', [accountId]),
    ).toEqual([{ action: 'subscription.opened', after: opened.facts }]);
  });

  it('gives a repeat the first answer, and does nothing more', async () => {
    const { accountId, applicationId, change, opened } = await licensing.open();
    await workflows().ask(applyChange, {
      applicationId: uuidv7(),
      decidedAt: now(),
      change: { type: 'change_datapoints', accountId, datapoints: 300 },
    });
    const again = await workflows().ask(openSubscription, {
      applicationId,
      decidedAt: '2026-01-01T00:00:00.000Z',
      change,
    });
    expect(again).toEqual(opened);
    expect((await rowsOf('terms', accountId)).length).toBe(1);
  });

  it('happens once when it is requested many times concurrently', async () => {
    const change = aNewAccount({ accountId: uuidv7(), organizationId: uuidv7() });
    const ask = { applicationId: uuidv7(), decidedAt: now(), change };
    const answers = await Promise.all(Array.from({ length: 20 }, () => workflows().ask(openSubscription, ask)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await names(change.accountId)).toEqual([
      ['licensing.subscription.opened', 1],
      ['licensing.entitlement.changed', 1],
    ]);
  });

  it('is refused if the contract is not allowed, and leaves nothing', async () => {
    const change = aNewAccount({ accountId: uuidv7(), datapoints: 5000, license: 'small' });
    const refused = workflows().ask(openSubscription, { applicationId: uuidv7(), decidedAt: now(), change });
    await expect(refused).rejects.toMatchObject({
      problem: {
        code: 'contract_refused',
        status: 422,
        detail: 'Small allows up to 300.',
        errors: [{ path: 'datapoints', code: 'above_license', figures: { maximum: 300 } }],
      },
    });
    for (const table of ['subscriptions', 'terms', 'entitlements', 'steps', 'audit'])
      expect(await rowsOf(table, change.accountId)).toEqual([]);
    expect(await licensing.told(change.accountId)).toEqual([]);
  });

  it('is refused for an account that another application has opened', async () => {
    const { change } = await licensing.open();
    const refused = workflows().ask(openSubscription, { applicationId: uuidv7(), decidedAt: now(), change });
    await expect(refused).rejects.toMatchObject({ problem: { errors: [{ path: 'accountId', code: 'already_open' }] } });
  });
});

describe('undoing the opening', () => {
  it('leaves nothing but the audit trail, and publishes nothing: the account was never visible', async () => {
    const { accountId, applicationId } = await licensing.open();
    await workflows().ask(cancelSubscription, { applicationId, accountId });
    for (const table of ['subscriptions', 'terms', 'entitlements', 'allocations'])
      expect(await rowsOf(table, accountId)).toEqual([]);
    expect(await names(accountId)).toEqual([
      ['licensing.subscription.opened', 1],
      ['licensing.entitlement.changed', 1],
    ]);
    expect((await rowsOf('audit', accountId)).map(({ action }) => action)).toEqual([
      'subscription.opened',
      'subscription.cancelled',
    ]);
  });

  it('can be repeated', async () => {
    const { accountId, applicationId } = await licensing.open();
    await workflows().ask(cancelSubscription, { applicationId, accountId });
    expect(await workflows().ask(cancelSubscription, { applicationId, accountId })).toEqual({});
  });

  it('also removes the allocations of its devices', async () => {
    const { accountId, applicationId } = await licensing.open();
    await licensing
      .ask('ingestion')
      .ask(allocateDatapoints, { accountId, deviceId: 'd', datasource: 's', datapoints: 8 });
    await workflows().ask(cancelSubscription, { applicationId, accountId });
    expect(await rowsOf('allocations', accountId)).toEqual([]);
  });

  it('refuses an opening that comes after it', async () => {
    const change = aNewAccount({ accountId: uuidv7() });
    const applicationId = uuidv7();
    await workflows().ask(cancelSubscription, { applicationId, accountId: change.accountId });
    const late = workflows().ask(openSubscription, { applicationId, decidedAt: now(), change });
    await expect(late).rejects.toMatchObject({ problem: { code: 'step_undone', status: 409 } });
    expect(await rowsOf('subscriptions', change.accountId)).toEqual([]);
  });

  it('wins in the end, whichever of the two comes first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const change = aNewAccount({ accountId: uuidv7() });
      const { accountId } = change;
      const applicationId = uuidv7();
      const [opening] = await Promise.allSettled([
        workflows().ask(openSubscription, { applicationId, decidedAt: now(), change }),
        workflows().ask(cancelSubscription, { applicationId, accountId }),
      ]);
      if (opening.status === 'rejected') expect(opening.reason).toMatchObject({ code: 'step_undone' });
      expect(await rowsOf('subscriptions', accountId)).toEqual([]);
      expect(await rowsOf('entitlements', accountId)).toEqual([]);
    }
  });

  it('does not touch a subscription that another application opened', async () => {
    const { accountId } = await licensing.open();
    const applicationId = uuidv7();
    await apply({ type: 'change_datapoints', accountId, datapoints: 300 }, { applicationId });
    await expect(workflows().ask(cancelSubscription, { applicationId, accountId })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await rowsOf('subscriptions', accountId)).length).toBe(1);
  });
});

describe('applying a change', () => {
  it('does what a preview as of the same instant says: datapoints', async () => {
    const { accountId, opened } = await licensing.open({ datapoints: 100 });
    const change = { type: 'change_datapoints' as const, accountId, datapoints: 150 };
    const decidedAt = now();
    const preview = await workflows().ask(previewContract, { change, asOf: decidedAt });
    const applied = await apply(change, { decidedAt });
    expect([applied.facts, applied.term, applied.timeline]).toEqual([preview.after, preview.term, preview.timeline]);
    expect([applied.facts.contracted, applied.term]).toEqual([150, opened.term]);
    expect(await names(accountId)).toEqual([
      ['licensing.subscription.opened', 1],
      ['licensing.entitlement.changed', 1],
      ['licensing.entitlement.changed', 2],
      ['licensing.subscription.changed', 2],
    ]);
  });

  it('does what a preview as of the same instant says: license', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    const change = { type: 'change_license' as const, accountId, license: 'small' };
    const preview = await workflows().ask(previewContract, { change, asOf: null });
    const applied = await apply(change);
    expect(applied.facts).toEqual(preview.after);
    expect(await licensing.ask('ingestion').ask(getEntitlement, { accountId })).toMatchObject({
      license: 'small',
      features: ['alerts'],
      revision: 2,
    });
  });

  it('is judged by what is in use when it is applied', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    await licensing
      .ask('ingestion')
      .ask(allocateDatapoints, { accountId, deviceId: 'd', datasource: 's', datapoints: 80 });
    const refused = apply({ type: 'change_datapoints', accountId, datapoints: 79 });
    await expect(refused).rejects.toMatchObject({
      problem: {
        code: 'contract_refused',
        detail: '80 are in use. Enter at least 80.',
        figures: { contracted: 100, used: 80, left: 20 },
        errors: [{ path: 'datapoints', code: 'below_used', figures: { used: 80, minimum: 80 } }],
      },
    });
    expect((await apply({ type: 'change_datapoints', accountId, datapoints: 80 })).facts.contracted).toBe(80);
  });

  it('that was refused stays refused: its application has failed, and an earlier attempt may still arrive', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    const use = (datapoints: number) =>
      licensing.ask('ingestion').ask(allocateDatapoints, { accountId, deviceId: 'd', datasource: 's', datapoints });
    await use(80);
    const attempt = { applicationId: uuidv7() };
    const ask = () =>
      apply({ type: 'change_datapoints', accountId, datapoints: 50 }, attempt).catch((error: DomainError) => error);
    const refused = await ask();
    expect(refused).toMatchObject({ code: 'contract_refused', problem: { figures: { used: 80 } } });
    await use(0);
    expect(await ask()).toEqual(refused);
    expect((await apply({ type: 'change_datapoints', accountId, datapoints: 50 })).facts.contracted).toBe(50);
  });

  it('gives a repeat the first answer, and changes nothing more', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    const applicationId = uuidv7();
    const change = { type: 'renew_subscription' as const, accountId, months: 12 };
    const first = await apply(change, { applicationId });
    const answers = await Promise.all(Array.from({ length: 10 }, () => apply(change, { applicationId })));
    expect(answers).toEqual(answers.map(() => first));
    expect((await rowsOf('terms', accountId)).length).toBe(2);
  });

  it('is refused for an unknown account', async () => {
    const refused = apply({ type: 'change_datapoints', accountId: uuidv7(), datapoints: 30 });
    await expect(refused).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is refused for a new account', async () => {
    await expect(apply(aNewAccount())).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is serialized when many arrive at once: each adds its own months', async () => {
    const { accountId } = await licensing.open({ decidedAt: new Date('2026-10-31T12:00:00.000Z'), months: 1 });
    await Promise.all(
      Array.from({ length: 8 }, () =>
        apply({ type: 'renew_subscription', accountId, months: 1 }, { decidedAt: '2026-11-24T12:00:00.000Z' }),
      ),
    );
    const terms = await licensing.database.sql(
      `select number, anchor::text, expires_on::text from licensing.terms where account_id = $1 order by number`,
      [accountId],
    );
    expect(terms.map(({ expires_on }) => expires_on)).toEqual([
      '2026-11-30',
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
      '2027-06-30',
      '2027-07-31',
    ]);
    expect(new Set(terms.map(({ anchor }) => anchor))).toEqual(new Set(['2026-10-31']));
  });
});

describe('a renewal', () => {
  it('before the expiry does what the preview says, on the same anchor', async () => {
    const { accountId } = await licensing.open({ decidedAt: new Date(Date.now() - 300 * DAY) });
    const change = { type: 'renew_subscription' as const, accountId, months: 12 };
    const decidedAt = now();
    const preview = await workflows().ask(previewContract, { change, asOf: decidedAt });
    const applied = await apply(change, { decidedAt });
    expect([applied.facts, applied.term, applied.timeline]).toEqual([preview.after, preview.term, preview.timeline]);
    expect(preview.dropped.map(({ kind }) => kind)).toContain('expired');
    const [first, second] = await rowsOf('terms', accountId);
    expect(second!['anchor']).toEqual(first!['anchor']);
  });

  it('after the expiry brings the account back from the day of the decision', async () => {
    const { accountId } = await licensing.open({ decidedAt: new Date('2026-09-01T10:00:00.000Z'), months: 1 });
    expect(await licensing.ask('ingestion').ask(getEntitlement, { accountId })).toMatchObject({ state: 'expired' });
    const decidedAt = '2056-11-24T10:00:00.000Z';
    const applied = await apply({ type: 'renew_subscription', accountId, months: 6 }, { decidedAt });
    expect(applied.term).toMatchObject({ number: 2, firstDay: '2056-11-24', expiresOn: '2057-05-24' });
    expect(await licensing.ask('ingestion').ask(getEntitlement, { accountId })).toMatchObject({
      state: 'active',
      validUntil: '2057-05-24T22:00:00.000Z',
      revision: 2,
    });
  });

  it('keeps its dates when a worker processes it much later', async () => {
    const { accountId } = await licensing.open({ decidedAt: new Date('2026-09-01T10:00:00.000Z'), months: 1 });
    const decidedAt = '2026-10-01T21:59:59.999Z';
    const applied = await apply({ type: 'renew_subscription', accountId, months: 12 }, { decidedAt });
    expect(applied.term).toMatchObject({ anchor: '2026-09-01', firstDay: '2026-10-02', expiresOn: '2027-10-01' });
  });
});

describe('recording an expiry', () => {
  const expire = (accountId: string, asOf: string) =>
    workflows().ask(expireSubscription, { accountId, termNumber: 1, asOf });
  const openOld = () => licensing.open({ decidedAt: new Date('2026-09-01T10:00:00.000Z'), months: 1 });
  const end = '2026-10-01T22:00:00.000Z';

  it('happens once for a term, however often it is requested', async () => {
    const { accountId } = await openOld();
    const answers = await Promise.all(Array.from({ length: 10 }, () => expire(accountId, end)));
    expect(answers).toEqual(answers.map(() => ({ expired: true, validUntil: end })));
    expect((await names(accountId)).filter(([type]) => type === 'licensing.subscription.expired')).toEqual([
      ['licensing.subscription.expired', 1],
    ]);
  });

  it('does not happen before the end', async () => {
    const { accountId } = await openOld();
    expect(await expire(accountId, '2026-10-01T21:59:59.999Z')).toEqual({ expired: false, validUntil: end });
  });

  it('does not trust a clock that is ahead of ours', async () => {
    const { accountId, opened } = await licensing.open();
    const asOf = new Date(Date.parse(opened.validUntil) + 1_000);
    const answer = { expired: false, validUntil: opened.validUntil };
    expect(await expire(accountId, asOf.toISOString())).toEqual(answer);
    expect((await names(accountId)).map(([type]) => type)).not.toContain('licensing.subscription.expired');
  });

  it('does not happen for a term that was renewed', async () => {
    const { accountId } = await openOld();
    await apply({ type: 'renew_subscription', accountId, months: 12 }, { decidedAt: '2026-09-20T10:00:00.000Z' });
    expect(await expire(accountId, '2028-01-01T00:00:00.000Z')).toEqual({
      expired: false,
      validUntil: '2027-10-01T22:00:00.000Z',
    });
  });
});

describe("the account's clock in a sandbox", () => {
  const move = (accountId: string, aheadSeconds: number, actor = customerSuccess()) =>
    licensing.ask('gateway').ask(setSubscriptionClock, { actor, accountId, aheadSeconds });
  const moreThanAYear = 368 * 24 * 60 * 60;

  it('makes the expiry come sooner in wall-clock time, and leaves its date', async () => {
    const { accountId, opened } = await licensing.open();
    await move(accountId, moreThanAYear);
    const [stored] = await rowsOf('entitlements', accountId);
    expect((stored!['valid_until'] as Date).getTime()).toBe(Date.parse(opened.validUntil) - moreThanAYear * 1000);
    expect(await licensing.ask('ingestion').ask(getEntitlement, { accountId })).toMatchObject({
      state: 'expired',
      validUntil: opened.validUntil,
    });
    const allocating = licensing
      .ask('ingestion')
      .ask(allocateDatapoints, { accountId, deviceId: 'd', datasource: 's', datapoints: 1 });
    await expect(allocating).rejects.toMatchObject({ code: 'account_expired' });
    expect((await licensing.told(accountId)).at(-1)).toMatchObject({
      type: 'licensing.entitlement.changed',
      version: 2,
      data: { clockAheadSeconds: moreThanAYear, validUntil: opened.validUntil },
    });
  });

  it('is what "now" is for a preview', async () => {
    const { accountId } = await licensing.open();
    await move(accountId, moreThanAYear);
    const { asOf } = await workflows().ask(previewContract, {
      change: { type: 'renew_subscription', accountId, months: 12 },
      asOf: null,
    });
    const ahead = Date.parse(asOf) - Date.now();
    expect(Math.round(ahead / 60_000)).toBe(moreThanAYear / 60);
  });

  it('cannot be moved further than can be stored', async () => {
    const { accountId } = await licensing.open();
    await expect(move(accountId, 2_000_000_001)).rejects.toMatchObject({ code: 'invalid' });
    expect(await move(accountId, 2_000_000_000)).toEqual({ aheadSeconds: 2_000_000_000 });
  });

  it('never goes back', async () => {
    const { accountId } = await licensing.open();
    await move(accountId, 500);
    expect(await move(accountId, 499)).toEqual({ aheadSeconds: 500 });
    expect(await rowsOf('entitlements', accountId)).toMatchObject([{ revision: 2 }]);
  });

  it("can be moved by a SuperAdmin of the account's organization", async () => {
    const { accountId, organizationId } = await licensing.open();
    expect(await move(accountId, 60, superAdminOf(organizationId))).toEqual({ aheadSeconds: 60 });
    expect((await rowsOf('audit', accountId)).map(({ action }) => action)).toEqual([
      'subscription.opened',
      'clock.moved',
    ]);
  });

  it('does not exist for another organization', async () => {
    const { accountId } = await licensing.open();
    await expect(move(accountId, 60, superAdminOf(uuidv7()))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('outside a sandbox', () => {
  it('no clock is moved', async () => {
    const production = await startLicensing({});
    try {
      const { accountId } = await production.open();
      const moving = production
        .ask('gateway')
        .ask(setSubscriptionClock, { actor: customerSuccess(), accountId, aheadSeconds: 1 });
      await expect(moving).rejects.toMatchObject({ code: 'forbidden' });
    } finally {
      await production.close();
    }
  });
});
