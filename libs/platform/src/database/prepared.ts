/** More than a service has: what lies beyond is said as it is, so that nothing grows without end. */
const keptAtMost = 500;

/**
 * The statements that one connection has prepared: PostgreSQL parses and plans them once instead of each time. Each role
 * has its own, since the policies of row-level security are a part of the plan.
 */
export class PreparedStatements {
  static readonly #ofConnections = new WeakMap<object, PreparedStatements>();
  readonly #names = new Map<string, string>();

  static of(connection: object): PreparedStatements {
    const known = this.#ofConnections.get(connection);
    if (known !== undefined) return known;
    const none = new PreparedStatements();
    this.#ofConnections.set(connection, none);
    return none;
  }

  /**
   * What to say for a statement with `?` for its parameters, which are given as literals: one statement, or two the
   * first time.
   */
  say(sql: string, literals: readonly string[], role: string): string[] {
    const key = `${role}: ${sql}`;
    const known = this.#names.get(key);
    if (known !== undefined) return [execute(known, literals)];
    if (this.#names.size === keptAtMost) return [inPlace(sql, (index) => literals[index]!)];
    const name = `tenure_${this.#names.size}`;
    this.#names.set(key, name);
    return [
      prepare(
        name,
        inPlace(sql, (index) => `$${index + 1}`),
      ),
      execute(name, literals),
    ];
  }

  /** After an error nobody knows what the connection came to prepare. @returns the statement that makes it none */
  forget(): string {
    this.#names.clear();
    return 'deallocate all';
  }
}

/**
 * PostgreSQL keeps, as the text of what is prepared, the whole message that it came in, with everybody's literals, and
 * copies that each time it is executed. What is prepared inside a `do` comes by itself.
 */
function prepare(name: string, sql: string): string {
  return `do $do$begin execute $prepare$prepare ${name} as ${sql}$prepare$; end$do$`;
}

function execute(name: string, literals: readonly string[]): string {
  return literals.length === 0 ? `execute ${name}` : `execute ${name}(${literals.join(', ')})`;
}

function inPlace(sql: string, parameter: (index: number) => string): string {
  let index = 0;
  return sql.replaceAll('?', () => parameter(index++));
}
