import { currentRequestId, onBehalfOf } from '../process/request-id.js';
import { databaseAway, isConflict } from './errors.js';

export interface TogetherOptions<Ask, Answer> {
  /** One transaction for all of these; an answer for each, in their order. What it throws is everybody's. */
  work: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  /** Groups under way at once. */
  atOnce: number;
  /** From the beginning of a group to that of the next, at least, in milliseconds: 0 if left out. */
  apartMs?: number;
  /** How large a group becomes, by the sum of its asks' sizes; one ask may be larger. */
  largest: number;
  sizeOf?: (ask: Ask) => number;
  /** Two groups under way at once are never about the same; those of one key keep their order. */
  keyOf?: (ask: Ask) => string;
}

interface Waiting<Ask, Answer> {
  ask: Ask;
  requestId: string | undefined;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Does together what arrives together. Nothing waits for company: an ask is worked on at once, unless as many groups as
 * may are under way, or the last one began too shortly before; all that has come meanwhile is then the next group. So a
 * service that has little to do answers as quickly as without, and one that has much to do needs fewer transactions.
 */
export class Together<Ask, Answer> {
  #waiting: Waiting<Ask, Answer>[] = [];
  readonly #busy = new Set<string>();
  #underWay = 0;
  #isDue = false;
  #pauses = false;

  constructor(private readonly options: TogetherOptions<Ask, Answer>) {}

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, requestId: currentRequestId(), resolve, reject });
      this.#whenAllHaveCome();
    });
  }

  /** Messages that came in one packet are handed over one after the other: the first one does not go without the rest. */
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
      if (answers.length !== group.length) throw new Error('Each ask has an answer.');
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      const isOfOne = group.length > 1 && !isConflict(error) && !databaseAway(error);
      // One that cannot be worked on does not take the others along.
      if (isOfOne) for (const one of group) await this.#answer([one]);
      else for (const { reject } of group) reject(error);
    }
  }
}

/** What is done for several requests is done on behalf of none: what fails because of one of them is tried again by itself. */
function requestIdOf(group: readonly { requestId: string | undefined }[]): string | undefined {
  const [first, ...others] = new Set(group.map(({ requestId }) => requestId));
  return others.length === 0 ? first : undefined;
}
