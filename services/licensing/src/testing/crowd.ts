import { DomainError } from '@tenure/contracts';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';

/** How many datapoints devices are to use. */
export type Uses = Record<string, number>;

/** What an allocation is answered. */
interface Answer {
  contracted: number;
  used: number;
  left: number;
}

/** What a crowd asks. Refused by a `DomainError`; one that says that nobody answered leaves open how it ended. */
export interface Quota {
  allocate(accountId: string, uses: Uses): Promise<Answer>;
  /** Answers what is contracted. A repeat has the same `applicationId`. */
  contract(accountId: string, applicationId: string, datapoints: number): Promise<number>;
}

export interface Plan {
  /** What each writer asks for, one after the other. It has devices of its own, besides those that all of them set. */
  writers: Uses[][];
  /** What the first writer has contracted, one after each of its asks. */
  contracted: number[];
}

/** As the seed has it. About as much is asked for as there is, so that a part of it is refused. */
export function aPlan(seed: number, { writers, asks }: { writers: number; asks: number }): Plan {
  const shared = fc.integer({ min: 0, max: 3 }).map((device) => `shared ${device}`);
  const usesOf = (writer: number) => {
    const own = fc.integer({ min: 0, max: 1 }).map((device) => `own ${writer}.${device}`);
    const device = fc.oneof({ weight: 3, arbitrary: own }, { weight: 1, arbitrary: shared });
    return fc.dictionary(device, fc.integer({ min: 0, max: 25 }), { minKeys: 1, maxKeys: 4 });
  };
  const exactly = { minLength: asks, maxLength: asks };
  const plan = fc.record({
    writers: fc.tuple(...Array.from({ length: writers }, (_, writer) => fc.array(usesOf(writer), exactly))),
    // Half of them are more than the others, so that there is something to take back.
    contracted: fc.array(fc.oneof(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 401, max: 500 })), exactly),
  });
  return fc.sample(plan, { seed, numRuns: 1 })[0]!;
}

/** How it went, by the answers that were given. */
export interface Told {
  allocated: number;
  refused: number;
  changed: number;
  /** Asks that were not answered, and were asked again. */
  repeated: number;
  /** What the writers' own devices use, as far as it is known. */
  own: Uses;
  contracted: number;
  /** The first answer that must never be given. The crowd goes on, as it would. */
  broken: Answer | null;
}

/**
 * Lets everybody ask at once what the plan says. What is not answered is asked again, as a good client does it.
 * @param asking called with the part of the plan that has been asked for, 0 to 1, before each ask
 */
export async function crowd(
  quota: Quota,
  { accountId, contracted: before }: { accountId: string; contracted: number },
  { writers, contracted }: Plan,
  asking: (part: number) => void = () => {},
): Promise<Told> {
  const told: Told = { allocated: 0, refused: 0, changed: 0, repeated: 0, own: {}, contracted: before, broken: null };
  const all = writers.reduce((sum, asks) => sum + asks.length, 0);
  let asked = 0;

  const allocate = async (uses: Uses) => {
    asking((asked += 1) / all);
    const { answer, tries } = await untilAnswered(() => quota.allocate(accountId, uses));
    told.repeated += tries - 1;
    for (const [device, datapoints] of Object.entries(uses).filter(([name]) => name.startsWith('own')))
      if (answer !== null) told.own[device] = datapoints;
      // A try before may have come through, and been refused only now because others set shared devices since.
      else if (tries > 1) delete told.own[device];
    if (answer === null) told.refused += 1;
    else {
      told.allocated += 1;
      if (answer.used > answer.contracted || answer.left !== answer.contracted - answer.used) told.broken ??= answer;
    }
  };
  const change = async (datapoints: number) => {
    const applicationId = uuidv7();
    const { answer, tries } = await untilAnswered(() => quota.contract(accountId, applicationId, datapoints));
    told.repeated += tries - 1;
    if (answer === null) told.refused += 1;
    else {
      told.changed += 1;
      told.contracted = answer;
    }
  };
  await Promise.all(
    writers.map(async (asks, writer) => {
      for (const [index, uses] of asks.entries()) {
        await allocate(uses);
        if (writer === 0) await change(contracted[index]!);
      }
    }),
  );
  return told;
}

/** The answer, null when it is a refusal by the quota. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<{ answer: T | null; tries: number }> {
  for (let tries = 1; ; tries += 1)
    try {
      return { answer: await ask(), tries };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (['datapoints_exceeded', 'contract_refused'].includes(error.code)) return { answer: null, tries };
      if (!['timeout', 'unavailable', 'busy'].includes(error.code)) throw error;
    }
}
