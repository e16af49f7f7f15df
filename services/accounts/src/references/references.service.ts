import { Injectable } from '@nestjs/common';
import { requireCustomerSuccess, type AnswerOf, type nameReferences, type RequestOf } from '@tenure/contracts';
import { Database, commitWithNext, readRows } from '@tenure/platform';
import { Account } from '../database/account.entity.js';
import { Application } from '../database/application.entity.js';
import { Organization } from '../database/organization.entity.js';

type Asked = RequestOf<typeof nameReferences>;

/** The names of what e-mails are about, because notifications stores only ids. */
@Injectable()
export class ReferencesService {
  constructor(private readonly database: Database) {}

  /** @throws forbidden */
  async name({ actor, references }: Asked): Promise<AnswerOf<typeof nameReferences>> {
    requireCustomerSuccess(actor);
    const idsOf = (field: keyof Asked['references'][number]) => [
      ...new Set(references.flatMap((reference) => reference[field] ?? [])),
    ];
    const [accounts, applications, organizations] = await this.database.asService((em) => {
      commitWithNext(em);
      return Promise.all([
        readRows(em, Account, { accountId: idsOf('accountId') }, 'and created_at is not null'),
        readRows(em, Application, { applicationId: idsOf('applicationId') }),
        readRows(em, Organization, { organizationId: idsOf('organizationId') }),
      ]);
    });
    const accountBy = new Map(accounts.map((account) => [account.accountId, account]));
    const applicationBy = new Map(applications.map((application) => [application.applicationId, application]));
    const organizationBy = new Map(organizations.map((organization) => [organization.organizationId, organization]));
    return {
      items: references.map(({ organizationId, accountId, applicationId }) => {
        const application = applicationBy.get(applicationId ?? '');
        return {
          organizationName: organizationBy.get(organizationId)?.name ?? null,
          accountName: (accountBy.get(accountId ?? '') ?? application)?.accountName ?? null,
          application: application ? { type: application.type, status: application.status } : null,
        };
      }),
    };
  }
}
