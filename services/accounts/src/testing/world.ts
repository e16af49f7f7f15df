import { randomUUID } from 'node:crypto';
import {
  checkEmailDomain,
  createAccount,
  fulfillApplication,
  previewContract,
  refuse,
  recordDecision,
  saveMember,
  saveOrganization,
  saveSector,
  settleDecision,
  submitApplication,
  type Actor,
  type ApplicationView,
  type AskOf,
  type Client,
  type ContractFacts,
  type Preview,
  type Role,
} from '@tenure/contracts';
import { startTestService, type TestDatabase, type TestNats, type TestService } from '@tenure/testing';
import { AccountsModule } from '../accounts.module.js';
import { accountsDatabase } from '../database/database.js';

export const issuer = 'https://sign-in.example';

/** The service with an operator, two partners and a sector, and stand-ins for licensing and notifications. */
export interface World {
  service: TestService;
  gateway: Client;
  workflows: Client;
  operator: Client;
  licensing: StandIn;
  notifications: NotificationsStandIn;
  /** A partner in Spain with two SuperAdmins and a member without a role. */
  solar: Partner;
  /** Another partner, in France. */
  wind: Partner;
  /** Two members of Customer Success, a lead, and one who is also a SuperAdmin there. */
  reviewer: Actor;
  otherReviewer: Actor;
  lead: Actor;
  reviewerAndSuperAdmin: Actor;
  operatorId: string;
  close(): Promise<void>;
}

export interface Partner {
  organizationId: string;
  superAdmin: Actor;
  otherSuperAdmin: Actor;
  withoutRole: Actor;
}

