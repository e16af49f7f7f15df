import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Random passwords by name, which live as long as their data. None begins with a dash: `nats --password` would take it
 * for an option.
 */
export class Secrets {
  readonly #file: string;
  readonly #values: Record<string, string>;

  /** Without a folder they are kept in memory only. */
  constructor(folder?: string) {
    this.#file = folder === undefined ? '' : path.join(folder, 'secrets.json');
    this.#values = existsSync(this.#file)
      ? (JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, string>)
      : {};
  }

  get(name: string): string {
    const known = this.#values[name];
    if (known !== undefined) return known;
    const made = (this.#values[name] = randomBytes(24).toString('hex'));
    this.#write();
    return made;
  }

  /** A password each, under `<prefix>.<name>`. */
  all<Name extends string>(prefix: string, names: readonly Name[]): Record<Name, string> {
    return Object.fromEntries(names.map((name) => [name, this.get(`${prefix}.${name}`)])) as Record<Name, string>;
  }

  #write(): void {
    if (!this.#file) return;
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#values, null, 2), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
