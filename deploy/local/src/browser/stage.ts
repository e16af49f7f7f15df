import type { Browser } from 'playwright-core';
import { recordCatalogAndPeople } from '../sample/record.js';
import { deleteData, ownConfiguration } from '../supervisor/own-configuration.js';
import { startStack, type OwnStack } from '../supervisor/stack.js';
import { application, decide, seenBy, submit } from '../tour/calls.js';
import { Mailbox } from '../tour/letters.js';
import { given, Person } from '../tour/person.js';
import { until } from '../tour/until.js';
import { launchChromium } from './chromium.js';
import { Visitor } from './visitor.js';

/** What is needed of a new account to be applied for, unless a spec says otherwise. */
export interface NewAccount {
  accountName: string;
  license?: string;
  datapoints?: number;
  months?: number;
}

/** Everything running with the sample people and no accounts, and a browser. */
export class BrowserStage {
  readonly #visitors: Visitor[] = [];

  private constructor(
    readonly stack: OwnStack,
    readonly browser: Browser,
    readonly mailbox: Mailbox,
  ) {}

  static async set(): Promise<BrowserStage> {
    const configuration = await ownConfiguration('browser');
    try {
      const [stack, browser] = await Promise.all([
        startStack({ configuration, say: () => undefined, prepare: recordCatalogAndPeople, detached: false }),
        launchChromium(),
      ]);
      return new BrowserStage(stack, browser, new Mailbox(stack.mailbox));
    } catch (error) {
      deleteData(configuration);
      throw error;
    }
  }

  async strike(): Promise<void> {
    await this.browser.close();
    await this.stack.stop();
    deleteData(this.stack.configuration);
  }

  /** Somebody who has signed in, at a browser of their own. */
  async visitor(signIn: string, path = '/', options: Parameters<typeof Visitor.arrive>[2] = {}): Promise<Visitor> {
    const visitor = await Visitor.arrive(this.browser, this.stack.configuration.publicUrl, options);
    this.#visitors.push(visitor);
    await visitor.signIn(signIn, path);
    return visitor;
  }

  /** Everybody leaves. @throws with what went wrong on their pages */
  async everybodyLeaves(): Promise<void> {
    const leaving = this.#visitors.splice(0);
    await Promise.all(leaving.map((visitor) => visitor.leave()));
    const trouble = leaving.flatMap((visitor) => visitor.trouble);
    if (trouble.length > 0) throw new Error(`A page reported: ${trouble.join('\n')}`);
  }

  async person(signIn: string): Promise<Person> {
    return new Person(this.stack.api, signIn, await this.stack.token(signIn));
  }

  /** An application for a new account, sent through the API. @returns its id */
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

  /** Approves through the API, and waits until it is set up. @returns the account's id */
  async approved(applicationId: string, signIn = 'oliver@platform.example'): Promise<string> {
    const reviewer = await this.person(signIn);
    const seen = await seenBy(reviewer, given(await application(reviewer, applicationId)));
    given(await decide(reviewer, applicationId, { verdict: 'approve', seen }));
    const { status, accountId } = await until(
      async () => given(await application(reviewer, applicationId)),
      (found) => found.status === 'fulfilled',
      { seconds: 20 },
    );
    if (status !== 'fulfilled' || accountId === null) throw new Error(`${applicationId} is ${status}.`);
    return accountId;
  }
}
