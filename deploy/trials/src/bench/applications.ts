import { setTimeout as delay } from 'node:timers/promises';
import { applicationWorkflowId, subscriptionWorkflowId } from '@tenure/contracts';
import type { Email } from '@tenure/local/mailbox/email';
import { application, decide, licenses, sectors, submit } from '@tenure/local/api/calls';
import { given, Person } from '@tenure/local/api/person';
import type { Stack } from '@tenure/local/supervisor/find-stack';
import { until } from '@tenure/platform/command/until';
import type { WorkflowIds } from './floor/floor.js';
import type { Unit } from './round.js';

/** The product notifies the workflow of each decision a second time after 2 s, in case the first signal was lost. */
const leftOverMs = 2_500;

/** Full applications through the HTTP API: sent, approved, fulfilled. */
export class Applications {
  #sent = 0;
  #unsettled = 0;
  /** The application that was fulfilled last. */
  #latest = '';
  /** The usual time from the answer to fulfilled, in milliseconds, after which the bench polls first. */
  #usual = 50;
  #since = new Date().toISOString();

  private constructor(
    private readonly applicants: Person[],
    private readonly reviewers: Person[],
    private readonly form: { license: string; sector: string },
    private readonly mark: string,
  ) {}

  static async open(stack: Pick<Stack, 'api' | 'token'>): Promise<Applications> {
    const people = (signIns: string[]) => Promise.all(signIns.map((signIn) => Person.of(stack, signIn)));
    const applicants = await people(['sofia@solar-partner.example', 'grace@grid-partner.example']);
    const reviewers = await people(['clara@platform.example', 'oliver@platform.example']);
    const [license] = given(await licenses(applicants[0]!)).items;
    const [sector] = given(await sectors(applicants[0]!)).items;
    if (!license || !sector) throw new Error('The catalog needs a license and a sector.');
    const form = { license: license.code, sector: sector.code };
    return new Applications(applicants, reviewers, form, Date.now().toString(36));
  }

  /**
   * Runs one application. The decision's time is that of its call; the end is when the application is seen as
   * fulfilled.
   */
  async one(hand: number): Promise<Unit> {
    this.#sent += 1;
    const applicant = this.applicants[hand % this.applicants.length]!;
    const reviewer = this.reviewers[hand % this.reviewers.length]!;
    const { applicationId } = given(
      await submit(applicant, {
        type: 'new_account',
        accountName: `Bench ${this.mark} ${this.#sent}`,
        customerName: 'Customer of the bench',
        datapoints: 100,
        ...this.form,
      }),
    );
    const decided = performance.now();
    const answer = await decide(reviewer, applicationId, { verdict: 'approve', seen: null });
    const settled = given(answer);
    const decisionMs = performance.now() - decided;
    await this.#untilFulfilled(applicant, applicationId, 'status' in settled ? settled.status : 'pending');
    this.#unsettled += 1;
    this.#latest = applicationId;
    return { decisionMs, doneMs: performance.now() - decided };
  }

  /** @throws if it ends otherwise or takes longer than a minute */
  async #untilFulfilled(reader: Person, applicationId: string, known: string): Promise<void> {
    const end = Date.now() + 60_000;
    let asked = 0;
    for (let status = known; status !== 'fulfilled'; asked++) {
      if (!['pending', 'approved'].includes(status) || Date.now() > end)
        throw new Error(`The application ${applicationId} is ${status}, not fulfilled.`);
      await delay(asked === 0 ? this.#usual : 20);
      status = given(await application(reader, applicationId)).status;
    }
    if (asked > 0) this.#usual = Math.min(1_000, Math.max(10, this.#usual * (asked === 1 ? 0.9 : 1.3)));
  }

  /** The workflows of the application that was fulfilled last. */
  async latest(): Promise<WorkflowIds> {
    const { applicationId, accountId } = given(await application(this.reviewers[0]!, this.#latest));
    return [applicationWorkflowId(applicationId), subscriptionWorkflowId(accountId!)];
  }

  /** Waits until the e-mails about the applications are sent, so that the next measurement does not pay for them. */
  async settle({ mailbox }: Pick<Stack, 'mailbox'>): Promise<void> {
    const told = await until(
      () => countTold(mailbox, this.#since),
      (count) => count >= this.#unsettled,
      { seconds: 60 },
    );
    if (told < this.#unsettled)
      throw new Error(`Only ${told} of ${this.#unsettled} applications had their e-mail sent.`);
    this.#unsettled = 0;
    this.#since = new Date().toISOString();
    await delay(leftOverMs);
  }
}

/** How many e-mails say that an application was approved; the two earlier ones are omitted if it is decided first. */
async function countTold(mailbox: string, since: string): Promise<number> {
  const answer = await fetch(`${mailbox}/api/emails?since=${encodeURIComponent(since)}`);
  const emails = (await answer.json()) as Pick<Email, 'tags'>[];
  return emails.filter(({ tags }) =>
    tags.some(({ name, value }) => name === 'kind' && value === 'application_approved'),
  ).length;
}
