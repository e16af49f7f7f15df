import { Injectable } from '@nestjs/common';
import { partsOf, requireSuperAdmin, type AnswerOf, type previewPolicy, type RequestOf } from '@tenure/contracts';
import { expiresOn } from '@tenure/lifecycle';
import { Database, pageFrom } from '@tenure/platform';
import { findContracts, type ContractRecord } from '../contract/load-contract.js';
import { canBePlanned, countEffects, replanned, type Replanned } from '../domain/replan.js';
import { timelineOf } from '../domain/timeline.js';
import { momentView } from '../domain/views.js';
import { Settings } from '../settings.js';
import { alikeOfLive, countLive, pageOfLive, type Alike } from './live-subscriptions.js';
import { newestPolicy } from './newest-policy.js';
import { validPolicy } from './policies.service.js';

/** How many groups are calculated at a time, so that other requests get their turn, and how many at most. */
const page = 200;
const most = 10_000;
const examplesOnAPage = 10;

/** Previews a policy change with the same planner that applies it. Stores nothing. */
@Injectable()
export class PolicyPreviewService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** @throws forbidden, invalid */
  async preview({
    actor,
    policy: asked,
    cursor,
  }: RequestOf<typeof previewPolicy>): Promise<AnswerOf<typeof previewPolicy>> {
    requireSuperAdmin(actor);
    const chosen = validPolicy(asked);
    const { organizationId } = actor;
    const areSpread = this.settings.spreadMinutes > 0;
    const { newest, alike, touched } = await this.database.asMember(actor, async (em) => {
      const newest = await newestPolicy(em, organizationId);
      const alike = await alikeOfLive(em, { organizationId, areSpread, most });
      const touched = alike.length < most ? sumOf(alike) : await countLive(em, organizationId);
      return { newest, alike, touched };
    });
    const policy = { version: newest.policy.version + 1, ...chosen };

    const effects: AnswerOf<typeof previewPolicy>['effects'] = [];
    const many = new Map(alike.map(({ accountId, accounts }) => [accountId, accounts]));
    for (const part of partsOf(alike, page)) {
      const ids = part.map(({ accountId }) => accountId);
      const records = await this.database.asMember(actor, (em) => findContracts(em, ids, this.settings));
      for (const { accountId, contract, now } of records.filter(canBePlanned))
        effects.push({ ...replanned(contract, policy, now).effect, accounts: many.get(accountId)! });
    }
    const { examples, next } = await this.database.asMember(actor, async (em) => {
      const found = await pageOfLive(em, { organizationId, after: cursor ?? null, limit: examplesOnAPage + 1 });
      const { items: ids, next } = pageFrom(found, examplesOnAPage, (accountId) => accountId);
      return { examples: (await findContracts(em, ids, this.settings)).filter(canBePlanned), next };
    });
    return {
      ...chosen,
      touched,
      reckoned: sumOf(effects),
      effects: countEffects(effects),
      examples: examples.map((record) => viewOf(record, replanned(record.contract, policy, record.now))),
      next,
    };
  }
}

function sumOf(counted: readonly Pick<Alike, 'accounts'>[]): number {
  return counted.reduce((sum, { accounts }) => sum + accounts, 0);
}

function viewOf(
  { accountId, contract }: ContractRecord,
  { after, effect }: Replanned<ContractRecord['contract']>,
): AnswerOf<typeof previewPolicy>['examples'][number] {
  const moments = (dates: ContractRecord['contract']) =>
    timelineOf(dates).map((moment) => momentView(moment, accountId));
  return {
    accountId,
    timeZone: contract.timeZone,
    expiresOn: expiresOn(contract.term),
    effect,
    before: moments(contract),
    after: moments(after),
  };
}
