import type { z } from 'zod';
// Its messages word what is wrong with a value.
import '@tenure/contracts';
import { ConfigurationError, readVariable } from './variable.js';

/**
 * Reads the schema's variables from the environment; `NAME_FILE` names a file with the value of `NAME`.
 * @throws ConfigurationError
 */
export function readConfiguration<S extends z.ZodObject>(schema: S, environment = process.env): z.output<S> {
  const { data, problems } = parse(schema, environment);
  if (data === undefined || problems.length > 0) throw new ConfigurationError(problems);
  return data;
}

/** Reads several schemas, so that all errors are reported together. @throws ConfigurationError */
export function checkConfiguration(schemas: readonly z.ZodObject[], environment = process.env): void {
  const problems = schemas.flatMap((schema) => parse(schema, environment).problems);
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
}

function parse<S extends z.ZodObject>(
  schema: S,
  environment: NodeJS.ProcessEnv,
): { data: z.output<S> | undefined; problems: string[] } {
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    try {
      const value = readVariable(name, environment);
      if (value !== undefined) values[name] = value;
    } catch (error) {
      problems.push((error as ConfigurationError).message);
    }
  }
  const { data, error } = schema.safeParse(values);
  for (const issue of error?.issues ?? []) {
    const name = String(issue.path[0] ?? issue.code);
    if (problems.some((sentence) => sentence.startsWith(`${name} `))) continue;
    problems.push(
      name in values
        ? `${name} is not valid: ${issue.message.replace(/\.$/, '')}.`
        : `${name} is missing: set it, or ${name}_FILE.`,
    );
  }
  return { data, problems };
}
