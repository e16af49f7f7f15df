import { Controller } from '@nestjs/common';
import { recordDeliveryReport, recordManyDeliveryReports, type AnswerOf, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { DeliveryReportsService } from './delivery-reports.service.js';

@Controller()
export class DeliveryReportsController {
  constructor(private readonly reports: DeliveryReportsService) {}

  @Answers(recordDeliveryReport)
  record(
    @Ask(recordDeliveryReport) report: RequestOf<typeof recordDeliveryReport>,
  ): Promise<AnswerOf<typeof recordDeliveryReport>> {
    return this.reports.record(report);
  }

  @Answers(recordManyDeliveryReports)
  recordMany(
    @Ask(recordManyDeliveryReports) { asks }: RequestOf<typeof recordManyDeliveryReports>,
  ): Promise<AnswerOf<typeof recordManyDeliveryReports>> {
    return this.reports.recordMany(asks);
  }
}
