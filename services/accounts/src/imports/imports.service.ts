import { Injectable } from '@nestjs/common';
import {
  checkEmailDomain,
  checkSubscriptions,
  exportSubscriptions,
  importSubscriptions,
  type AnswerOf,
  type checkAccounts,
  type dropPreparedAccounts,
  type importAccounts,
  type ImportedAccount,
  type JudgedAccount,
  type JudgedSubscription,
  type Refusal,
  type RequestOf,
} from '@tenure/contracts';
import { crashPoint, Database, databaseTime, Services } from '@tenure/platform';
import { droppedMeanwhile, judgeAccount, nameTaken, subscriptionOf, type FilledAccount } from '../domain/imported.js';
import { joinRefusals, placeIsWrong } from '../domain/refusals.js';
import { domainIsNotVerified } from '../domain/request-rules.js';
import { dropAccounts, oneAtATime, prepareAccounts, showAccounts } from './store-accounts.js';
import { surroundingsOf } from './surroundings.js';

/** In milliseconds. Many accounts at once take a while. */
const patience = { timeout: 20_000 };

/** Imports accounts that exist elsewhere, with their current term. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly database: Database,
    private readonly services: Services,
  ) {}

  /** What importing these accounts now would mean. Stores nothing. @throws unavailable, timeout */
  async check({ accounts }: RequestOf<typeof checkAccounts>): Promise<AnswerOf<typeof checkAccounts>> {
    const { filled } = await this.#judge(accounts);
    const licensing = await this.#ask(checkSubscriptions, filled.filter(isToBeAsked));
    return { items: filled.map((account) => judged(account, licensing.get(account.account.accountId))) };
  }

  /**
   * Creates the new accounts in three repeatable steps: accounts stores and names them, invisibly; licensing opens
   * them; accounts makes them visible and publishes the events. An account that is refused in between leaves nothing
   * behind.
   * @throws unavailable, timeout
   */
  async import({ accounts }: RequestOf<typeof importAccounts>): Promise<AnswerOf<typeof importAccounts>> {
    const { filled, begunAt } = await this.#judge(accounts);
    const acceptable = filled.filter(isNew);
    const { there, taken, retired } = await this.database.asService((em) => prepareAccounts(em, acceptable, begunAt));
    crashPoint('accounts.import.prepared');
    const isSettled = (id: string) => taken.has(id) || there.has(id) || retired.has(id);
    const prepared = acceptable.filter(({ account }) => !isSettled(account.accountId));
    const licensing = await this.#ask(importSubscriptions, prepared);
    const dropped = await this.#finish(licensing);
    return {
      items: filled.map((account) => {
        const { accountId } = account.account;
        if (taken.has(accountId)) return refused(account, [nameTaken]);
        if (retired.has(accountId)) return refused(account, [domainNotVerified]);
        if (dropped.has(accountId)) return refused(account, [droppedMeanwhile]);
        return judged({ ...account, isThere: account.isThere || there.has(accountId) }, licensing.get(accountId));
      }),
    };
  }

  /**
   * Drops accounts that an interrupted import has left invisible, and frees their names. Keeps those that licensing has
   * opened: importing them again completes them. An import that is in progress reports what was dropped of it.
   * @throws unavailable, timeout
   */
  async drop({ accountIds }: RequestOf<typeof dropPreparedAccounts>): Promise<AnswerOf<typeof dropPreparedAccounts>> {
    const { items } = await this.services.ask(exportSubscriptions, { accountIds }, patience);
    const opened = new Set(items.map(({ accountId }) => accountId));
    const unopened = accountIds.filter((accountId) => !opened.has(accountId));
    const dropped = await this.database.asService(async (em) => {
      await oneAtATime(em);
      return dropAccounts(em, unopened);
    });
    return { dropped };
  }

  /** @returns the ids of accounts that licensing has opened but that were dropped here in the meantime */
  async #finish(licensing: ReadonlyMap<string, JudgedSubscription>): Promise<Set<string>> {
    const opened = new Map<string, { facts: NonNullable<JudgedSubscription['facts']>; firstDay: string }>();
    const notOpened: string[] = [];
    for (const [accountId, { facts, firstDay }] of licensing)
      if (facts !== null && firstDay !== null) opened.set(accountId, { facts, firstDay });
      else notOpened.push(accountId);
    const dropped = await this.database.asService(async (em) => {
      await oneAtATime(em);
      await dropAccounts(em, notOpened);
      return showAccounts(em, opened);
    });
    crashPoint('accounts.import.shown');
    return dropped;
  }

  /** @returns the judged accounts, and a time before notifications was asked about their domains */
  async #judge(accounts: ImportedAccount[]): Promise<{ filled: FilledAccount[]; begunAt: Date }> {
    const [known, begunAt] = await this.database.asService((em) =>
      Promise.all([surroundingsOf(em, accounts), databaseTime(em)]),
    );
    const verified = await this.#verifiedDomains(accounts);
    const filled = accounts.map((account, at) =>
      judgeAccount(account, { ...known[at]!, emailDomainIsVerified: verified.has(domainOf(account)) }),
    );
    return { filled, begunAt };
  }

  /** The verified domains of these accounts, each with its organization. */
  async #verifiedDomains(accounts: readonly ImportedAccount[]): Promise<Set<string>> {
    const asked = new Map(
      accounts.flatMap((account) => {
        const { organizationId, emailDomain: domain } = account;
        return domain === null ? [] : [[domainOf(account), { organizationId, domain }] as const];
      }),
    );
    const answers = await Promise.all(
      [...asked].map(async ([key, ask]) => ({ key, ...(await this.services.ask(checkEmailDomain, ask)) })),
    );
    return new Set(answers.flatMap(({ key, verified }) => (verified ? [key] : [])));
  }

  /** Licensing's answers, by account. */
  async #ask(
    message: typeof checkSubscriptions,
    accounts: readonly FilledAccount[],
  ): Promise<Map<string, JudgedSubscription>> {
    if (accounts.length === 0) return new Map();
    const { items } = await this.services.ask(message, { subscriptions: accounts.map(subscriptionOf) }, patience);
    return new Map(items.map((item) => [item.accountId, item]));
  }
}

function isNew({ isThere, refusals }: FilledAccount): boolean {
  return !isThere && refusals.length === 0;
}

/**
 * Licensing is also asked about refused accounts whose dates can be calculated, so that everything that is wrong is
 * reported at once.
 */
function isToBeAsked({ isThere, country, timeZone, refusals }: FilledAccount): boolean {
  return !isThere && country !== '' && timeZone !== '' && !placeIsWrong(refusals);
}

function judged(account: FilledAccount, licensing: JudgedSubscription | undefined): JudgedAccount {
  const refusals = joinRefusals(account.refusals, licensing?.refusals ?? []);
  if (refusals.length > 0) return refused(account, refusals);
  const {
    account: { accountId },
    nameKey,
    isThere,
  } = account;
  return {
    ...{ accountId, nameKey, refusals },
    state: isThere ? 'there' : 'new',
    facts: isThere ? null : (licensing?.facts ?? null),
    moments: licensing?.moments ?? [],
  };
}

function refused({ account: { accountId }, nameKey }: FilledAccount, refusals: Refusal[]): JudgedAccount {
  return { accountId, nameKey, state: 'refused', refusals, facts: null, moments: [] };
}

const domainNotVerified: Refusal = { path: 'emailDomain', ...domainIsNotVerified };

function domainOf({ organizationId, emailDomain }: ImportedAccount): string {
  return `${organizationId} ${emailDomain}`;
}
