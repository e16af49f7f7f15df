import { Injectable } from '@nestjs/common';
import {
  answerIn,
  DomainError,
  mostAsked,
  recordManyDeliveryReports,
  type AnswerOf,
  type AskOf,
  type recordDeliveryReport,
} from '@tenure/contracts';
import { Services, Together } from '@tenure/platform';

export type Report = AskOf<typeof recordDeliveryReport>;
type Item = AnswerOf<typeof recordManyDeliveryReports>['items'][number];

/** Has notifications keep what was reported. A batch of e-mails is reported of at once: what comes together is told so. */
@Injectable()
export class DeliveryReports {
  readonly #together: Together<Report, Item | { error: unknown }>;

  constructor(services: Services) {
    this.#together = new Together<Report, Item | { error: unknown }>({
      work: async (asks) => {
        try {
          return (await services.ask(recordManyDeliveryReports, { asks: [...asks] })).items;
        } catch (error) {
          // One report that cannot be read is no reason to lose the others: each is told by itself.
          if (error instanceof DomainError && error.problem.status < 500) throw error;
          // Nobody is there, or nobody answers: asking for each by itself would not help.
          return asks.map(() => ({ error }));
        }
      },
      atOnce: 1,
      largest: mostAsked,
    });
  }

  /** Returns once it is stored. @throws DomainError when it is not, or when nobody knows */
  async record(report: Report): Promise<void> {
    const item = await this.#together.ask(report);
    if ('error' in item) throw item.error;
    answerIn(item);
  }
}
