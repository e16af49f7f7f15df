import { Controller, type StreamableFile } from '@nestjs/common';
import { asLines } from '../downloads/lines.js';
import { asTable } from '../downloads/table.js';
import type { AnswerOf, InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { downloadAuditLines, downloadAuditTable, seeAudit } from './audit.routes.js';
import { AuditService, type ShownAuditEntry } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Serves(seeAudit)
  see(@Sent() { actor, params, query }: InputOf<typeof seeAudit>): Promise<AnswerOf<typeof seeAudit>> {
    const { cursor, limit } = query;
    return this.audit.page(actor, params.accountId, { cursor, limit });
  }

  @Serves(downloadAuditTable)
  table(@Sent() { actor, params: { accountId } }: InputOf<typeof downloadAuditTable>): Promise<StreamableFile> {
    return asTable(this.audit.pages(actor, accountId), columns, `audit-${accountId}`);
  }

  @Serves(downloadAuditLines)
  lines(@Sent() { actor, params: { accountId } }: InputOf<typeof downloadAuditLines>): Promise<StreamableFile> {
    return asLines(this.audit.pages(actor, accountId), `audit-${accountId}`);
  }
}

const columns = {
  at: ({ at }: ShownAuditEntry) => at,
  by: ({ by }: ShownAuditEntry) => by.kind,
  name: ({ by }: ShownAuditEntry) => by.name,
  memberId: ({ by }: ShownAuditEntry) => by.memberId,
  action: ({ action }: ShownAuditEntry) => action,
  applicationId: ({ applicationId }: ShownAuditEntry) => applicationId,
  before: ({ before }: ShownAuditEntry) => before && JSON.stringify(before),
  after: ({ after }: ShownAuditEntry) => after && JSON.stringify(after),
  entryId: ({ entryId }: ShownAuditEntry) => entryId,
};
