/**
 * More statements than a service has. Beyond this limit statements are sent unprepared, so that memory does not grow
 * without bound.
 */
const keptAtMost = 500;

/**
 * The prepared statements of one connection: PostgreSQL parses and plans each once instead of at every execution. Each
 * role has its own, since the policies of row-level security are part of the plan.
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
   * The SQL to send for a statement with `?` for its parameters, which are passed as literals: one statement, or two
   * the first time.
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

  /**
   * After an error it is unknown which statements the connection has prepared. @returns the statement that discards
   * them all
   */
  forget(): string {
    this.#names.clear();
    return 'deallocate all';
  }
}

/**
 * PostgreSQL stores the whole message as the text of a prepared statement, including the literals of all others in it,
 * and copies it at each execution. Inside a `do` block, the text is the statement alone.
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
