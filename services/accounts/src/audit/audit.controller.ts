import { Controller } from '@nestjs/common';
import { listAccountsAudit, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Answers(listAccountsAudit)
  list(request: RequestOf<typeof listAccountsAudit>) {
    return this.audit.list(request);
  }
}
