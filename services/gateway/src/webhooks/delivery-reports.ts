import { Injectable } from '@nestjs/common';
import { recordManyDeliveryReports, type AnswerOf, type AskOf, type recordDeliveryReport } from '@tenure/contracts';
import { AskedTogether, Services } from '@tenure/platform/messaging';

export type Report = AskOf<typeof recordDeliveryReport>;

/** Has notifications keep what was reported. A batch of e-mails is reported of at once: what comes together is told so. */
@Injectable()
export class DeliveryReports {
  readonly #together: AskedTogether<Report, AnswerOf<typeof recordDeliveryReport>>;

  constructor(services: Services) {
    this.#together = new AskedTogether({
      askMany: (asks) => services.ask(recordManyDeliveryReports, { asks }),
      atOnce: 1,
    });
  }

  /** Returns once it is stored. @throws DomainError when it is not, or when nobody knows */
  async record(report: Report): Promise<void> {
    await this.#together.ask(report);
  }
}
