import { tmpdir } from 'node:os';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { recordCatalogAndPeople } from '@tenure/local/sample/record';
import { holdStill } from '@tenure/local/supervisor/hold-still';
import type { OwnStack } from '@tenure/local/supervisor/stack';
import { warningsOf } from '@tenure/local/supervisor/warnings';
import { allocate } from '@tenure/local/api/allocate';
import { account, application, decide, seenBy, submit, whenEnded } from '@tenure/local/api/calls';
import { startOwnStack } from '@tenure/local/supervisor/own-stack';
import { given, Person } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { launchChromium } from '@tenure/local/browser/chromium';
import { Mailbox } from '../tour/letters.js';
import { Visitor } from './visitor.js';

/** The default fields of an application for a new account. */
export interface NewAccount {
  accountName: string;
  license?: string;
  datapoints?: number;
  months?: number;
}

/** Everything running, with the sample people but no accounts, and a browser. */
export class BrowserStage {
  readonly #visitors: Visitor[] = [];
  /** The browser of each person who has signed in, for the lifetime of the stage. */
  readonly #browsers = new Map<string, BrowserContext>();
  /** Pages of these browsers that earlier stories have reset, most of them with the console open in the background. */
  readonly #standingBy = new Map<BrowserContext, Visitor>();
  readonly #since = new Date().toISOString();

  private constructor(
    readonly stack: OwnStack,
    readonly browser: Browser,
    readonly mailbox: Mailbox,
  ) {}

  /** @param purpose the name of the folders for data and logs */
  static async set(purpose: string): Promise<BrowserStage> {
    const browser = await launchChromium();
    const stack = await startOwnStack(purpose, {
      folder: tmpdir(),
      say: () => undefined,
      prepare: recordCatalogAndPeople,
    });
    return new BrowserStage(stack, browser, new Mailbox(stack.mailbox));
  }

  async strike(): Promise<void> {
    await this.browser.close();
    await this.stack.stop();
  }

  /**
   * A person who has signed in, at a page of their own browser.
   * @param path null if the story opens the console itself: to see it load, or once it has decided what that is answered
   */
  async visitor(signIn: string, path: string | null = '/'): Promise<Visitor> {
    const browser = this.#browsers.get(signIn);
    // A story may have failed after its session had ended.
    if (browser === undefined || (await browser.cookies()).length === 0) {
      const newcomer = await this.newcomer();
      await newcomer.signIn(signIn, path);
      this.#browsers.set(signIn, newcomer.context);
      return newcomer;
    }
    const visitor = this.#standingBy.get(browser) ?? (await Visitor.at(browser));
    this.#standingBy.delete(browser);
    this.#visitors.push(visitor);
    if (path !== null) await visitor.open(path);
    return visitor;
  }

  /** A person at a browser in which nobody has signed in. */
  async newcomer(options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await Visitor.arrive(this.browser, this.stack.configuration.publicUrl, options);
    this.#visitors.push(visitor);
    return visitor;
  }

  /** Lets all visitors leave. @throws the errors of their pages */
  async everybodyLeaves(): Promise<void> {
    const leaving = this.#visitors.splice(0);
    await Promise.all(leaving.map((visitor) => this.#leaves(visitor)));
    const trouble = leaving.flatMap((visitor) => visitor.trouble.splice(0));
    if (trouble.length > 0) throw new Error(`A page reported: ${trouble.join('\n')}`);
  }

  async #leaves(visitor: Visitor): Promise<void> {
    const { context } = visitor;
    const isKept = [...this.#browsers.values()].includes(context);
    if (isKept && !this.#standingBy.has(context)) {
      this.#standingBy.set(context, visitor);
      return visitor.standBy();
    }
    await visitor.leave();
    if (!isKept) await context.close();
  }

  /** While this runs, no workflow makes progress. */
  async withoutProgress(work: () => Promise<void>): Promise<void> {
    const goOn = await holdStill(this.stack.pid('workflows')!);
    try {
      await work();
    } finally {
      goOn();
    }
  }

  /** What all open pages show, and the services' warnings, for a failed story. */
  async seen(): Promise<string> {
    const pages = await Promise.all(this.#visitors.map((visitor) => visitor.seen()));
    return [...pages, warningsOf(this.stack.configuration, this.#since)].join('\n\n');
  }

  person(signIn: string): Promise<Person> {
    return Person.of(this.stack, signIn);
  }

  /** Sends an application for a new account through the API. @returns its id */
  async applied(signIn: string, { accountName, license = 'plus', datapoints = 100, months = 12 }: NewAccount) {
    const request = {
      type: 'new_account',
      accountName,
      customerName: 'Customer',
      license,
      datapoints,
      months,
      sector: 'hotel',
    };
    return given(await submit(await this.person(signIn), request)).applicationId;
  }

  /** Approves through the API and waits for provisioning. @returns the account's id */
  async approved(applicationId: string, signIn = 'oliver@platform.example'): Promise<string> {
    const reviewer = await this.person(signIn);
    const seen = await seenBy(reviewer, given(await application(reviewer, applicationId)));
    given(await decide(reviewer, applicationId, { verdict: 'approve', seen }));
    const { accountId } = await outcome(reviewer, applicationId, 'fulfilled');
    if (accountId === null) throw new Error(`${applicationId} has no account.`);
    return accountId;
  }

  /** Rejects through the API and waits until the application has left the queue: a slow outcome comes later. */
  async rejected(applicationId: string, reason: string): Promise<void> {
    const reviewer = await this.person('oliver@platform.example');
    given(await decide(reviewer, applicationId, { verdict: 'reject', reason, seen: null }));
    await outcome(reviewer, applicationId, 'rejected');
  }

  /** Applies for an account and approves it. @returns its id */
  async account(signIn: string, account: NewAccount): Promise<string> {
    return this.approved(await this.applied(signIn, account));
  }

  /** Sends an application about an account through the API. @returns its id */
  async appliedFor(signIn: string, request: { accountId: string; type: string } & Record<string, unknown>) {
    return given(await submit(await this.person(signIn), { comment: '', ...request })).applicationId;
  }

  /**
   * Allocates datapoints to a device of the account and waits until lists show it, so that their rows do not move
   * later.
   */
  async uses(accountId: string, datapoints: number): Promise<void> {
    given(await allocate(this.stack, { accountId, deviceId: 'meter', datapoints }));
    const reviewer = await this.person('oliver@platform.example');
    const known = await until(
      async () => given(await account(reviewer, accountId)).used,
      (used) => used === datapoints,
    );
    if (known !== datapoints) throw new Error(`${accountId} is shown with ${known} datapoints used.`);
  }
}

/** Waits until the application has ended. @throws if it has another outcome */
async function outcome(reviewer: Person, applicationId: string, wished: 'fulfilled' | 'rejected') {
  const found = await whenEnded(reviewer, applicationId);
  if (found.status !== wished) throw new Error(`${applicationId} is ${found.status}.`);
  return found;
}
