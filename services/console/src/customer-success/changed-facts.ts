import type { ContractFacts, Preview } from '@tenure/contracts';

/** What a reviewer has seen of the facts behind a decision. */
export interface SeenFacts {
  facts: ContractFacts | null;
  /** Codes of the refusals. */
  refused: string;
}

export function factsIn({ before, refusals }: Pick<Preview, 'before' | 'refusals'>): SeenFacts {
  return { facts: before, refused: refusals.map(({ path, code }) => `${path} ${code}`).join(', ') };
}

export type ChangedFact =
  | { what: 'license' | 'contracted' | 'rtcLines' | 'expiresOn' | 'state'; was: string | number; is: string | number }
  | { what: 'checks' };

/** In the order in which they are shown. */
export const factNames = ['license', 'contracted', 'rtcLines', 'expiresOn', 'state'] as const;

/** Facts that differ from what was seen: the reviewer must see them again before an approval. */
export function changedFacts(seen: SeenFacts, now: SeenFacts): ChangedFact[] {
  const { facts: was } = seen;
  const { facts: is } = now;
  const changed: ChangedFact[] =
    was && is
      ? factNames.flatMap((what) => (was[what] === is[what] ? [] : [{ what, was: was[what], is: is[what] }]))
      : [];
  return seen.refused === now.refused ? changed : [...changed, { what: 'checks' }];
}
