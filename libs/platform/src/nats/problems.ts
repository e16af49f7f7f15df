import { StandardSchemaValidationPipe, type ArgumentMetadata, type ExceptionFilter } from '@nestjs/common';
import { DomainError, problem, type FieldError, type Problem, invalidFields } from '@tenure/contracts';
import { throwError } from 'rxjs';
import type { z } from 'zod';
import { isDatabaseUnreachable, isConflict } from '../database/errors.js';
import { isNatsUnreachable } from './nats-unreachable.js';
import { nullCharacters } from './null-characters.js';

/** The problem for an error: a refusal says what it is, everything else only that the caller is not to blame. */
export function toProblem(error: unknown): Problem {
  if (error instanceof DomainError) return error.problem;
  if (isConflict(error)) return problem('busy', 'Too many concurrent changes. Try again.');
  if (isDatabaseUnreachable(error) || isNatsUnreachable(error))
    return problem('unavailable', 'A component that this needs is unavailable. Try again.');
  return problem('internal');
}

/** Without this, Nest turns every exception into "Internal server error" before the NATS server sees it. */
export const passErrorsOn: ExceptionFilter = { catch: (error: unknown) => throwError(() => error) };

/** Nest's pipe, which also refuses null characters in a value that matches its schema. */
class SchemaPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const taken = await super.transform(value, metadata);
    const found = metadata.schema ? nullCharacters(taken) : [];
    if (found.length === 0) return taken;
    throw invalidFields(found.map((path) => ({ path, code: 'null_character', message: 'No null characters.' })));
  }
}

/**
 * Validates every parameter that has a schema (`@Answers`, `@Body({ schema })` …); a mismatch is the problem `invalid`
 * with its fields.
 */
export const schemaPipe = new SchemaPipe({
  exceptionFactory: (issues) => invalidFields((issues as z.core.$ZodIssue[]).flatMap((issue) => fieldErrors(issue))),
});

/** A Zod issue as errors of the contracts: one per field, an unknown field under its own path. */
export function fieldErrors(issue: z.core.$ZodIssue, parent: PropertyKey[] = []): FieldError[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key].map(String).join('.'),
      code: 'unknown_field',
      message: 'This field is not known.',
    }));
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0];
    if (nearest !== undefined && nearest.length > 0) return nearest.flatMap((inner) => fieldErrors(inner, path));
  }
  return [{ path: path.map(String).join('.'), code: issue.code, message: issue.message }];
}
