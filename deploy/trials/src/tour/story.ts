import { isDeepStrictEqual } from 'node:util';

/** Prints what happens and counts the checks. A failed check is printed too, and the story continues. */
export class Story {
  passed = 0;
  failed = 0;
  #chapters = 0;

  constructor(private readonly write: (line: string) => void) {}

  chapter(title: string): void {
    this.#chapters += 1;
    this.write(`\n${this.#chapters}. ${title}`);
  }

  /** Prints what somebody does. */
  step(text: string): void {
    this.write(`\n  ${text}`);
  }

  /** Compares and prints the figure. @returns whether they are equal */
  check(what: string, found: unknown, expected: unknown): boolean {
    const holds = isDeepStrictEqual(found, expected);
    if (holds) {
      this.passed += 1;
      this.write(found === true ? `    ✓ ${what}` : `    ✓ ${what}: ${shown(found)}`);
    } else {
      this.failed += 1;
      this.write(`    ✗ ${what}\n        expected ${shown(expected)}\n        found    ${shown(found)}`);
    }
    return holds;
  }

  /** Counts a failure for something that could not be done at all. */
  broke(what: string, error: unknown): void {
    this.failed += 1;
    this.write(`    ✗ ${what}\n        ${error instanceof Error ? error.message : String(error)}`);
  }

  /** The last line. */
  end(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}

/** A value in readable form: texts as they are, lists of texts or figures on one line, everything else as JSON. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number'))
    return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'object' && value !== null && Object.values(value).every((field) => typeof field !== 'object'))
    return Object.entries(value)
      .map(([name, field]) => `${name} ${field}`)
      .join(', ');
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
