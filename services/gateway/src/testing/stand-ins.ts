import {
  addEmailDomain,
  allRequests,
  clearMarkedAddress,
  changePolicy,
  checkApplications,
  continuePolicyChange,
  createCalendarFeed,
  showAccount,
  findOrganizations,
  getApplication,
  getDecision,
  getDelivery,
  deleteEmailDomain,
  getEmailDomain,
  getFallbackAddress,
  getPolicy,
  identifyMember,
  listAccountsAudit,
  listAccountNames,
  listDeliveries,
  listMarkedAddresses,
  listZone,
  listApplications,
  listEmailDomains,
  listLicenses,
  listLicensingAudit,
  listNotices,
  listNotificationsAudit,
  listOrganizationMembers,
  listSectors,
  nameMembers,
  nameReferences,
  previewApplication,
  previewPolicy,
  recordDecision,
  recordManyDeliveryReports,
  resolveDelivery,
  refuse,
  revokeCalendars,
  setAccountClock,
  getAccountRecipients,
  getNoticeWishes,
  setAccountRecipients,
  setEmailDomainSender,
  setLanguage,
  signOutEverywhere,
  setNoticeWishes,
  setFallbackAddress,
  summarizeApplications,
  setOrganizationLogo,
  setSubscriptionClock,
  showAllocations,
  showCalendarAddresses,
  showOrganization,
  showTimeline,
  stopPolicyChange,
  submitApplication,
  verifyEmailDomain,
  withdrawApplication,
  type AnswerOf,
  type Request,
  type RequestOf,
  type Role,
} from '@tenure/contracts';
import {
  aCalendarToken,
  aChosenPolicy,
  aDecision,
  aDeliveryInDetail,
  aFeed,
  aMember,
  aNamedReference,
  anAccount,
  anApplication,
  anEmailDomain,
  anOrganization,
  aPolicy,
  aPolicyChange,
  aPreview,
  aTimeline,
  decisionId,
  someRecipients,
} from './samples.js';

/** The part of a test's NATS server that answers in place of a service. */
interface Answering {
  answer<R extends Request>(
    message: R,
    answer: (request: RequestOf<R>, caller: string) => AnswerOf<R> | Promise<AnswerOf<R>>,
  ): Promise<() => void>;
}
type Answer = (request: never) => unknown;

/** The people that accounts knows, by the `sub` of their tokens. */
export const people: Readonly<Record<string, Role[]>> = {
  no_role: [],
  super_admin: ['super_admin'],
  customer_success: ['customer_success'],
  customer_success_lead: ['customer_success_lead'],
};

/** Stands in for accounts, licensing and notifications: gives the answers that a spec sets, and records the requests. */
export class StandIns {
  readonly #answers = new Map<string, Answer>();
  readonly asked: { name: string; request: unknown }[] = [];

