import { furtherAddress, type Pseudonym } from './pseudonym.js';

/** A person as they are on record. */
export interface Person {
  /** Null for an address that is not a member's. */
  memberId: string | null;
  /** All names that they have had, as written. */
  names: readonly string[];
  /** Those that another member has too. */
  sharedNames: readonly string[];
  /** All addresses that they have had, the current one first. */
  addresses: readonly string[];
  /** Those that another member has too, in lower case: they are replaced only where the row says whose it is. */
  sharedAddresses: readonly string[];
  /** Their subject at the identity provider; null if not a member. */
  subject: string | null;
  pseudonym: Pseudonym;
}

/** Where a text is: in a record of this person alone, or in one of anybody. */
export interface Place {
  isTheirs: boolean;
}

/** Replaces what names a person in any text. A repeat changes nothing. */
export class Replacement {
  readonly #theirs: Replace[];
  readonly #anywhere: Replace[];
  readonly #names: Replace[];
  readonly #ownNames: Replace[];

  constructor(readonly person: Person) {
    const { addresses, sharedAddresses, names, sharedNames, pseudonym } = person;
    const keys = [...new Set(addresses.map(keyOf))];
    const numbered = keys.map((key, index): [string, string] => [
      key,
      index === 0 ? pseudonym.email : furtherAddress(pseudonym, index + 1),
    ]);
    this.#theirs = numbered.map(([key, email]) => replacing(addressIn(key), email));
    this.#anywhere = numbered
      .filter(([key]) => !sharedAddresses.includes(key))
      .map(([key, email]) => replacing(addressIn(key), email));
    // Longest first, since one may be part of another.
    const replacingNames = (some: readonly string[]) =>
      some.toSorted((one, other) => other.length - one.length).map((name) => replacing(nameIn(name), pseudonym.name));
    this.#names = replacingNames(names);
    this.#ownNames = replacingNames(names.filter((name) => !sharedNames.includes(name)));
  }

  /** Replaces their addresses. */
  address(text: string, { isTheirs }: Place): string {
    return applied(isTheirs ? this.#theirs : this.#anywhere, text);
  }

  /**
   * Replaces their names as well.
   * @param kept texts with the same name that are not the person, such as an account: they stay
   */
  nameAndAddress(text: string, place: Place, kept: readonly string[] = []): string {
    const names = place.isTheirs ? this.#names : this.#ownNames;
    const pieces = kept.filter((one) => applied(names, one) !== one);
    if (pieces.length === 0) return applied(names, this.address(text, place));
    const apart = new RegExp(`(${pieces.map(literally).join('|')})`, 'u');
    return text
      .split(apart)
      .map((piece) => (pieces.includes(piece) ? piece : applied(names, this.address(piece, place))))
      .join('');
  }

  /** The same replacement for HTML, where some characters are escaped. */
  inHtml(): Replacement {
    const { names, sharedNames, addresses, sharedAddresses } = this.person;
    return new Replacement({
      ...this.person,
      names: names.map(asHtml),
      sharedNames: sharedNames.map(asHtml),
      addresses: addresses.map(asHtml),
      sharedAddresses: sharedAddresses.map(asHtml),
    });
  }

  /** Replaces their addresses in all texts of a JSON value. */
  json(value: unknown, place: Place): unknown {
    return everyText(value, (text) => this.address(text, place));
  }

  /**
   * Replaces the name and address next to the member's id in a JSON value by the pseudonym. Texts that people wrote
   * stay.
   */
  members(value: unknown): unknown {
    const { memberId, pseudonym } = this.person;
    const of = (one: object, key: string) =>
      (key === 'name' || key === 'email') && memberId !== null && 'memberId' in one && one.memberId === memberId
        ? pseudonym[key]
        : null;
    return everyText(
      value,
      (text, key, one) => of(one, key) ?? (written.includes(key) ? text : this.address(text, { isTheirs: false })),
    );
  }
}

/** Keys of accounts' JSON whose values people chose or wrote in their own words. */
const written = ['accountName', 'customerName', 'comment', 'reason'];

/** Changes every text of a JSON value. @param change receives the text, its key and the object that contains it */
export function everyText(
  value: unknown,
  change: (text: string, key: string, within: object) => string,
  key = '',
  within: object = {},
): unknown {
  if (typeof value === 'string') return change(value, key, within);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => everyText(one, change, key, within));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, everyText(one, change, name, value)]));
}

type Replace = (text: string) => string;

function replacing(found: RegExp, by: string): Replace {
  return (text) => text.replaceAll(found, () => by);
}

function applied(all: readonly Replace[], text: string): string {
  return all.reduce((changed, replace) => replace(changed), text);
}

/** Two spellings of one address are the same. */
export function keyOf(address: string): string {
  return address.trim().toLowerCase();
}

/** Escapes like e-mails and React do. */
export function asHtml(text: string): string {
  return text.replaceAll(/["&'<>]/g, (character) => entities[character]!);
}
const entities: Record<string, string> = { '"': '&quot;', '&': '&amp;', "'": '&#x27;', '<': '&lt;', '>': '&gt;' };

/**
 * Matches a whole address: `ana@partner.example` is not in `juana@partner.example`, nor in `ana@partner.example.org`.
 */
function addressIn(address: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}._%+-])${literally(address)}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`, 'giu');
}

/** Matches a whole name: “Ana Gil” is not in “Susana Gil”. */
function nameIn(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${literally(name)}(?![\\p{L}\\p{N}])`, 'giu');
}

/** Escapes a text for a regular expression, in JavaScript or PostgreSQL. */
export function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
