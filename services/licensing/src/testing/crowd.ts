import { DomainError } from '@tenure/contracts';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';

/** How many datapoints each device is to use. */
export type Uses = Record<string, number>;

/** The answer to an allocation. */
interface Answer {
  contracted: number;
  used: number;
  left: number;
}

/**
 * The operations that a crowd calls. A refusal is a `DomainError`; an error that says that nobody answered leaves the
 * outcome unknown.
 */
export interface Quota {
  allocate(accountId: string, uses: Uses): Promise<Answer>;
  /** Answers what is contracted. A repeat uses the same `applicationId`. */
  contract(accountId: string, applicationId: string, datapoints: number): Promise<number>;
}

export interface Plan {
  /**
   * What each writer asks for, one after the other. Each writer has its own devices, besides the shared ones that all
   * of them set.
   */
  writers: Uses[][];
  /** The contract changes of the first writer, one after each of its allocations. */
  contracted: number[];
}

/** A plan generated from the seed. It asks for about as much as is contracted, so that part of it is refused. */
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
    // Half of the values are above the rest, so that later ones reduce the contract.
    contracted: fc.array(fc.oneof(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 401, max: 500 })), exactly),
  });
  return fc.sample(plan, { seed, numRuns: 1 })[0]!;
}

/** What happened, according to the answers. */
export interface Told {
  allocated: number;
  refused: number;
  changed: number;
  /** Requests that were repeated because they were not answered. */
  repeated: number;
  /** What the writers' own devices use, as far as the answers tell. */
  own: Uses;
  contracted: number;
  /** The first answer that violates the quota. The crowd continues, as it would in production. */
  broken: Answer | null;
}

/**
 * Runs all writers of the plan concurrently. A request that is not answered is repeated, as a well-behaved client does.
 * @param asking called before each request with the part of the plan that has been requested so far, 0 to 1
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
      // An earlier attempt may have succeeded; this one was refused because others have set shared devices since.
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

/** The answer, or null when the quota refuses. */
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
