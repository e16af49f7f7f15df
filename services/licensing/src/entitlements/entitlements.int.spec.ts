import { allocateDatapoints, applyChange, getEntitlement, saveLicense, setSubscriptionClock } from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { pro } from '../testing/contracts.js';
import { DAY, startLicensing, superAdminOf } from '../testing/licensing.js';

const licensing = forAllTests(startLicensing);

const entitlement = (accountId: string, caller = 'reporting') =>
  licensing.ask(caller).ask(getEntitlement, { accountId });
const change = (accountId: string, what: { type: 'change_license'; license: string }) =>
  licensing.ask('workflows').ask(applyChange, {
    applicationId: uuidv7(),
    decidedAt: new Date().toISOString(),
    change: { ...what, accountId },
  });

describe('what an account may use', () => {
  it('is its license with the features, the figures, and the end as a date in its own zone and as an instant', async () => {
    const decidedAt = new Date(Date.now() - DAY);
    const { accountId, organizationId, opened } = await licensing.open({ datapoints: 200, rtcLines: 2, decidedAt });
    await licensing
      .ask('ingestion')
      .ask(allocateDatapoints, { accountId, deviceId: 'meter', datasource: 'modbus', datapoints: 30 });
    expect(await entitlement(accountId)).toEqual({
      accountId,
      organizationId,
      license: 'pro',
      features: ['alerts', 'reports'],
      contracted: 200,
      used: 30,
      left: 170,
      rtcLines: 2,
      expiresOn: opened.term.expiresOn,
      validUntil: opened.term.expiresAt,
      timeZone: 'Europe/Madrid',
      clockAheadSeconds: 0,
      state: 'active',
      revision: 1,
      useVersion: 1,
    });
  });

  it('has a revision that grows with what it may use, and a version that grows with what it uses', async () => {
    const { accountId } = await licensing.open();
    const versions = async () => {
      const { license, features, revision, useVersion } = await entitlement(accountId);
      return { license, features, revision, useVersion };
    };
    expect(await versions()).toEqual({ license: 'pro', features: ['alerts', 'reports'], revision: 1, useVersion: 0 });
    await change(accountId, { type: 'change_license', license: 'small' });
    expect(await versions()).toEqual({ license: 'small', features: ['alerts'], revision: 2, useVersion: 0 });
    await licensing
      .ask('ingestion')
      .ask(allocateDatapoints, { accountId, deviceId: 'meter', datasource: 'modbus', datapoints: 1 });
    expect(await versions()).toEqual({ license: 'small', features: ['alerts'], revision: 2, useVersion: 1 });
  });

  it('is what is stored, whichever instance answers and whoever has asked before', async () => {
    const { accountId } = await licensing.open({ datapoints: 200 });
    const first = await entitlement(accountId);
    const stored = (sets: string) =>
      licensing.database.sql(`update licensing.entitlements set ${sets} where account_id = $1`, [accountId]);
    await stored('used = 7, use_version = 1');
    const used = { ...first, used: 7, left: 193, useVersion: 1 };
    expect(await entitlement(accountId)).toEqual(used);
    await stored(`contracted = 150, license = 'small', rtc_lines = 1, revision = 2`);
    const changed = {
      ...used,
      contracted: 150,
      left: 143,
      license: 'small',
      features: ['alerts'],
      rtcLines: 1,
      revision: 2,
    };
    expect(await entitlement(accountId)).toEqual(changed);
    await stored(`valid_until = '2020-01-02T00:00Z', revision = 3`);
    const over = { ...changed, validUntil: '2020-01-02T00:00:00.000Z', state: 'expired', revision: 3 };
    expect(await entitlement(accountId)).toEqual(over);
  });

  it('has the current features of its license, without a new revision', async () => {
    const { accountId } = await licensing.open();
    const before = await entitlement(accountId);
    await licensing.ask('operator').ask(saveLicense, { ...pro, features: ['forecasts'] });
    expect(await entitlement(accountId)).toEqual({ ...before, features: ['forecasts'] });
    await licensing.ask('operator').ask(saveLicense, pro);
    expect(await entitlement(accountId)).toEqual(before);
  });

  it('ends at its instant, without any change', async () => {
    const { accountId } = await licensing.open();
    const before = await entitlement(accountId);
    const at = new Date(Date.now() + 300).toISOString();
    await licensing.database.sql(
      'update licensing.entitlements set valid_until = $2, revision = 2 where account_id = $1',
      [accountId, at],
    );
    await eventually(async () => expect(await entitlement(accountId)).toMatchObject({ state: 'expired' }));
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(at));
    expect(before.state).toBe('active');
  });

  it('says how far the account’s clock is ahead, which determines its expiry', async () => {
    const { accountId, organizationId, opened } = await licensing.open({ months: 1 });
    const aheadSeconds = (40 * DAY) / 1000;
    await licensing
      .ask('gateway')
      .ask(setSubscriptionClock, { actor: superAdminOf(organizationId), accountId, aheadSeconds });
    expect(await entitlement(accountId)).toMatchObject({
      state: 'expired',
      validUntil: opened.validUntil,
      clockAheadSeconds: aheadSeconds,
      revision: 2,
    });
  });

  it.each(['ingestion', 'alerting', 'reporting', 'devices'])('is read by %s', async (caller) => {
    const { accountId } = await licensing.open();
    expect(await entitlement(accountId, caller)).toMatchObject({ accountId, state: 'active' });
  });
});
