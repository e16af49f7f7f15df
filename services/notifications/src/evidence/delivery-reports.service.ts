import { Injectable, Logger } from '@nestjs/common';
import type { AnswerOf, recordDeliveryReport, recordManyDeliveryReports, RequestOf } from '@tenure/contracts';
import { Database, Batcher, toProblem } from '@tenure/platform';
import { EmailFigures } from '../sending/email-figures.js';
import { judge } from './judge.js';
import { markAddresses } from './marked-addresses.js';
import { Unreached } from './unreached.js';
import { holdReported, keepReports, reportsOf } from './reported-delivery.js';

type Reported = RequestOf<typeof recordDeliveryReport>;
type Answer = AnswerOf<typeof recordDeliveryReport>;

/** Reports per transaction. */
const LARGEST = 100;

/** Stores the provider's reports, and applies them to deliveries and their notices. */
@Injectable()
export class DeliveryReportsService {
  readonly #log = new Logger(DeliveryReportsService.name);
  /** Batches reports: those of a batch of e-mails arrive together. */
  readonly #together = new Batcher<Reported, Answer>({
    work: (reports) => this.#record(reports),
    atOnce: 1,
    largest: LARGEST,
  });

  constructor(
    private readonly database: Database,
    private readonly unreached: Unreached,
    private readonly figures: EmailFigures,
  ) {}

  /** Reports may arrive repeatedly and in any order: each is stored once, and the state is derived from all of them. */
  record(report: Reported): Promise<Answer> {
    return this.#together.ask(report);
  }

  /**
   * Stores several reports, each accepted or refused independently: one that cannot be stored is no reason to resend
   * the others.
   */
  async recordMany(reports: readonly Reported[]): Promise<AnswerOf<typeof recordManyDeliveryReports>> {
    const items = reports.map(async (report) => {
      try {
        return { answer: await this.record(report) };
      } catch (error) {
        this.#log.error(error);
        return { problem: toProblem(error) };
      }
    });
    return { items: await Promise.all(items) };
  }

  async #record(reports: readonly Reported[]): Promise<Answer[]> {
    const { known, fresh, isUnreached } = await this.database.asService(async (em) => {
      const held = await holdReported(em, reports);
      const found = reports.flatMap((report, index) => {
        const delivery = held[index] ?? null;
        return delivery === null ? [] : [{ report, delivery }];
      });
      const known = held.map((delivery) => delivery !== null);
      if (found.length === 0) return { known, fresh: [], isUnreached: false };
      const [kept, all] = await Promise.all([
        keepReports(em, found),
        reportsOf(
          em,
          found.map(({ delivery }) => delivery.deliveryId),
        ),
      ]);
      const fresh = [...new Map(found.map((one) => [one.report.reportId, one])).values()].filter(({ report }) =>
        kept.has(report.reportId),
      );
      await markAddresses(em, fresh);
      const deliveries = [...new Set(fresh.map(({ delivery }) => delivery))];
      return { known, fresh, isUnreached: await judge(em, deliveries, all, 'gateway') };
    });
    for (const { report } of fresh) this.figures.reported(report.kind);
    if (isUnreached) this.unreached.wake();
    reports.forEach(({ kind, providerId }, index) => {
      if (known[index] !== true) this.#log.warn(`Report ${kind} is about an e-mail that is not ours: ${providerId}`);
    });
    return known.map((isKnown) => ({ known: isKnown }));
  }
}
