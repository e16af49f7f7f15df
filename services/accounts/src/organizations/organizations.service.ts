import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  type AnswerOf,
  type listOrganizations,
  type RequestOf,
  type saveOrganization,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { recordAudit } from '../database/audit.js';
import { Member } from '../database/member.js';
import { Organization } from '../database/organization.js';
import { organizationProblems } from '../domain/organization-rules.js';
import { viewOrganization } from './organization-view.js';

const customerSuccess = ['customer_success', 'customer_success_lead'];

@Injectable()
export class OrganizationsService {
  constructor(private readonly database: Database) {}

  /** Creates the organization with this id (a new one, if left out), or changes it. @throws invalid */
  async save(request: RequestOf<typeof saveOrganization>): Promise<AnswerOf<typeof saveOrganization>> {
    const { organizationId, ...values } = request;
    const id = organizationId ?? uuidv7();
    return this.database.asService(async (em) => {
      const known = await em.findOne(
        Organization,
        { organizationId: id },
        { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      );
      const errors = organizationProblems(values, {
        hasOperator: (await em.count(Organization, { isOperator: true, organizationId: { $ne: id } })) > 0,
        hasCustomerSuccess: (await em.count(Member, { organizationId: id, roles: { $overlap: customerSuccess } })) > 0,
      });
      if (errors.length > 0) throw refuse('invalid', 'Some fields are not valid', { errors });
      const before = known && viewOrganization(known);
      const saved = known ?? em.create(Organization, { organizationId: id, ...values });
      em.assign(saved, values);
      await em.persist(saved).flush();
      const after = viewOrganization(saved);
      await recordAudit(em, { organizationId: id, action: 'organization.saved', details: { before, after } });
      return after;
    });
  }

  async list(): Promise<AnswerOf<typeof listOrganizations>> {
    return this.database.asService(async (em) => {
      const all = await em.find(Organization, {}, { orderBy: { name: 'asc', organizationId: 'asc' } });
      return { items: all.map(viewOrganization) };
    });
  }
}
