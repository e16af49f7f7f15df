import { getEntitlement, listLicenses, nameLicense, previewContract, saveLicense } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { forAllTests } from '@tenure/testing';
import { aNewAccount, pro, small } from './testing/contracts.js';
import { startLicensing, superAdminOf } from './testing/licensing.js';

const licensing = forAllTests(startLicensing);

describe('the first migration', () => {
  it('creates what the entities define', async () => expect(await licensing.database.drift()).toBe(''));

  it('lets the service only read the audit trail and add to it', async () => {
    const rights = await licensing.database.sql(
      `select grantee, privilege_type as right from information_schema.role_table_grants
       where table_schema = 'licensing' and table_name = 'audit' and grantee <> 'licensing_owner' order by 1, 2`,
    );
    expect(rights).toEqual([
      { grantee: 'licensing', right: 'INSERT' },
      { grantee: 'licensing', right: 'SELECT' },
      { grantee: 'licensing_member', right: 'INSERT' },
      { grantee: 'licensing_member', right: 'SELECT' },
    ]);
  });

  it('puts every table with an organization under row-level security, even for its owner', async () => {
    const tables = await licensing.database.sql<{ table: string; forced: boolean }>(
      `select c.relname as table, c.relrowsecurity and c.relforcerowsecurity as forced
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'licensing'::regnamespace and c.relkind = 'r' and a.attname = 'organization_id'`,
    );
    expect(tables.length).toBe(9);
    expect(tables.filter(({ forced }) => !forced)).toEqual([]);
  });
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