/** The stand-in for licensing; `stop` makes it unreachable. */
export interface StandIn {
  /** By account; a new account has none. */
  facts: Map<string, ContractFacts>;
  refusals: Preview['refusals'];
  /** Accounts for which it answers that it cannot calculate a preview. */
  incalculable: Set<string>;
  after: ContractFacts | null;
  worksUntilIfUndecided: string | null;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The stand-in for notifications; `stop` makes it unreachable. */
export interface NotificationsStandIn {
  verified: Set<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export const someFacts: ContractFacts = {
  license: 'basic',
  contracted: 100,
  rtcLines: 0,
  expiresOn: '2090-11-24',
  state: 'active',
};

/** @param shared servers that stay when the service is closed; its own if left out */
export async function startWorld(
  environment: Record<string, string> = {},
  shared?: { nats: TestNats; database: TestDatabase },
): Promise<World> {
  const service = await startTestService({
    service: 'accounts',
    module: AccountsModule,
    ...(shared ?? { database: accountsDatabase }),
    // Specs leave more applications pending than people may.
    environment: { MAX_PENDING_NEW_ACCOUNTS: '10000', ...environment },
  });
  const [gateway, workflows, operator] = ['gateway', 'workflows', 'operator'].map((caller) => service.ask(caller));
  const clients = { gateway: gateway!, workflows: workflows!, operator: operator! };
  const house = await clients.operator.ask(saveOrganization, {
    name: 'Platform operations',
    country: 'ES',
    timeZone: 'Europe/Madrid',
    language: 'en',
    isOperator: true,
    fallbackEmail: 'operations@platform.example',
  });
  await clients.operator.ask(saveSector, { code: 'retail', names: { en: 'Retail', es: 'Comercio' } });
  const hired = (name: string, roles: Role[]) => member(clients.operator, house.organizationId, name, roles);
  // A spec that restarts the service replaces this one.
  const world: World = {
    service,
    ...clients,
    licensing: await standInForLicensing(service),
    notifications: await standInForNotifications(service),
    solar: await partner(clients.operator, 'Solar', 'ES', 'Europe/Madrid'),
    wind: await partner(clients.operator, 'Wind', 'FR', 'Europe/Paris'),
    reviewer: await hired('Rosa Reviewer', ['customer_success']),
    otherReviewer: await hired('Otto Reviewer', ['customer_success']),
    lead: await hired('Lena Lead', ['customer_success_lead']),
    reviewerAndSuperAdmin: await hired('Bea Both', ['customer_success', 'super_admin']),
    operatorId: house.organizationId,
    close: () => world.service.close(),
  };
  return world;
}

async function partner(operator: Client, name: string, country: string, timeZone: string): Promise<Partner> {
  const { organizationId } = await operator.ask(saveOrganization, {
    name,
    country,
    timeZone,
    language: 'es',
    fallbackEmail: `office@${name.toLowerCase()}.example`,
  });
  const employed = (who: string, roles: Role[]) => member(operator, organizationId, `${who} ${name}`, roles);
  return {
    organizationId,
    superAdmin: await employed('Ana', ['super_admin']),
    otherSuperAdmin: await employed('Blas', ['super_admin']),
    withoutRole: await employed('Carla', []),
  };
}

async function member(operator: Client, organizationId: string, name: string, roles: Role[]): Promise<Actor> {
  const subject = name.toLowerCase().replaceAll(' ', '.');
  const email = `${subject}@mail.example`;
  const view = await operator.ask(saveMember, { organizationId, issuer, subject, name, email, language: 'en', roles });
  return { memberId: view.memberId, organizationId, roles };
}

async function standInForLicensing({ nats }: TestService): Promise<StandIn> {
  let stop = async () => {};
  const standIn: StandIn = {
    facts: new Map(),
    refusals: [],
    incalculable: new Set(),
    after: null,
    worksUntilIfUndecided: null,
    stop: () => stop(),
    async start() {
      stop = await nats.answer(previewContract, ({ change }) => {
        if (standIn.incalculable.has(change.accountId))
          throw refuse('unavailable', 'This account cannot be calculated.');
        return {
          asOf: '2026-11-24T10:00:00.000Z',
          approvable: standIn.refusals.length === 0,
          refusals: standIn.refusals,
          before: standIn.facts.get(change.accountId) ?? null,
          after: standIn.after,
          use: null,
          timeZone: null,
          term: null,
          timeline: [],
          dropped: [],
          worksUntilIfUndecided: standIn.worksUntilIfUndecided,
        };
      });
    },
  };
  await standIn.start();
  return standIn;
}

async function standInForNotifications({ nats }: TestService): Promise<NotificationsStandIn> {
  let stop = async () => {};
  const standIn: NotificationsStandIn = {
    verified: new Set(),
    stop: () => stop(),
    async start() {
      stop = await nats.answer(checkEmailDomain, ({ organizationId, domain }) => ({
        verified: standIn.verified.has(`${organizationId} ${domain}`),
      }));
    },
  };
  await standIn.start();
  return standIn;
}

type NewAccount = Extract<AskOf<typeof submitApplication>['application'], { type: 'new_account' }>;

export function aNewAccount(change: Partial<NewAccount> = {}): NewAccount {
  return {
    type: 'new_account',
    accountName: `Harbour ${randomUUID()}`,
    customerName: 'Port Authority',
    license: 'basic',
    datapoints: 100,
    sector: 'retail',
    ...change,
  };
}

export function submit(
  { gateway, solar }: World,
  application: AskOf<typeof submitApplication>['application'] = aNewAccount(),
  { actor = solar.superAdmin, key = randomUUID() }: { actor?: Actor; key?: string } = {},
): Promise<ApplicationView> {
  return gateway.ask(submitApplication, { actor, idempotencyKey: key, application });
}

export async function decide(
  { gateway, reviewer }: World,
  applicationId: string,
  decision: Partial<AskOf<typeof recordDecision>> = {},
): Promise<string> {
  const answer = await gateway.ask(recordDecision, {
    actor: reviewer,
    applicationId,
    idempotencyKey: randomUUID(),
    verdict: 'approve',
    reason: null,
    seen: null,
    ...decision,
  });
  return answer.decisionId;
}

/** Settles a decision like a workflow: licensing's preview first, then the settlement. */
export function settle(
  { workflows }: World,
  applicationId: string,
  decisionId: string,
  preview: AskOf<typeof settleDecision>['preview'] = { refusals: [], before: null },
) {
  return workflows.ask(settleDecision, { applicationId, decisionId, preview });
}

/** Sends an application for a new account, and approves it. */
export async function approved(world: World, application?: NewAccount, actor?: Actor): Promise<ApplicationView> {
  const sent = await submit(world, application, actor && { actor });
  await settle(world, sent.applicationId, await decide(world, sent.applicationId));
  return sent;
}

/** Creates a visible account with these facts, which licensing has as well. */
export async function anAccount(
  world: World,
  { actor, facts = {}, ...change }: Partial<NewAccount> & { actor?: Actor; facts?: Partial<ContractFacts> } = {},
): Promise<{ accountId: string; applicationId: string; accountName: string; facts: ContractFacts }> {
  const application = aNewAccount(change);
  const { applicationId } = await approved(world, application, actor);
  const { accountId } = await world.workflows.ask(createAccount, { applicationId });
  const after = { ...someFacts, ...facts };
  await world.workflows.ask(fulfillApplication, { applicationId, after });
  world.licensing.facts.set(accountId, after);
  return { accountId, applicationId, accountName: application.accountName, facts: after };
}

/** Accounts whose copied search columns differ from their contract and applications. */
export function foundWrongly({ service }: World) {
  return service.database.sql(
    `select a.account_name from accounts.accounts a left join accounts.contracts c using (account_id)
     where (a.license, a.expires_on, a.expires_at, a.valid_until)
         is distinct from (c.license, c.expires_on, c.expires_at, c.valid_until)
       or a.pending <> (select count(*) from accounts.applications p
         where p.account_id = a.account_id and p.status = 'pending')`,
  );
}

/** The events about one application or account that were recorded so far. */
export async function eventsAbout({ service }: World, id: string) {
  const recorded = await service.recorded();
  return recorded.filter((event) => event.applicationId === id || event.accountId === id);
}