  /** One subscription per message that the gateway may send. */
  static async start(nats: Answering): Promise<StandIns> {
    const standIns = new StandIns();
    standIns.reset();
    await Promise.all(
      allRequests
        .filter(({ callers }) => callers.includes('gateway'))
        .map((message) => nats.answer(message, (request) => standIns.#answer(message.name, request))),
    );
    return standIns;
  }

  /** Sets the answer from now on; a thrown `DomainError` becomes the service's refusal. */
  answer<R extends Request>(message: R, answer: (request: RequestOf<R>) => AnswerOf<R> | Promise<AnswerOf<R>>): void {
    this.#answers.set(message.name, answer as Answer);
  }

  /** The names of all requests except those that identify the caller. */
  get passedOn(): string[] {
    return this.asked.map(({ name }) => name).filter((name) => name !== identifyMember.name);
  }

  /** The names of the requests without an answer in `reset`. */
  get unanswered(): string[] {
    return this.asked.map(({ name }) => name).filter((name) => !this.#answers.has(name));
  }

  requestsOf<R extends Request>(message: R): RequestOf<R>[] {
    return this.asked.filter(({ name }) => name === message.name).map(({ request }) => request as RequestOf<R>);
  }

  /** Sets answers with which everything succeeds. */
  reset(): void {
    this.asked.length = 0;
    this.answer(identifyMember, ({ subject }) => {
      const roles = people[subject];
      if (roles === undefined) throw refuse('member_unknown');
      return aMember(roles);
    });
    this.answer(listLicenses, () => ({ items: [] }));
    this.answer(listEmailDomains, () => ({ items: [] }));
    this.answer(listSectors, () => ({ items: [] }));
    this.answer(listAccountNames, () => ({ items: [], next: null, count: 0 }));
    this.answer(previewApplication, () => aPreview);
    this.answer(submitApplication, () => anApplication());
    this.answer(listApplications, () => ({ items: [], next: null, count: 0 }));
    this.answer(getApplication, () => anApplication());
    this.answer(checkApplications, () => ({ items: [] }));
    this.answer(withdrawApplication, () => anApplication({ status: 'withdrawn' }));
    this.answer(recordDecision, () => ({ decisionId, outcome: 'applied' as const }));
    this.answer(getDecision, () => ({
      decision: aDecision({ outcome: 'applied' }),
      application: anApplication({ status: 'approved' }),
    }));
    this.answer(listZone, () => ({ items: [anAccount], next: null, count: 1 }));
    this.answer(showAccount, () => anAccount);
    this.answer(showTimeline, () => aTimeline());
    this.answer(getNoticeWishes, () => ({ decisions: true, reminders: true }));
    this.answer(setNoticeWishes, ({ wishes }) => wishes);
    this.answer(getAccountRecipients, () => someRecipients);
    this.answer(setAccountRecipients, ({ extraAddresses }) => ({ ...someRecipients, extraAddresses, version: 2 }));
    this.answer(signOutEverywhere, () => ({ name: 'Ana', signedOutAt: new Date().toISOString() }));
    this.answer(setLanguage, ({ language }) => aMember([], { language }));
    this.answer(findOrganizations, () => ({ items: [], next: null, count: 0 }));
    this.answer(showOrganization, () => anOrganization);
    this.answer(listOrganizationMembers, () => ({ items: [], next: null, count: 0 }));
    this.answer(showAllocations, () => ({ items: [], next: null, count: 0 }));
    this.answer(listNotices, () => ({ items: [], next: null }));
    for (const trail of [listAccountsAudit, listLicensingAudit, listNotificationsAudit])
      this.answer(trail, () => ({ items: [] }));
    this.answer(addEmailDomain, () => anEmailDomain);
    this.answer(getEmailDomain, () => anEmailDomain);
    this.answer(verifyEmailDomain, () => anEmailDomain);
    this.answer(setEmailDomainSender, () => anEmailDomain);
    this.answer(setOrganizationLogo, ({ logoUrl }) => ({ ...aMember([]).organization, logoUrl }));
    this.answer(getFallbackAddress, () => ({ fallbackEmail: null }));
    this.answer(setFallbackAddress, ({ fallbackEmail }) => ({ fallbackEmail }));
    this.answer(deleteEmailDomain, () => ({}));
    this.answer(showCalendarAddresses, () => ({ feed: null, inReminders: 0 }));
    this.answer(createCalendarFeed, () => ({ ...aFeed, token: aCalendarToken }));
    this.answer(revokeCalendars, () => ({ feed: null, inReminders: 0 }));
    this.answer(getPolicy, () => aPolicy);
    this.answer(previewPolicy, () => ({
      ...aChosenPolicy,
      ...{ touched: 0, reckoned: 0, effects: [], examples: [], next: null },
    }));
    this.answer(changePolicy, () => aPolicy);
    this.answer(stopPolicyChange, () => ({ ...aPolicyChange, state: 'stopped' as const }));
    this.answer(continuePolicyChange, () => aPolicyChange);
    this.answer(getDelivery, () => aDeliveryInDetail);
    this.answer(listMarkedAddresses, () => ({ items: [] }));
    this.answer(clearMarkedAddress, () => ({ items: [] }));
    this.answer(resolveDelivery, () => aDeliveryInDetail);
    this.answer(summarizeApplications, () => ({ summary: null }));
    this.answer(listDeliveries, () => ({ items: [], next: null, count: 0 }));
    this.answer(recordManyDeliveryReports, ({ asks }) => ({ items: asks.map(() => ({ answer: { known: true } })) }));
    this.answer(nameMembers, () => ({ items: [] }));
    this.answer(nameReferences, ({ references }) => ({ items: references.map(() => aNamedReference) }));
    this.answer(setAccountClock, ({ aheadSeconds }) => ({ aheadSeconds, pendingApplications: [] }));
    this.answer(setSubscriptionClock, ({ aheadSeconds }) => ({ aheadSeconds }));
  }

  #answer(name: string, request: unknown): unknown {
    this.asked.push({ name, request });
    const answer = this.#answers.get(name);
    if (answer === undefined) throw new Error(`The spec has no answer to ${name}.`);
    return answer(request as never);
  }
}
