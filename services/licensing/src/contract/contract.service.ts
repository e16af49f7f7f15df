import { Injectable } from '@nestjs/common';
import type { AnswerOf, previewContract, RequestOf } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { previewView } from '../domain/views.js';
import { Settings } from '../settings.js';
import { judgeChange } from './judge-change.js';
import { findContract } from './load-contract.js';

@Injectable()
export class ContractService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** What would happen if the change were approved at `asOf`. Stores nothing. @throws not_found */
  preview({ change, asOf }: RequestOf<typeof previewContract>): Promise<AnswerOf<typeof previewContract>> {
    return this.database.asService(async (em) => {
      const { graceDays } = this.settings;
      const record = await findContract(em, change.accountId, graceDays);
      const judged = await judgeChange(em, change, asOf === null ? null : new Date(asOf), record, graceDays);
      return previewView(judged.preview, change.accountId);
    });
  }
}
