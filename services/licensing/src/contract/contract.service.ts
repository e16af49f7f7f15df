import { Injectable } from '@nestjs/common';
import type { AnswerOf, previewContract, RequestOf } from '@tenure/contracts';
import { Database, commitWithNext } from '@tenure/platform';
import { previewView } from '../domain/views.js';
import { Settings } from '../settings.js';
import { judgeChange, judgeNewAccount } from './judge-change.js';
import { loadContract } from './load-contract.js';

@Injectable()
export class ContractService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** What approving the change at `asOf` would mean. Stores nothing. @throws not_found */
  preview({ change, asOf }: RequestOf<typeof previewContract>): Promise<AnswerOf<typeof previewContract>> {
    return this.database.asService(async (em) => {
      const at = asOf === null ? null : new Date(asOf);
      if (change.type === 'new_account') commitWithNext(em);
      const judged =
        change.type === 'new_account'
          ? await judgeNewAccount(em, change, at, this.settings)
          : await judgeChange(em, change, at, await loadContract(em, change.accountId, this.settings), this.settings);
      return previewView(judged.preview, change.accountId);
    });
  }
}
