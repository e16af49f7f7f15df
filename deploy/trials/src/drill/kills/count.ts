import { counted } from '@tenure/platform/command/figures';
import type { Ending, PlannedLife } from './plan.js';

/** What a life has left behind once everything is quiet. */
export interface Life extends PlannedLife {
  /** The step that it could not complete; null if it came to its end. */
  stuckAt: string | null;
  /** Visible accounts with its name. */
  accounts: number;
  /** Datapoints in use; null without an account. */
  used: number | null;
  /** Its e-mails: the kind and the recipient of each. */
  letters: readonly string[];
  /** E-mails that were sent more than once, with their recipients. */
  toldTwice: readonly string[];
  /** E-mails that were not sent for a reason on record, with their recipients. */
  onRecord: readonly string[];
}

/** What went wrong: one line per fault, with the life's name. */
export interface Count {
  lost: string[];
  doubles: string[];
  stuck: string[];
  /** E-mails that were not sent, or whose outcome is unknown; on record, where Customer Success sees them. */
  onRecord: string[];
}

/** Notices about a waiting application are omitted once it is decided, so whether they are sent depends on timing. */
const untilDecided = /^application_(submitted|received) /;

const accountsOf: Record<Ending, number> = { expired: 1, renewed: 1, rejected: 0, withdrawn: 0 };

/**
 * Compares lives with the undisturbed ones of their kind, and with what was requested.
 * @param calm the e-mails of an undisturbed life, by its ending
 * @param used the datapoints that each account's device reported last
 */
export function count(lives: readonly Life[], calm: ReadonlyMap<Ending, readonly string[]>, used: number): Count {
  const found: Count = { lost: [], doubles: [], stuck: [], onRecord: [] };
  for (const life of lives) {
    const { name, ending, stuckAt, accounts, letters, toldTwice } = life;
    const say = (what: string) => `${name}: ${what}`;
    if (stuckAt !== null) found.stuck.push(say(stuckAt));
    const expected = accountsOf[ending];
    if (accounts > expected) found.doubles.push(say(`${counted(accounts, 'account')}, not ${expected}`));
    found.doubles.push(...toldTwice.map(say));
    // The rest of a stuck life cannot exist yet.
    if (stuckAt !== null) continue;
    if (accounts < expected) found.lost.push(say(`${counted(accounts, 'account')}, not ${expected}`));
    else if (expected > 0 && life.used !== used) found.lost.push(say(`${life.used} datapoints used, not ${used}`));
    for (const expectedOne of calm.get(ending) ?? []) {
      if (letters.includes(expectedOne) || untilDecided.test(expectedOne)) continue;
      (life.onRecord.includes(expectedOne) ? found.onRecord : found.lost).push(say(expectedOne));
    }
  }
  return found;
}

/** By the rule of three: how often, at most, something happens that did not happen in this many lives, at 95 %. */
export function boundOf(lives: number): string {
  return `${((3 / lives) * 100).toFixed(1)} %`;
}
