import { Injectable } from '@nestjs/common';
import { recordManyDeliveryReports, type AnswerOf, type AskOf, type recordDeliveryReport } from '@tenure/contracts';
import { BatchedRequests, Services } from '@tenure/platform/messaging';

export type Report = AskOf<typeof recordDeliveryReport>;

/**
 * Stores reports in notifications. The reports about a batch of e-mails arrive together, so they are sent on in
 * batches.
 */
@Injectable()
export class DeliveryReports {
  readonly #together: BatchedRequests<Report, AnswerOf<typeof recordDeliveryReport>>;

  constructor(services: Services) {
    this.#together = new BatchedRequests({
      askMany: (asks) => services.ask(recordManyDeliveryReports, { asks }),
      atOnce: 1,
    });
  }

  /** Returns once the report is stored. @throws DomainError if it is not, or if that is unknown */
  async record(report: Report): Promise<void> {
    await this.#together.ask(report);
  }
}
