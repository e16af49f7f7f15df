import { allocateDatapoints, applyChange, getEntitlement, setSubscriptionClock } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { DAY, startLicensing, superAdminOf, type Licensing } from '../specs/licensing.js';

let licensing: Licensing;
beforeAll(async () => {
  licensing = await startLicensing();
});
afterAll(() => licensing.close());

const entitlement = (accountId: string, caller = 'reporting') =>
  licensing.ask(caller).ask(getEntitlement, { accountId });
const change = (accountId: string, what: { type: 'change_license'; license: string }) =>
  licensing.ask('workflows').ask(applyChange, {
    applicationId: uuidv7(),
    decidedAt: new Date().toISOString(),
    change: { ...what, accountId },
  });

describe('what an account may use', () => {
  it('is its license with the features, the figures, and until when: in its own zone and as an instant', async () => {
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

  it('says how far the clock of the account is ahead, by which it expires', async () => {
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
