import { getEntitlement, listLicenses, nameLicense, previewContract, saveLicense } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { forAllTests } from '@tenure/testing';
import { aNewAccount, pro, small } from './testing/contracts.js';
import { startLicensing, superAdminOf } from './testing/licensing.js';

const licensing = forAllTests(startLicensing);

describe('the first migration', () => {
  it('creates what the entities define', async () => expect(await licensing.database.drift()).toBe(''));
});

describe('a message', () => {
  it('is refused with the name of each wrong field', async () => {
    const change = { ...aNewAccount({ datapoints: 19, months: 61 }), surprise: 1 };
    const refused = licensing.ask('accounts').ask(previewContract, { change, asOf: null });
    await expect(refused).rejects.toMatchObject({
      problem: {
        code: 'invalid',
        status: 422,
        errors: [
          { path: 'change.datapoints', message: 'Enter at least 20.' },
          { path: 'change.months', message: 'Enter 1 to 60 months.' },
          { path: 'change.surprise', code: 'unknown_field' },
        ],
      },
    });
  });

  it('is refused for an unknown account', async () => {
    const refused = licensing.ask('ingestion').ask(getEntitlement, { accountId: uuidv7() });
    await expect(refused).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the catalog', () => {
  it('is listed by rank, for every signed-in member', async () => {
    const actor = { ...superAdminOf(uuidv7()), roles: [] };
    expect(await licensing.ask('gateway').ask(listLicenses, { actor })).toEqual({ items: [small, pro] });
  });

  it('has the display names of a license, for texts', async () => {
    const notifications = licensing.ask('notifications');
    expect(await notifications.ask(nameLicense, { license: 'small' })).toEqual({ names: small.names });
    await expect(notifications.ask(nameLicense, { license: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('changes an entry under the same code, and keeps what it was', async () => {
    const changed = { ...pro, maxDatapoints: 2000 };
    // The second save changes nothing, so it writes no audit entry.
    for (const _ of ['once', 'twice']) await licensing.ask('operator').ask(saveLicense, changed);
    const { items } = await licensing.ask('gateway').ask(listLicenses, { actor: superAdminOf(uuidv7()) });
    expect(items).toEqual([small, changed]);
    const trail = await licensing.database.sql(
      `select action, before, after from licensing.audit where after ->> 'code' = 'pro' order by at`,
    );
    expect(trail).toEqual([
      { action: 'license.saved', before: null, after: pro },
      { action: 'license.saved', before: pro, after: changed },
    ]);
    await licensing.ask('operator').ask(saveLicense, pro);
  });
});
