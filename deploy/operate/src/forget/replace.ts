import { furtherAddress, type Pseudonym } from './pseudonym.js';

/** Somebody as they are on record. */
export interface Person {
  /** Null for an address that is no member's. */
  memberId: string | null;
  /** All that they have had, as they were written. */
  names: readonly string[];
  /** Those of them that are a name of another member as well. */
  sharedNames: readonly string[];
  /** All that they have had; the one they have comes first. */
  addresses: readonly string[];
  /** Those of them that another member has as well, in lower case: they go only where the row says whose it is. */
  sharedAddresses: readonly string[];
  /** Who they are at the identity provider; null for who is no member. */
  subject: string | null;
  pseudonym: Pseudonym;
}

/** Where a text stands: in what is of this person alone, or in what is of anybody. */
export interface Place {
  isTheirs: boolean;
}

/** Replaces what names a person, in whatever it stands. Once more, it changes nothing. */
export class Replacement {
  readonly #theirs: Replace[];
  readonly #anywhere: Replace[];
  readonly #names: Replace[];
  readonly #ownNames: Replace[];

  constructor(readonly person: Person) {
    const { addresses, sharedAddresses, names, sharedNames, pseudonym } = person;
    const keys = [...new Set(addresses.map((address) => address.trim().toLowerCase()))];
    const numbered = keys.map((key, index): [string, string] => [
      key,
      index === 0 ? pseudonym.email : furtherAddress(pseudonym, index + 1),
    ]);
    this.#theirs = numbered.map(([key, email]) => replacing(addressIn(key), email));
    this.#anywhere = numbered
      .filter(([key]) => !sharedAddresses.includes(key))
      .map(([key, email]) => replacing(addressIn(key), email));
    // The longest first, since one may be a part of another.
    const replacingNames = (some: readonly string[]) =>
      some.toSorted((one, other) => other.length - one.length).map((name) => replacing(nameIn(name), pseudonym.name));
    this.#names = replacingNames(names);
    this.#ownNames = replacingNames(names.filter((name) => !sharedNames.includes(name)));
  }

  /** Without their addresses. */
  address(text: string, { isTheirs }: Place): string {
    return applied(isTheirs ? this.#theirs : this.#anywhere, text);
  }

  /**
   * Without their names as well.
   * @param kept what is called so without being the person, such as an account: it stays
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

  /** For HTML, where some characters are written otherwise. */
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

  /** JSON of which no text has their addresses. */
  json(value: unknown, place: Place): unknown {
    return everyText(value, (text) => this.address(text, place));
  }

  /** JSON in which a member stands with their id: whoever has theirs is called by the pseudonym. What people have written stays. */
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

/** Of what accounts keeps as JSON: what people have called something, or said in their own words. */
const written = ['accountName', 'customerName', 'comment', 'reason'];

/** The same JSON with each text changed. @param change is told in which object under which key it stands */
function everyText(
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

/** As e-mails have it, and React. */
export function asHtml(text: string): string {
  return text.replaceAll(/["&'<>]/g, (character) => entities[character]!);
}
const entities: Record<string, string> = { '"': '&quot;', '&': '&amp;', "'": '&#x27;', '<': '&lt;', '>': '&gt;' };

/** The whole address: `ana@partner.example` is not in `juana@partner.example`, nor in `ana@partner.example.org`. */
function addressIn(address: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}._%+-])${literally(address)}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`, 'giu');
}

/** The whole name: “Ana Gil” is not in “Susana Gil”. */
function nameIn(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${literally(name)}(?![\\p{L}\\p{N}])`, 'giu');
}

/** In a regular expression, of JavaScript as of PostgreSQL. */
export function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
