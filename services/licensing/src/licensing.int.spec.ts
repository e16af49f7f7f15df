import { entities, migrations } from './database/index.js';
import { testDatabase, type TestDatabase } from '@tenure/testing';

describe('the first migration', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ service: 'licensing', entities, migrations });
  });
  afterAll(() => database.close());

  it('makes what the entities say', async () => expect(await database.drift()).toBe(''));
});
