import { randomUUID } from 'node:crypto';
import {
  accountTimeline,
  accountView,
  applicationView,
  getPolicy,
  listZone,
  listApplications,
  listLicenses,
  listSectors,
  movedClock,
  previewSchema,
  type AccountView,
  type ApplicationView,
  type ClockStep,
  type ContractFacts,
  type MovedClock,
} from '@tenure/contracts';
import { until } from '@tenure/platform/command/until';
import { given, type Answer, type Person } from './person.js';

/** The calls of the API, as its documentation page lists them. */
export const licenses = (person: Person) => person.get('/licenses', listLicenses.answer);
export const sectors = (person: Person) => person.get('/sectors', listSectors.answer);

export const preview = (person: Person, body: object) =>
  person.post('/applications/preview', { shape: previewSchema, body });
export const submit = (person: Person, body: object, key?: string) =>
  person.post('/applications', { shape: applicationView, body, ...(key && { key }) });
export const application = (person: Person, applicationId: string) =>
  person.get(`/applications/${applicationId}`, applicationView);
/** The application once it has ended, or as it stands after the timeout. */
export const whenEnded = (person: Person, applicationId: string): Promise<ApplicationView> =>
  until(
    async () => given(await application(person, applicationId)),
    ({ status }) => status !== 'pending' && status !== 'approved',
  );
export const applications = (person: Person, query: Record<string, string>) =>
  person.get(`/applications?${new URLSearchParams(query)}`, listApplications.answer);
export const withdraw = (person: Person, applicationId: string, key?: string) =>
  person.post(`/applications/${applicationId}/withdrawal`, { shape: applicationView, body: {}, ...(key && { key }) });

export type Verdict =
  | { verdict: 'approve'; seen: ContractFacts | null }
  | { verdict: 'reject'; reason: string; seen: ContractFacts | null };
/** 200 with the application, or 202 if the decision is not settled yet. */
export const decide = (person: Person, applicationId: string, body: Verdict, key?: string) =>
  person.post(`/applications/${applicationId}/decision`, {
    shape: { parse: (answer) => answer as ApplicationView | { decisionId: string; application: string } },
    body,
    ...(key && { key }),
  });
/** Repeats the decision, under the same key, until it is settled: a busy installation answers 202 first. */
export const decideAndWait = (person: Person, applicationId: string, body: Verdict) => {
  const key = randomUUID();
  return until(
    () => decide(person, applicationId, body, key),
    ({ status }) => status !== 202,
  );
};

export const account = (person: Person, accountId: string) => person.get(`/accounts/${accountId}`, accountView);
export const accounts = (person: Person, query: Record<string, string>) =>
  person.get(`/accounts?${new URLSearchParams(query)}`, listZone.answer);
export const timeline = (person: Person, accountId: string) =>
  person.get(`/accounts/${accountId}/timeline`, accountTimeline);

/** Retried while the move is busy with what is due on the way: the same key continues to the same target. */
export const moveClock = (person: Person, accountId: string, body: ClockStep): Promise<Answer<MovedClock>> => {
  const key = randomUUID();
  return until(
    () => moveClockOnce(person, accountId, body, key),
    ({ problem }) => problem?.code !== 'clock_busy',
    { seconds: 120 },
  );
};
export const moveClockOnce = (person: Person, accountId: string, body: ClockStep, key: string) =>
  person.post(`/sandbox/accounts/${accountId}/clock`, { shape: movedClock, body, key });

export const reminderPolicy = (person: Person) => person.get('/reminder-policy', getPolicy.answer);

/** What Customer Success sees of an account before it decides. */
export function factsOf({ license, contracted, rtcLines, expiresOn, state }: AccountView): ContractFacts {
  return { license, contracted, rtcLines, expiresOn, state };
}

/** What a reviewer sees of the account of an application; null for a new account. */
export async function seenBy(person: Person, { accountId }: Pick<ApplicationView, 'accountId'>) {
  return accountId === null ? null : factsOf(given(await account(person, accountId)));
}
