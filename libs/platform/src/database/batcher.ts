import { currentRequestId, onBehalfOf } from '../process/request-id.js';
import { isDatabaseUnreachable, isConflict } from './errors.js';

export interface BatcherOptions<Ask, Answer> {
  /**
   * One transaction for the whole batch. Returns an answer for each request, in order; what it throws applies to all.
   */
  work: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  /** The maximum number of batches in progress. */
  atOnce: number;
  /** The minimum time from the start of one batch to the start of the next, in milliseconds; 0 by default. */
  apartMs?: number;
  /** The maximum size of a batch, as the sum of the sizes of its requests; a single request may be larger. */
  largest: number;
  sizeOf?: (ask: Ask) => number;
  /** Two batches in progress never contain the same key; requests with the same key keep their order. */
  keyOf?: (ask: Ask) => string;
}

interface Waiting<Ask, Answer> {
  ask: Ask;
  requestId: string | undefined;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Batches requests that arrive together. Nothing waits for company: a request is processed immediately, unless the
 * maximum number of batches is in progress or the last one started too recently; whatever arrives meanwhile forms the
 * next batch. So a service with little to do answers as quickly as without batching, and a busy one needs fewer
 * transactions.
 */
export class Batcher<Ask, Answer> {
  #waiting: Waiting<Ask, Answer>[] = [];
  readonly #busy = new Set<string>();
  #underWay = 0;
  #isDue = false;
  #pauses = false;

  constructor(private readonly options: BatcherOptions<Ask, Answer>) {}

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, requestId: currentRequestId(), resolve, reject });
      this.#whenAllHaveCome();
    });
  }

  /** Messages from one packet are delivered one after another: the first does not start without the others. */
  #whenAllHaveCome(): void {
    if (this.#isDue || !this.#mayBegin) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#begin();
    });
  }

  get #mayBegin(): boolean {
    return this.#underWay < this.options.atOnce && !this.#pauses;
  }

  #begin(): void {
    while (this.#mayBegin) {
      const group = this.#takeGroup();
      if (group.length === 0) return;
      this.#pause();
      const keys = [...new Set(group.flatMap(({ ask }) => this.options.keyOf?.(ask) ?? []))];
      for (const key of keys) this.#busy.add(key);
      this.#underWay += 1;
      void this.#answer(group).finally(() => {
        for (const key of keys) this.#busy.delete(key);
        this.#underWay -= 1;
        this.#begin();
      });
    }
  }

  #pause(): void {
    const { apartMs = 0 } = this.options;
    if (apartMs === 0) return;
    this.#pauses = true;
    setTimeout(() => {
      this.#pauses = false;
      this.#begin();
    }, apartMs);
  }

  #takeGroup(): Waiting<Ask, Answer>[] {
    const { largest, sizeOf, keyOf } = this.options;
    const group: Waiting<Ask, Answer>[] = [];
    const left: Waiting<Ask, Answer>[] = [];
    let size = 0;
    for (const [index, waiting] of this.#waiting.entries()) {
      if (keyOf !== undefined && this.#busy.has(keyOf(waiting.ask))) {
        left.push(waiting);
        continue;
      }
      size += sizeOf?.(waiting.ask) ?? 1;
      if (group.length > 0 && size > largest) {
        left.push(...this.#waiting.slice(index));
        break;
      }
      group.push(waiting);
    }
    this.#waiting = left;
    return group;
  }

  async #answer(group: readonly Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await onBehalfOf(requestIdOf(group), () => this.options.work(group.map(({ ask }) => ask)));
      if (answers.length !== group.length)
        throw new Error('The number of answers differs from the number of requests.');
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      const isOfOne = group.length > 1 && !isConflict(error) && !isDatabaseUnreachable(error);
      // One bad request does not fail the others.
      if (isOfOne) for (const one of group) await this.#answer([one]);
      else for (const { reject } of group) reject(error);
    }
  }
}

/** A batch for several requests carries no request id. What fails because of one of them is retried alone. */
function requestIdOf(group: readonly { requestId: string | undefined }[]): string | undefined {
  const [first, ...others] = new Set(group.map(({ requestId }) => requestId));
  return others.length === 0 ? first : undefined;
}
