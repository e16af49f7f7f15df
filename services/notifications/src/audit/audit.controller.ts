import { Controller } from '@nestjs/common';
import { listNotificationsAudit, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Answers(listNotificationsAudit)
  list(request: RequestOf<typeof listNotificationsAudit>) {
    return this.audit.list(request);
  }
}
