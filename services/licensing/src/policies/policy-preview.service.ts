import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  requireSuperAdmin,
  type AnswerOf,
  type PolicyEffect,
  type previewPolicy,
  type RequestOf,
} from '@tenure/contracts';
import { expiresOn, type ReminderPolicy } from '@tenure/lifecycle';
import { Database } from '@tenure/platform';
import { findContracts, type ContractRecord } from '../contract/load-contract.js';
import { countEffects, replanned, type Replanned } from '../domain/replan.js';
import { timelineOf } from '../domain/timeline.js';
import { momentView } from '../domain/views.js';
import { Settings } from '../settings.js';
import { countLive, pageOfLive } from './live-subscriptions.js';
import { newestPolicy } from './newest-policy.js';
import { validPolicy } from './policies.service.js';

/** Subscriptions that are reckoned at once, so that others have their turn, and at most. */
const page = 200;
const most = 10_000;
const examplesOnAPage = 10;

/** What a change of policy would do, before anybody makes it: the same planner, nothing stored. */
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
    const { newest, touched } = await this.database.asMember(actor, async (em) => ({
      newest: await newestPolicy(em, organizationId),
      touched: await countLive(em, organizationId),
    }));
    const policy = { version: newest.policy.version + 1, ...chosen };

    const effects: PolicyEffect[] = [];
    const examples: Example[] = [];
    for (let after: string | null = null; effects.length < most;) {
      const records: ContractRecord[] = await this.database.asMember(actor, (em) =>
        this.#read(em, organizationId, after),
      );
      const found = records.map((record) => exampleOf(record, policy));
      effects.push(...found.map(({ effect }) => effect));
      if (examples.length <= examplesOnAPage)
        examples.push(...found.filter(({ accountId }) => cursor === undefined || accountId > cursor));
      if (records.length < page) break;
      after = records.at(-1)!.accountId;
    }
    const shown = examples.slice(0, examplesOnAPage);
    return {
      ...chosen,
      touched,
      reckoned: effects.length,
      effects: countEffects(effects),
      examples: shown.map(({ record, after, effect }) => viewOf(record, after, effect)),
      next: examples.length > shown.length ? shown.at(-1)!.accountId : null,
    };
  }

  async #read(em: EntityManager, organizationId: string, after: string | null): Promise<ContractRecord[]> {
    const ids = await pageOfLive(em, { organizationId, after, limit: page });
    return findContracts(em, ids, this.settings);
  }
}

interface Example extends Replanned<ContractRecord['contract']> {
  accountId: string;
  record: ContractRecord;
}

function exampleOf(record: ContractRecord, policy: ReminderPolicy): Example {
  const { accountId, contract, now } = record;
  return { accountId, record, ...replanned(contract, policy, now) };
}

function viewOf(
  { accountId, contract }: ContractRecord,
  after: ContractRecord['contract'],
  effect: PolicyEffect,
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
