import { Controller } from '@nestjs/common';
import type { ShownAuditEntry } from '@tenure/contracts';
import { asLines } from '../downloads/lines.js';
import { asTable } from '../downloads/table.js';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import {
  downloadAuditLines,
  downloadAuditTable,
  downloadOrganizationAuditLines,
  downloadOrganizationAuditTable,
  seeAudit,
  seeOrganizationAudit,
} from './audit.routes.js';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Serves(seeAudit)
  see(@Sent() { actor, params, query }: InputOf<typeof seeAudit>) {
    return this.audit.page(actor, params, query);
  }

  @Serves(downloadAuditTable)
  table(@Sent() { actor, params }: InputOf<typeof downloadAuditTable>) {
    return asTable(this.audit.pages(actor, params), columns, `audit-${params.accountId}`);
  }

  @Serves(downloadAuditLines)
  lines(@Sent() { actor, params }: InputOf<typeof downloadAuditLines>) {
    return asLines(this.audit.pages(actor, params), `audit-${params.accountId}`);
  }

  @Serves(seeOrganizationAudit)
  seeOfOrganization(@Sent() { actor, params, query }: InputOf<typeof seeOrganizationAudit>) {
    return this.audit.page(actor, params, query);
  }

  @Serves(downloadOrganizationAuditTable)
  tableOfOrganization(@Sent() { actor, params }: InputOf<typeof downloadOrganizationAuditTable>) {
    return asTable(this.audit.pages(actor, params), columnsOfOrganization, `audit-${params.organizationId}`);
  }

  @Serves(downloadOrganizationAuditLines)
  linesOfOrganization(@Sent() { actor, params }: InputOf<typeof downloadOrganizationAuditLines>) {
    return asLines(this.audit.pages(actor, params), `audit-${params.organizationId}`);
  }
}

const what = {
  at: ({ at }: ShownAuditEntry) => at,
  by: ({ by }: ShownAuditEntry) => by.kind,
  name: ({ by }: ShownAuditEntry) => by.name,
  memberId: ({ by }: ShownAuditEntry) => by.memberId,
  action: ({ action }: ShownAuditEntry) => action,
};
const change = {
  before: ({ before }: ShownAuditEntry) => before && JSON.stringify(before),
  after: ({ after }: ShownAuditEntry) => after && JSON.stringify(after),
  entryId: ({ entryId }: ShownAuditEntry) => entryId,
};
const columns = { ...what, applicationId: ({ applicationId }: ShownAuditEntry) => applicationId, ...change };
const columnsOfOrganization = { ...what, member: ({ member }: ShownAuditEntry) => member?.name ?? null, ...change };
