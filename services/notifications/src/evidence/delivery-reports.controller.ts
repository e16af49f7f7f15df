import { Controller } from '@nestjs/common';
import { recordDeliveryReport, recordManyDeliveryReports, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { DeliveryReportsService } from './delivery-reports.service.js';

@Controller()
export class DeliveryReportsController {
  constructor(private readonly reports: DeliveryReportsService) {}

  @Answers(recordDeliveryReport)
  record(report: RequestOf<typeof recordDeliveryReport>) {
    return this.reports.record(report);
  }

  @Answers(recordManyDeliveryReports)
  recordMany({ asks }: RequestOf<typeof recordManyDeliveryReports>) {
    return this.reports.recordMany(asks);
  }
}
