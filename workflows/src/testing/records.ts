import {
  DomainError,
  problem,
  refuse,
  type AnswerOf,
  type AskOf,
  type Client,
  type ContractChange,
  type ContractFacts,
  type ErrorCode,
  type Refusal,
  type Request,
  type TermView,
} from '@tenure/contracts';
import type {
  ApplicationStatus,
  ApplicationType,
  DecisionView,
  getTimeline,
  PolicyChangeView,
  requestNotice,
} from '@tenure/contracts';
import {
  defaultPolicy,
  dueMoments,
  expiresAt,
  expiresOn,
  firstDay,
  firstTerm,
  planTimeline,
  renewedTerm,
  validUntilOf,
  type Term,
} from '@tenure/lifecycle';
import { requests, type RequestName } from '../activities/requests.js';

const day = 24 * 60 * 60 * 1_000;
const timeZone = 'Europe/Madrid';
/** Personal data that a refusal may contain and that no history may contain. */
export const secret = 'Planta de Toledo';
const graceDays = 15;

interface Application {
  applicationId: string;
  type: ApplicationType;
  status: ApplicationStatus;
  change: ContractChange;
  submittedAt: number;
  lapsesAt: number;
  decidedAt: string | null;
  failure: string | null;
}
interface Decision {
  decisionId: string;
  applicationId: string;
  verdict: DecisionView['verdict'];
  decidedAt: string;
  outcome: DecisionView['outcome'];
}
interface Subscription {
  term: Term;
  license: string;
  datapoints: number;
  renewalSubmittedAt: number | null;
  revision: number;
  /** Term numbers. */
  expired: number[];
  importedExpired: boolean;
}
interface PolicyChange {
  state: PolicyChangeView['state'];
  total: number;
  lookedAt: number;
  batches: number;
}

type Handlers = { [N in RequestName]: (body: AskOf<(typeof requests)[N]>) => AnswerOf<(typeof requests)[N]> };

/** Accounts, licensing and notifications in memory: their states, their decisions and their idempotency, no more. */
export class Records implements Client {
  readonly organizationId = id();
  readonly applications = new Map<string, Application>();
  readonly decisions: Decision[] = [];
  readonly subscriptions = new Map<string, Subscription>();
  /** Accounts by state, as accounts has them. */
  readonly accounts = new Map<string, 'created' | 'visible' | 'discarded'>();
  readonly notices: AskOf<typeof requestNotice>[] = [];
  /** Changes of the organization's policy, by version. */
  readonly policyChanges = new Map<number, PolicyChange>();
  /** Every request that was answered or refused, in order. */
  readonly asked: string[] = [];
  /** The last body of each request. */
  readonly askedWith: { [N in RequestName]?: AskOf<(typeof requests)[N]> } = {};
  /** Services that do not answer. */
  readonly out = new Set<string>();
  /** How far licensing's clock is ahead, in milliseconds: for moments that become due while no worker runs. */
  ahead = 0;
  /**
   * How far the workflows' clocks are ahead of the services', which judge by their own what is due, in milliseconds.
   */
  workflowsAhead = 0;
  /** What licensing refuses at the next preview. */
  refusals: Refusal[] = [];
  /** Requests that are refused permanently, by name, with a code. */
  readonly refuse = new Map<RequestName, ErrorCode>();
  /** Called before a request is handled, to change something in between. */
  before: (name: RequestName) => void | Promise<void> = () => {};
  /** Called after a request is handled and before its answer is sent. */
  after: (name: RequestName) => void | Promise<void> = () => {};

  async ask<R extends Request>(message: R, body: AskOf<R>): Promise<AnswerOf<R>> {
    const name = (Object.keys(requests) as RequestName[]).find((known) => requests[known].name === message.name)!;
    if (this.out.has(message.name.split('.')[0]!)) throw refuse('unavailable', 'The service is not available.');
    await this.before(name);
    const asked = message.request.parse(body);
    this.asked.push(name);
    Object.assign(this.askedWith, { [name]: asked });
    const refused = this.refuse.get(name);
    if (refused) throw new DomainError(problem(refused, `Refused: ${refused}`, { current: { accountName: secret } }));
    const handle = this.#handlers[name] as (body: unknown) => unknown;
    const answer = message.answer.parse(handle(asked)) as AnswerOf<R>;
    await this.after(name);
    return answer;
  }

  /** Makes every service answer again and removes all hooks; the records stay. */
  settle(): void {
    this.out.clear();
    this.refuse.clear();
    this.refusals = [];
    this.ahead = this.workflowsAhead = 0;
    this.before = this.after = () => {};
  }

