import { openSubscription, saveLicense, type Actor, type AnswerOf, type Envelope } from '@tenure/contracts';
import { startTestService, type TestService } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { licensingDatabase } from '../database/database.js';
import { InstantsService } from '../dates/instants.service.js';
import { LicensingModule } from '../licensing.module.js';
import { aNewAccount, pro, small, type NewAccount } from './contracts.js';

/** The service on real servers, with a catalog of two licenses. Clocks can be moved. */
export interface Licensing extends TestService {
  /** Opens a subscription as the workflow does; the first term starts on the day of `decidedAt`, now if left out. */
  open(account?: Partial<NewAccount> & { decidedAt?: Date }): Promise<OpenAccount>;
  /** The events about an account or an organization itself that were recorded so far. */
  told(accountOrOrganizationId: string): Promise<Envelope[]>;
}

export interface OpenAccount {
  accountId: string;
  organizationId: string;
  applicationId: string;
  change: NewAccount;
  opened: AnswerOf<typeof openSubscription>;
}

export async function startLicensing(environment: Record<string, string> = { SANDBOX: 'on' }): Promise<Licensing> {
  const service = await startTestService({
    service: 'licensing',
    module: LicensingModule,
    database: licensingDatabase,
    environment,
  });
  // The check at the start would take back an end that a spec stores.
  await service.get(InstantsService).beforeApplicationShutdown();
  for (const license of [pro, small]) await service.ask('operator').ask(saveLicense, license);
  return Object.assign(service, {
    async open({ decidedAt = new Date(), ...account }: Partial<NewAccount> & { decidedAt?: Date } = {}) {
      const change = aNewAccount({ accountId: uuidv7(), organizationId: uuidv7(), ...account });
      const applicationId = uuidv7();
      const opened = await service
        .ask('workflows')
        .ask(openSubscription, { applicationId, decidedAt: decidedAt.toISOString(), change });
      return { accountId: change.accountId, organizationId: change.organizationId, applicationId, change, opened };
    },
    told: async (id: string) =>
      (await service.recorded()).filter((event) => (event.accountId ?? event.organizationId) === id),
  });
}

export function superAdminOf(organizationId: string): Actor {
  return { memberId: uuidv7(), organizationId, roles: ['super_admin'] };
}

export function customerSuccess(): Actor {
  return { memberId: uuidv7(), organizationId: uuidv7(), roles: ['customer_success'] };
}

/** In milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;
