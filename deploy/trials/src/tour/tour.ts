import type { ApplicationView, Preview } from '@tenure/contracts';
import { sampleOrganizations } from '@tenure/local/sample/organizations';
import { decide, licenses, sectors, seenBy, submit, whenEnded } from '@tenure/local/api/calls';
import { given, Person } from '@tenure/local/api/person';
import type { Stack } from '@tenure/local/supervisor/find-stack';
import type { Mailbox } from './letters.js';
import type { Language } from './reminder.js';
import type { Story } from './story.js';

/** An account that was opened during the tour, with its preview from before. */
export interface OpenedAccount {
  accountId: string;
  accountName: string;
  owner: Person;
  preview: Preview;
  /** The recipients of its reminders, sorted by address. */
  superAdmins: Reader[];
}

/** A recipient of e-mails, with their language. */
export interface Reader {
  email: string;
  language: Language;
}

/** An application for an account, before its approval. */
export interface AppliedFor {
  application: ApplicationView;
  owner: Person;
  /** The preview that applies on the day of the instant. */
  previewOn(instant: string): Promise<Preview>;
}

export type Cast = Record<'sofia' | 'irene' | 'grace' | 'tom' | 'clara' | 'oliver' | 'diego', Person>;

/** What the chapters share and leave to the next ones. */
export class Tour {
  readonly applied = new Map<Place, AppliedFor>();
  readonly opened = new Map<Place, OpenedAccount>();

  private constructor(
    readonly story: Story,
    readonly stack: Stack,
    readonly mailbox: Mailbox,
    readonly people: Cast,
    /** Two licenses, the second of a higher rank, and a sector. */
    readonly catalog: { license: CatalogLicense; better: CatalogLicense; sector: string },
    /** Distinguishes this tour's accounts from those of other tours. */
    readonly mark: string,
  ) {}

  static async begin(story: Story, stack: Stack, mailbox: Mailbox): Promise<Tour> {
    const person = (signIn: string) => Person.of(stack, signIn);
    const people: Cast = {
      sofia: await person('sofia@solar-partner.example'),
      irene: await person('irene@solar-partner.example'),
      grace: await person('grace@grid-partner.example'),
      tom: await person('tom@grid-partner.example'),
      clara: await person('clara@platform.example'),
      oliver: await person('oliver@platform.example'),
      diego: await person('diego@platform.example'),
    };
    const byRank = given(await licenses(people.sofia)).items.sort((a, b) => a.rank - b.rank);
    const [license, better] = byRank.filter(({ maxDatapoints }) => maxDatapoints >= 200);
    const [sector] = given(await sectors(people.sofia)).items;
    if (!license || !better || !sector)
      throw new Error('The catalog needs two licenses for 200 datapoints and a sector.');
    const mark = Date.now().toString(36).slice(-5);
    return new Tour(story, stack, mailbox, people, { license, better, sector: sector.code }, mark);
  }

  /** A name that no other tour has used. */
  name(name: string): string {
    return `${name} ${this.mark}`;
  }

  /** The form for a new account. */
  newAccount(accountName: string, more: object = {}): object {
    const { license, sector } = this.catalog;
    return {
      type: 'new_account',
      accountName: this.name(accountName),
      customerName: 'Customer of the tour',
      license: license.code,
      datapoints: 100,
      sector,
      ...more,
    };
  }

  /** @throws if an earlier chapter could not open it */
  account(place: Place): OpenedAccount {
    const opened = this.opened.get(place);
    if (opened === undefined) throw new Error(`The account in ${place} was not opened.`);
    return opened;
  }

  /** Sends an application, approves it with the current facts as seen, and waits for its end. */
  async contract(applicant: Person, reviewer: Person, request: object): Promise<ApplicationView> {
    const sent = given(await submit(applicant, request));
    return this.approve(reviewer, sent);
  }

  async approve(reviewer: Person, sent: ApplicationView): Promise<ApplicationView> {
    given(await decide(reviewer, sent.applicationId, { verdict: 'approve', seen: await seenBy(reviewer, sent) }));
    return whenEnded(reviewer, sent.applicationId);
  }
}

export type Place = 'Madrid' | 'Auckland';
interface CatalogLicense {
  code: string;
  rank: number;
  maxDatapoints: number;
}

/** The SuperAdmins of a sample organization, sorted by address. */
export function superAdminsOf(organization: string): Reader[] {
  const found = sampleOrganizations.find(({ name }) => name === organization);
  return (found?.members ?? [])
    .filter(({ roles }) => roles.includes('super_admin'))
    .map(({ signIn, language }) => ({ email: signIn, language }))
    .sort((a, b) => a.email.localeCompare(b.email));
}

/** A sample person as a recipient of e-mails. */
export function readerOf({ signIn }: Person): Reader {
  const members = sampleOrganizations.flatMap(({ members }) => members);
  return { email: signIn, language: members.find((member) => member.signIn === signIn)?.language ?? 'en' };
}