  submit(change: ContractChange, submittedAt = Date.now()): string {
    const applicationId = id();
    this.applications.set(applicationId, {
      applicationId,
      type: change.type,
      status: 'pending',
      change,
      submittedAt,
      lapsesAt: submittedAt + 30 * day,
      decidedAt: null,
      failure: null,
    });
    const subscription = this.subscriptions.get(change.accountId);
    if (change.type === 'renew_subscription' && subscription) {
      subscription.renewalSubmittedAt = submittedAt;
      subscription.revision += 1;
    }
    return applicationId;
  }

  /** @throws when the application is decided: accounts then records no more decisions */
  decide(applicationId: string, verdict: DecisionView['verdict'], decidedAt = Date.now()): string {
    if (this.#application(applicationId).status !== 'pending') throw new Error('It is decided already.');
    const decisionId = id();
    this.decisions.push({ decisionId, applicationId, verdict, decidedAt: iso(decidedAt), outcome: 'recorded' });
    return decisionId;
  }

  /** As an application's workflow does when it settles an approval. */
  approve(applicationId: string, decidedAt = Date.now()): void {
    const application = this.#application(applicationId);
    this.#become(application, 'approved');
    this.#handlers.applyChange({ applicationId, decidedAt: iso(decidedAt), change: application.change });
    application.status = 'fulfilled';
  }

  reject(applicationId: string): void {
    this.#become(this.#application(applicationId), 'rejected');
  }

  withdraw(applicationId: string): void {
    this.#become(this.#application(applicationId), 'withdrawn');
  }

  status(applicationId: string): ApplicationStatus {
    return this.#application(applicationId).status;
  }

  outcome(decisionId: string): string | undefined {
    return this.decisions.find((decision) => decision.decisionId === decisionId)?.outcome;
  }

  /** An account that has worked since the given day, as its approval left it. */
  openAccount({ decidedAt = Date.now(), months = 12, importedExpired = false } = {}): string {
    const accountId = id();
    this.accounts.set(accountId, 'visible');
    this.subscriptions.set(accountId, {
      term: firstTerm({ decidedAt: new Date(decidedAt), months, timeZone }),
      license: 'basic',
      datapoints: 100,
      renewalSubmittedAt: null,
      revision: 1,
      expired: [],
      importedExpired,
    });
    return accountId;
  }

  /** A policy change being applied to this many subscriptions, a hundred per batch. */
  choosePolicy(total: number): { organizationId: string; version: number } {
    const version = this.policyChanges.size + 2;
    this.policyChanges.set(version, { state: 'applying', total, lookedAt: 0, batches: 0 });
    return { organizationId: this.organizationId, version };
  }

  newAccount(): ContractChange {
    return {
      type: 'new_account',
      accountId: id(),
      organizationId: this.organizationId,
      country: 'ES',
      timeZone,
      license: 'basic',
      datapoints: 100,
      rtcLines: 0,
      months: 12,
    };
  }

  timeline(accountId: string) {
    const subscription = this.#subscription(accountId);
    const until = this.validUntil(accountId);
    return planTimeline({ term: subscription.term, timeZone, policy: defaultPolicy, validUntil: until });
  }

  validUntil(accountId: string): Date {
    const { term, renewalSubmittedAt } = this.#subscription(accountId);
    const submitted = renewalSubmittedAt === null ? null : new Date(renewalSubmittedAt);
    return validUntilOf({ term, timeZone, renewalSubmittedAt: submitted, graceDays });
  }

  /** The notices about one account or application, as `kind offset`, with the reason of skipped ones. */
  told(about: string): string[] {
    return this.notices
      .filter(({ key }) => key.startsWith(about))
      .map(({ kind, offset, skip }) => [kind, offset, skip && `skipped: ${skip}`].filter(Boolean).join(' '));
  }

  readonly #handlers: Handlers = {
    inspectApplication: ({ applicationId }) => {
      const application = this.#application(applicationId);
      return {
        applicationId,
        organizationId: this.organizationId,
        accountId: application.change.accountId,
        type: application.type,
        status: application.status,
        submittedAt: iso(application.submittedAt),
        remindAt: iso(Math.min(application.submittedAt + 2 * day, application.lapsesAt)),
        escalateAt: iso(Math.min(application.submittedAt + 5 * day, application.lapsesAt)),
        lapsesAt: iso(application.lapsesAt),
        recordedDecisions: this.#recorded(applicationId),
        clockAheadSeconds: 0,
        provision: this.#provision(application),
      };
    },
    inspectDecision: ({ applicationId, decisionId }) => {
      const decision = this.#decision(applicationId, decisionId);
      const { change } = this.#application(applicationId);
      return {
        known: decision !== undefined,
        verdict: decision?.verdict ?? null,
        decidedAt: decision?.decidedAt ?? null,
        change: decision ? change : null,
      };
    },
    settleDecision: ({ applicationId, decisionId, preview }) => {
      const application = this.#application(applicationId);
      const decision = this.#decision(applicationId, decisionId);
      const answer = (outcome: DecisionView['outcome'] | 'unknown') => ({
        outcome,
        status: application.status,
        provision: this.#provision(application),
        recordedDecisions: this.#recorded(applicationId),
      });
      if (!decision) return answer('unknown');
      if (decision.outcome === 'recorded') {
        if (application.status !== 'pending') decision.outcome = 'too_late';
        else if (decision.verdict === 'approve' && preview!.refusals.length > 0) decision.outcome = 'refused';
        else {
          decision.outcome = 'applied';
          application.decidedAt = decision.decidedAt;
          this.#become(application, decision.verdict === 'approve' ? 'approved' : 'rejected');
        }
      }
      return answer(decision.outcome);
    },
    lapseApplication: ({ applicationId, asOf }) => {
      const application = this.#application(applicationId);
      const recordedDecisions = this.#recorded(applicationId);
      const { lapsesAt, status } = application;
      if (Date.parse(asOf) - this.workflowsAhead < lapsesAt)
        return { status, recordedDecisions, lapsesAt: iso(lapsesAt + this.workflowsAhead) };
      if (status === 'pending' && recordedDecisions.length === 0) this.#become(application, 'lapsed');
      return { status: application.status, recordedDecisions };
    },
    createAccount: ({ applicationId }) => {
      const { accountId } = this.#application(applicationId).change;
      if (this.accounts.get(accountId) === 'discarded') throw refuse('step_undone');
      if (!this.accounts.has(accountId)) this.accounts.set(accountId, 'created');
      return { accountId };
    },
    discardAccount: ({ applicationId }) => {
      this.accounts.set(this.#application(applicationId).change.accountId, 'discarded');
      return {};
    },
    fulfillApplication: ({ applicationId }) => {
      const application = this.#application(applicationId);
      application.status = 'fulfilled';
      this.accounts.set(application.change.accountId, 'visible');
      return {};
    },
    failApplication: ({ applicationId, problem: { code } }) => {
      const application = this.#application(applicationId);
      application.status = 'failed';
      application.failure = code;
      return {};
    },
    previewContract: ({ change, asOf }) => ({
      asOf: asOf!,
      approvable: this.refusals.length === 0,
      refusals: this.refusals,
      before: change.type === 'new_account' ? null : this.#facts(change.accountId),
      after: null,
      use: null,
      timeZone: null,
      term: null,
      timeline: [],
      dropped: [],
      worksUntilIfUndecided: null,
    }),
    openSubscription: ({ change, decidedAt }) => {
      const { accountId, months, license, datapoints } = change;
      if (this.subscriptions.get(accountId)?.revision === 0) throw refuse('step_undone');
      if (!this.subscriptions.has(accountId))
        this.subscriptions.set(accountId, {
          term: firstTerm({ decidedAt: new Date(decidedAt), months, timeZone }),
          license,
          datapoints,
          renewalSubmittedAt: null,
          revision: 1,
          expired: [],
          importedExpired: false,
        });
      return this.#opened(accountId);
    },
    cancelSubscription: ({ accountId }) => {
      const known = this.subscriptions.get(accountId);
      this.subscriptions.set(accountId, { ...(known as Subscription), revision: 0 });
      return {};
    },
    applyChange: ({ change, decidedAt, applicationId }) => {
      const subscription = this.#subscription(change.accountId);
      if (this.#applied.has(applicationId)) return this.#opened(change.accountId);
      this.#applied.add(applicationId);
      subscription.revision += 1;
      if (change.type === 'change_datapoints') subscription.datapoints = change.datapoints;
      if (change.type === 'change_license') subscription.license = change.license;
      if (change.type === 'renew_subscription') {
        subscription.term = renewedTerm(subscription.term, {
          decidedAt: new Date(decidedAt),
          months: change.months,
          validUntil: this.validUntil(change.accountId),
          timeZone,
        });
        subscription.renewalSubmittedAt = null;
      }
      return this.#opened(change.accountId);
    },
    expireSubscription: ({ accountId, termNumber, asOf }) => {
      const subscription = this.#subscription(accountId);
      const until = this.validUntil(accountId);
      const expired =
        termNumber === subscription.term.number && until.getTime() <= Date.parse(asOf) - this.workflowsAhead;
      if (expired && !subscription.expired.includes(termNumber)) subscription.expired.push(termNumber);
      return { expired, validUntil: until.toISOString() };
    },
    getManyTimelines: ({ asks }) => ({ items: asks.map((asked) => ({ answer: this.#look(asked) })) }),
    advancePolicyChange: ({ version, batch }) => {
      const change = this.policyChanges.get(version);
      if (!change) throw refuse('not_found', 'There is no such change.');
      if (change.state === 'applying' && batch > change.batches) {
        change.lookedAt = Math.min(change.total, change.lookedAt + 100);
        change.batches += 1;
        if (change.lookedAt === change.total) change.state = 'applied';
      }
      return { ...change, moved: change.lookedAt };
    },
    requestManyNotices: ({ asks }) => ({ items: asks.map((notice) => ({ answer: this.#store(notice) })) }),
    requestNotice: (notice) => this.#store(notice),
  };
  readonly #applied = new Set<string>();

  #look({ accountId, asOf }: AskOf<typeof getTimeline>): AnswerOf<typeof getTimeline> {
    const subscription = this.#subscription(accountId);
    const asked = Date.parse(asOf);
    const { due, next } = dueMoments(this.timeline(accountId), {
      asOf: new Date(Math.max(asked - this.workflowsAhead, Date.now() + this.ahead)),
      expiresAt: expiresAt(subscription.term, timeZone),
      importedExpired: subscription.importedExpired,
    });
    return {
      organizationId: this.organizationId,
      facts: this.#facts(accountId),
      term: this.term(accountId),
      timeZone,
      revision: subscription.revision,
      validUntil: this.validUntil(accountId).toISOString(),
      renewalPending: subscription.renewalSubmittedAt !== null,
      due: due.map(({ moment, action, reason }) => ({
        moment: { ...moment, key: `${accountId}/${moment.termNumber}/${moment.kind}`, at: moment.at.toISOString() },
        action,
        reason,
      })),
      next: next && {
        kind: next.kind,
        at: iso(next.at.getTime() + (next.at.getTime() > asked ? 0 : this.workflowsAhead)),
      },
      clockAheadSeconds: 0,
    };
  }
  #store(asked: AskOf<typeof requestNotice>): AnswerOf<typeof requestNotice> {
    const known = this.notices.find(({ key }) => key === asked.key);
    if (!known) this.notices.push(asked);
    return { noticeId: id(), status: (known ?? asked).skip === null ? 'planned' : 'skipped' };
  }

  /**
   * The row is the judge: the first one wins. A renewal that ends without approval no longer keeps the account working.
   */
  #become(application: Application, status: ApplicationStatus): void {
    if (application.status !== 'pending') return;
    application.status = status;
    const subscription = this.subscriptions.get(application.change.accountId);
    if (application.type === 'renew_subscription' && status !== 'approved' && subscription) {
      subscription.renewalSubmittedAt = null;
      subscription.revision += 1;
    }
  }

  #application(applicationId: string): Application {
    const application = this.applications.get(applicationId);
    if (!application) throw refuse('not_found', 'There is no such application.');
    return application;
  }
  #decision(applicationId: string, decisionId: string): Decision | undefined {
    return this.decisions.find((known) => known.decisionId === decisionId && known.applicationId === applicationId);
  }
  #recorded(applicationId: string): string[] {
    return this.decisions
      .filter((decision) => decision.applicationId === applicationId && decision.outcome === 'recorded')
      .map(({ decisionId }) => decisionId);
  }
  #provision({ status, decidedAt, change }: Application) {
    return decidedAt !== null && ['approved', 'fulfilled', 'failed'].includes(status) ? { decidedAt, change } : null;
  }
  #subscription(accountId: string): Subscription {
    const subscription = this.subscriptions.get(accountId);
    if (!subscription) throw refuse('not_found', 'There is no such subscription.');
    return subscription;
  }
  #facts(accountId: string): ContractFacts {
    const { license, datapoints, term, expired } = this.#subscription(accountId);
    return {
      license,
      contracted: datapoints,
      rtcLines: 0,
      expiresOn: expiresOn(term),
      state: expired.includes(term.number) ? 'expired' : 'active',
    };
  }
  /** The current term as licensing shows it. */
  term(accountId: string): TermView {
    const { term } = this.#subscription(accountId);
    return {
      number: term.number,
      anchor: term.anchor,
      months: term.months,
      firstDay: firstDay(term),
      expiresOn: expiresOn(term),
      expiresAt: expiresAt(term, timeZone).toISOString(),
    };
  }
  #opened(accountId: string) {
    return {
      facts: this.#facts(accountId),
      term: this.term(accountId),
      validUntil: this.validUntil(accountId).toISOString(),
      timeline: [],
    };
  }
}

let last = 0;
/** Unique in the run, and shaped like the ids of the records. */
export function id(): string {
  last += 1;
  const random = Math.floor(Math.random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0');
  return `0198c2f4-0000-7000-8${(last % 4096).toString(16).padStart(3, '0')}-${random}`;
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
