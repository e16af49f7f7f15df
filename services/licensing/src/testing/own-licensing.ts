import { openSubscription, saveLicense } from '@tenure/contracts';
import {
  eventually,
  startOwnService,
  testDatabase,
  testNats,
  type OwnProcess,
  type TestDatabase,
  type TestNats,
} from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { licensingDatabase } from '../database/database.js';
import { aNewAccount, pro, type NewAccount } from './contracts.js';

/** Only PostgreSQL, NATS and licensing processes, for specs that kill those processes. */
export interface OwnLicensing {
  nats: TestNats;
  database: TestDatabase;
  /** Starts one more process; resolves when it is ready. */
  start(): Promise<OwnProcess>;
  /** Opens a subscription as the workflow does. At least one process has to be running. */
  open(account?: Partial<NewAccount>): Promise<NewAccount>;
  close(): Promise<void>;
}

export async function ownLicensing(settings: Record<string, string> = {}): Promise<OwnLicensing> {
  const [nats, database] = await Promise.all([testNats(), testDatabase(licensingDatabase)]);
  const environment = { ...nats.environment('licensing'), DATABASE_URL: database.url, ...settings };
  const processes: OwnProcess[] = [];
  return {
    nats,
    database,
    async start() {
      const started = startOwnService('licensing', environment);
      processes.push(started);
      await eventually(() => expect(started.output()).toContain('licensing has started.'));
      return started;
    },
    async open(account = {}) {
      await (await nats.ask('operator')).ask(saveLicense, pro);
      const change = aNewAccount({ accountId: uuidv7(), organizationId: uuidv7(), ...account });
      const workflows = await nats.ask('workflows');
      const decidedAt = new Date().toISOString();
      await workflows.ask(openSubscription, { applicationId: uuidv7(), decidedAt, change });
      return change;
    },
    async close() {
      for (const process of processes) process.kill('SIGKILL');
      await Promise.all(processes.map(({ ended }) => ended));
      await nats.close();
      await database.close();
    },
  };
}
