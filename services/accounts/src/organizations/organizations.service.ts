import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  customerSuccessRoles,
  invalidFields,
  requireSuperAdmin,
  uuid,
  type AnswerOf,
  type FallbackAddress,
  type getFallbackAddress,
  type listOrganizations,
  type RequestOf,
  type saveOrganization,
  type setFallbackAddress,
  type setOrganizationLogo,
} from '@tenure/contracts';
import { Database, forUpdate, lockAlone, pageFrom, readCursor, readRow, writeCursor } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { recordAudit } from '../database/audit.js';
import { Member } from '../database/member.entity.js';
import { Organization } from '../database/organization.entity.js';
import { organizationProblems } from '../domain/organization-rules.js';
import { findMember } from '../members/find-member.js';
import { settingsOf, viewOrganization } from './organization-view.js';
import { recordOrganizationChanged } from './record-organization-changed.js';
import { usableLogo } from './usable-logo.js';

const place = z.strictObject({ name: z.string(), organizationId: uuid });

@Injectable()
export class OrganizationsService {
  constructor(private readonly database: Database) {}

  /** Creates the organization with this id (a new id if left out), or changes it. @throws invalid */
  async save(request: RequestOf<typeof saveOrganization>): Promise<AnswerOf<typeof saveOrganization>> {
    const { organizationId, ...values } = request;
    const id = organizationId ?? uuidv7();
    return this.database.asService(async (em) => {
      // Different ones as well, because only one is the operator's own.
      await lockAlone(em, 'accounts.organizations/all');
      const known = await em.findOne(Organization, { organizationId: id }, forUpdate);
      const errors = organizationProblems(values, {
        hasOperator: (await em.count(Organization, { isOperator: true, organizationId: { $ne: id } })) > 0,
        hasCustomerSuccess:
          (await em.count(Member, { organizationId: id, roles: { $overlap: [...customerSuccessRoles] } })) > 0,
      });
      if (errors.length > 0) throw invalidFields(errors);
      const before = known && settingsOf(known);
      const saved = known ?? em.create(Organization, { organizationId: id, ...values });
      em.assign(saved, values);
      await em.persist(saved).flush();
      const after = settingsOf(saved);
      if (isDeepStrictEqual(before, after)) return after;
      await recordOrganizationChanged(em, id);
      await recordAudit(em, { organizationId: id, action: 'organization.saved', details: { before, after } });
      return after;
    });
  }

  /** Sets the logo of the actor's own organization. @throws forbidden, member_unknown */
  async setLogo({
    actor,
    logoUrl,
  }: RequestOf<typeof setOrganizationLogo>): Promise<AnswerOf<typeof setOrganizationLogo>> {
    requireSuperAdmin(actor);
    const { organizationId, memberId } = actor;
    return this.database.asService(async (em) => {
      const organization = await em.findOneOrFail(Organization, { organizationId }, forUpdate);
      await findMember(em, actor);
      if (organization.logoUrl === logoUrl) return viewOrganization(organization);
      const before = { logoUrl: usableLogo(organization.logoUrl) };
      organization.logoUrl = logoUrl;
      await em.flush();
      await recordOrganizationChanged(em, organizationId, { memberId });
      const details = { before, after: { logoUrl } };
      await recordAudit(em, { organizationId, memberId, action: 'organization.logo_set', details });
      return viewOrganization(organization);
    });
  }

  /** Of the actor's own organization. @throws forbidden */
  async getFallback({ actor }: RequestOf<typeof getFallbackAddress>): Promise<FallbackAddress> {
    requireSuperAdmin(actor);
    const { organizationId } = actor;
    return this.database.asMember(actor, async (em) => {
      const { fallbackEmail } = (await readRow(em, Organization, { organizationId }))!;
      return { fallbackEmail };
    });
  }

  /** Sets the fallback address of the actor's own organization. @throws forbidden, member_unknown */
  async setFallback({ actor, fallbackEmail }: RequestOf<typeof setFallbackAddress>): Promise<FallbackAddress> {
    requireSuperAdmin(actor);
    const { organizationId, memberId } = actor;
    return this.database.asService(async (em) => {
      const organization = await em.findOneOrFail(Organization, { organizationId }, forUpdate);
      await findMember(em, actor);
      const before = { fallbackEmail: organization.fallbackEmail };
      if (before.fallbackEmail === fallbackEmail) return before;
      organization.fallbackEmail = fallbackEmail;
      await em.flush();
      await recordOrganizationChanged(em, organizationId, { memberId });
      const details = { before, after: { fallbackEmail } };
      await recordAudit(em, { organizationId, memberId, action: 'organization.fallback_address_set', details });
      return { fallbackEmail };
    });
  }

  /** All organizations by name, or a page of them. @throws invalid for another list's cursor */
  async list({ cursor, limit }: RequestOf<typeof listOrganizations>): Promise<AnswerOf<typeof listOrganizations>> {
    const from = readCursor(place, cursor);
    return this.database.asService(async (em) => {
      const found = await em.find(
        Organization,
        from === null
          ? {}
          : { $or: [{ name: { $gt: from.name } }, { name: from.name, organizationId: { $gt: from.organizationId } }] },
        { orderBy: { name: 'asc', organizationId: 'asc' }, ...(limit !== undefined && { limit: limit + 1 }) },
      );
      const { items, next } = pageFrom(found, limit ?? found.length, ({ name, organizationId }) =>
        writeCursor({ name, organizationId }),
      );
      return { items: items.map(settingsOf), next };
    });
  }
}
