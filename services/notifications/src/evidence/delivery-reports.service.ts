import { Injectable, Logger } from '@nestjs/common';
import type { AnswerOf, recordDeliveryReport, RequestOf } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { judge } from './judge.js';
import { markAddress } from './marked-addresses.js';
import { Unreached } from './unreached.js';
import { holdReported, keepReport } from './reported-delivery.js';

type Reported = RequestOf<typeof recordDeliveryReport>;

/** Keeps what the provider reports, and what it means for a delivery and its notice. */
@Injectable()
export class DeliveryReportsService {
  readonly #log = new Logger(DeliveryReportsService.name);

  constructor(
    private readonly database: Database,
    private readonly unreached: Unreached,
  ) {}

  /** Reports come more than once, and in any order: each is kept once, and what holds is found from all of them. */
  async record(report: Reported): Promise<AnswerOf<typeof recordDeliveryReport>> {
    const known = await this.database.asService(async (em) => {
      const delivery = await holdReported(em, report);
      if (delivery === null) return false;
      if (!(await keepReport(em, delivery, report))) return true;
      await markAddress(em, delivery, report);
      await judge(em, delivery, 'gateway');
      return true;
    });
    if (known) this.unreached.wake();
    else this.#log.warn(`Reported ${report.kind}, of an e-mail that is not ours: ${report.providerId}`);
    return { known };
  }
}
