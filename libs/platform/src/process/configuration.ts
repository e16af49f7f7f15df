import { readFileSync } from 'node:fs';
import type { z } from 'zod';
// Its messages word what is wrong with a value.
import '@tenure/contracts';

/** The process cannot start with its configuration. The message has one sentence per error, without values. */
export class ConfigurationError extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigurationError';
  }
}

/**
 * Reads the schema's variables from the environment; `NAME_FILE` names a file with the value of `NAME`.
 * @throws ConfigurationError
 */
export function readConfiguration<S extends z.ZodObject>(schema: S, environment = process.env): z.output<S> {
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const file = environment[`${name}_FILE`];
    const value = environment[name] ?? (file === undefined ? undefined : readFile(name, file, problems));
    if (value !== undefined && value !== '') values[name] = value;
  }
  const result = schema.safeParse(values);
  for (const issue of result.error?.issues ?? []) {
    const name = String(issue.path[0] ?? issue.code);
    if (problems.some((sentence) => sentence.startsWith(`${name} `))) continue;
    problems.push(
      name in values
        ? `${name} is not valid: ${issue.message.replace(/\.$/, '')}.`
        : `${name} is missing: set it, or ${name}_FILE.`,
    );
  }
  if (!result.success || problems.length > 0) throw new ConfigurationError(problems);
  return result.data;
}

function readFile(name: string, file: string, problems: string[]): string | undefined {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch {
    problems.push(`${name} cannot be read: there is no readable file ${file} (${name}_FILE).`);
    return undefined;
  }
}
