import { readFileSync } from 'node:fs';

/** The process cannot start with its configuration. The message has one sentence per error, without values. */
export class ConfigurationError extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigurationError';
  }
}

/**
 * An environment variable, or the content of the file that `NAME_FILE` names; undefined if neither is set, or empty.
 * @throws ConfigurationError if the file cannot be read
 */
export function readVariable(name: string, environment = process.env): string | undefined {
  const file = environment[`${name}_FILE`];
  return environment[name] || (file && readFile(name, file)) || undefined;
}

function readFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch {
    throw new ConfigurationError([`${name} cannot be read: there is no readable file ${file} (${name}_FILE).`]);
  }
}
