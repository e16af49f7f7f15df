import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type {
  AnswerOf,
  checkSubscriptions,
  exportSubscriptions,
  ImportedSubscription,
  importSubscriptions,
  JudgedSubscription,
  Refusal,
  RequestOf,
} from '@tenure/contracts';
import { firstDay } from '@tenure/lifecycle';
import { crashPoint, Database, idArray, lockAlone } from '@tenure/platform';
import { readCatalog } from '../contract/judge-change.js';
import { lastTerm } from '../contract/load-contract.js';
import { factsOf, type Contract } from '../domain/contract.js';
import { judgeImport, momentsOf, openedOtherwise } from '../domain/imported.js';
import { holdPolicy } from '../policies/newest-policy.js';
import { Settings } from '../settings.js';
import { openOnRecord } from '../subscriptions/open-on-record.js';

/** The service that imports accounts. */
const cause = { service: 'importer' };

/** Imports and exports subscriptions that exist elsewhere, with their current term. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** What importing these subscriptions now would mean. Stores nothing. */
  check({ subscriptions }: RequestOf<typeof checkSubscriptions>): Promise<AnswerOf<typeof checkSubscriptions>> {
    return this.database.asService(async (em) => {
      const judged = await Promise.all(subscriptions.map((subscription) => this.#judge(em, subscription)));
      return { items: judged.map(({ answer }) => answer) };
    });
  }

  /**
   * Opens the subscriptions that do not exist yet and are not refused. Imports run one at a time, so that each sees
   * what the previous one opened.
   */
  async import({
    subscriptions,
  }: RequestOf<typeof importSubscriptions>): Promise<AnswerOf<typeof importSubscriptions>> {
    const answer = await this.database.asService(async (em) => {
      await lockAlone(em, 'licensing.imports');
      const organizations = new Set(subscriptions.map(({ organizationId }) => organizationId));
      for (const organizationId of [...organizations].sort()) await holdPolicy(em, organizationId);
      const judged = await Promise.all(subscriptions.map((subscription) => this.#judge(em, subscription)));
      await Promise.all(
        judged.map(async ({ subscription: { accountId, organizationId }, opens }) => {
          if (opens === null) return;
          const { contract, policyId, at } = opens;
          await openOnRecord(em, contract, { accountId, organizationId, policyId, applicationId: null, at, cause });
        }),
      );
      return { items: judged.map(({ answer }) => answer) };
    });
    crashPoint('licensing.imported');
    return answer;
  }

  /** The contracts of those accounts that exist, in the format that an import takes. */
  export({ accountIds }: RequestOf<typeof exportSubscriptions>): Promise<AnswerOf<typeof exportSubscriptions>> {
    return this.database.asService(async (em) => {
      const items = await em.execute<AnswerOf<typeof exportSubscriptions>['items']>(
        `select s.account_id as "accountId", s.organization_id as "organizationId", s.country, s.time_zone as "timeZone",
           e.license, e.contracted as datapoints, e.rtc_lines as "rtcLines", t.expires_on::text as "expiresOn",
           jsonb_build_object('anchor', t.anchor, 'monthsBefore', t.months_before, 'months', t.months) as term
         from licensing.subscriptions s
         join licensing.entitlements e using (account_id)
         ${lastTerm}
         where s.account_id = any(?::uuid[])`,
        [idArray(accountIds)],
      );
      return { items };
    });
  }

  async #judge(em: EntityManager, subscription: ImportedSubscription): Promise<Judged> {
    const { accountId } = subscription;
    const { record, license, policy, policyId, now } = await readCatalog(em, subscription, this.settings);
    if (record !== null) {
      const { organizationId, contract, revision, now: own } = record;
      const refusals = openedOtherwise(subscription, { organizationId, contract, isAsImported: revision === 1 });
      const answer =
        refusals.length > 0
          ? refused(accountId, refusals, { isThere: true })
          : answered(accountId, contract, own, { isThere: true });
      return { subscription, answer, opens: null };
    }
    const { refusals, contract } = judgeImport({ subscription, license, policy, rules: this.settings, now });
    if (contract !== null)
      return {
        subscription,
        answer: {
          ...answered(accountId, contract, now, { isThere: false }),
          moments: momentsOf(contract, now).map(({ moment: { kind, at }, becomes }) => ({
            kind,
            at: at.toISOString(),
            becomes,
          })),
        },
        opens: { contract, policyId, at: now },
      };
    return { subscription, answer: refused(accountId, refusals, { isThere: false }), opens: null };
  }
}

interface Judged {
  subscription: ImportedSubscription;
  answer: JudgedSubscription;
  /** Null when there is nothing to open: the subscription exists already, or is refused. */
  opens: { contract: Contract; policyId: string; at: Date } | null;
}

function answered(
  accountId: string,
  contract: Contract,
  now: Date,
  { isThere }: Pick<JudgedSubscription, 'isThere'>,
): JudgedSubscription {
  const facts = factsOf(contract, now);
  return { accountId, isThere, refusals: [], facts, firstDay: firstDay(contract.term), moments: [] };
}

function refused(
  accountId: string,
  refusals: Refusal[],
  { isThere }: Pick<JudgedSubscription, 'isThere'>,
): JudgedSubscription {
  return { accountId, isThere, refusals, facts: null, firstDay: null, moments: [] };
}
