import { Injectable } from '@nestjs/common';
import {
  requireReader,
  oneOf,
  type AnswerOf,
  type checkManyPlans,
  type checkPlan,
  type getManyTimelines,
  type getTimeline,
  type RequestOf,
  type showTimeline,
} from '@tenure/contracts';
import { daysLeft, expiresOn, laterOf, validUntilOf, waitsUntil } from '@tenure/lifecycle';
import { Database, Batcher } from '@tenure/platform';
import {
  loadContract,
  noSuchAccount,
  readContracts,
  requireKnownZone,
  type ContractRecord,
} from '../contract/load-contract.js';
import { factsOf, isExpired, workedUntil } from '../domain/contract.js';
import { checkPlanOf, hasReminders, isLastReminder } from '../domain/plan.js';
import { allMoments, dueOf } from '../domain/timeline.js';
import { momentView, shownTerm, termView } from '../domain/views.js';
import { Settings } from '../settings.js';
import { earlierTerms } from './earlier-terms.js';

@Injectable()
export class TimelinesService {
  /**
   * Batches concurrent reads, so that a minute in which thousands are due takes few statements. Each statement is sent
   * after the requests it answers have arrived.
   */
  readonly #contracts = new Batcher<string, ContractRecord | undefined>({
    work: (accountIds) => readContracts(this.database, accountIds, this.settings),
    atOnce: 2,
    largest: 100,
  });

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /**
   * What is due at `asOf`, or now if that is later: a workflow may ask with the time at which it went to sleep. If the
   * asker's clock is too far ahead, ours is used instead: otherwise everybody would be notified too early by that much.
   * @throws not_found
   */
  async get({ accountId, asOf }: TimelineAsk): Promise<AnswerOf<typeof getTimeline>> {
    const { contract, organizationId, revision, clockAheadSeconds, now } = await this.#read(accountId);
    const asked = new Date(asOf);
    const at = laterOf(asked, now);
    const { due, next } = dueOf(contract, at);
    return {
      organizationId,
      facts: factsOf(contract, at),
      term: termView(contract.term, contract.timeZone),
      timeZone: contract.timeZone,
      revision,
      validUntil: validUntilOf(contract).toISOString(),
      renewalPending: contract.renewalSubmittedAt !== null,
      due: due.map(({ moment, action, reason }) => ({ moment: momentView(moment, accountId), action, reason })),
      next: next && { kind: next.kind, at: waitsUntil(next.at, asked, now).toISOString() },
      clockAheadSeconds,
    };
  }

  /** The same for many accounts, each answered or refused on its own. */
  async getMany(asks: readonly TimelineAsk[]): Promise<AnswerOf<typeof getManyTimelines>> {
    return { items: await Promise.all(asks.map((ask) => oneOf(this.get(ask)))) };
  }

  /** Every term's moments, for people. @throws forbidden, not_found */
  show({ actor, accountId }: RequestOf<typeof showTimeline>): Promise<AnswerOf<typeof showTimeline>> {
    requireReader(actor);
    return this.database.asMember(actor, async (em) => {
      const [record, earlier] = await Promise.all([
        loadContract(em, accountId, this.settings),
        earlierTerms(em, accountId),
      ]);
      const { contract, clockAheadSeconds, now } = record;
      return {
        now: now.toISOString(),
        timeZone: contract.timeZone,
        validUntil: validUntilOf(contract).toISOString(),
        terms: [...earlier, { ...contract, stoppedAt: isExpired(contract, now) ? contract.stoppedAt : null }].map(
          (ended) => shownTerm(ended, contract.timeZone),
        ),
        moments: allMoments(contract, earlier).map((moment) => momentView(moment, accountId)),
        clockAheadSeconds,
      };
    });
  }

  /** Whether a notice's plan still holds, with the figures and dates that its text needs. @throws not_found */
  async check({ accountId, termNumber, kind }: PlanAsk): Promise<PlanAnswer> {
    const { contract, now } = await this.#read(accountId);
    const { term, timeZone } = contract;
    return {
      ...checkPlanOf(contract, { termNumber, kind }, now),
      facts: factsOf(contract, now),
      licenseNames: contract.license.names,
      term: termView(term, timeZone),
      timeZone,
      validUntil: validUntilOf(contract).toISOString(),
      workedUntil: workedUntil(contract).toISOString(),
      daysLeft: daysLeft(expiresOn(term), now, timeZone),
      renewalPending: contract.renewalSubmittedAt !== null,
      isLastReminder: isLastReminder(contract, kind),
      hasReminders: hasReminders(contract),
      now: now.toISOString(),
    };
  }

  /** The same for many notices, each answered or refused on its own. */
  async checkMany(asks: readonly PlanAsk[]): Promise<AnswerOf<typeof checkManyPlans>> {
    return { items: await Promise.all(asks.map((ask) => oneOf(this.check(ask)))) };
  }

  /**
   * @throws not_found; unavailable when this Node does not know the time zone, which does not affect the other requests
   * of a batch
   */
  async #read(accountId: string): Promise<ContractRecord> {
    const record = await this.#contracts.ask(accountId);
    if (record === undefined) throw noSuchAccount();
    requireKnownZone(record.contract);
    return record;
  }
}

type TimelineAsk = RequestOf<typeof getTimeline>;
type PlanAsk = RequestOf<typeof checkPlan>;
type PlanAnswer = AnswerOf<typeof checkPlan>;
