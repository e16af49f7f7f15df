import { Controller } from '@nestjs/common';
import { listLicensingAudit, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Answers(listLicensingAudit)
  list(request: RequestOf<typeof listLicensingAudit>) {
    return this.audit.list(request);
  }
}
