import type { Ending, PlannedLife } from './plan.js';

/** What is found of a life once everything is quiet. */
export interface Life extends PlannedLife {
  /** What it could not get past; null when it came to its end. */
  stuckAt: string | null;
  /** Accounts with its name that people see. */
  accounts: number;
  /** Datapoints that are used; null without an account. */
  used: number | null;
  /** E-mails: what each is, and who got it. */
  letters: readonly string[];
  /** What was told more than once, and to whom. */
  toldTwice: readonly string[];
  /** What did not go out for a reason that is on record, and to whom. */
  onRecord: readonly string[];
}

/** What went wrong: for each a line that says of which life, and what. */
export interface Count {
  lost: string[];
  doubles: string[];
  stuck: string[];
  /** Not sent, or nobody knows; it is on record, where Customer Success sees it. */
  onRecord: string[];
}

/** What is told of an application that waits is left out once it is decided: which of it goes out is a matter of a moment. */
const untilDecided = /^application_(submitted|received) /;

const accountsOf: Record<Ending, number> = { expired: 1, renewed: 1, rejected: 0, withdrawn: 0 };

/**
 * Compares lives with what the undisturbed ones of their kind told, and with what was asked for.
 * @param calm what an undisturbed life tells, by how it ended
 * @param used what each account was told to use last
 */
export function count(lives: readonly Life[], calm: ReadonlyMap<Ending, readonly string[]>, used: number): Count {
  const found: Count = { lost: [], doubles: [], stuck: [], onRecord: [] };
  for (const life of lives) {
    const { name, ending, stuckAt, accounts, letters, toldTwice } = life;
    const say = (what: string) => `${name}: ${what}`;
    if (stuckAt !== null) found.stuck.push(say(stuckAt));
    const expected = accountsOf[ending];
    if (accounts > expected) found.doubles.push(say(`${accounts} accounts, not ${expected}`));
    found.doubles.push(...toldTwice.map(say));
    // Of what is stuck, the rest cannot be there yet.
    if (stuckAt !== null) continue;
    if (accounts < expected) found.lost.push(say(`${accounts} accounts, not ${expected}`));
    else if (expected > 0 && life.used !== used) found.lost.push(say(`${life.used} datapoints used, not ${used}`));
    for (const expectedOne of calm.get(ending) ?? []) {
      if (letters.includes(expectedOne) || untilDecided.test(expectedOne)) continue;
      (life.onRecord.includes(expectedOne) ? found.onRecord : found.lost).push(say(expectedOne));
    }
  }
  return found;
}

/** By the rule of three: what did not happen in so many lives happens at most so often, at 95 %. */
export function boundOf(lives: number): string {
  return `${((3 / lives) * 100).toFixed(1)} %`;
}
