import type { FieldError } from '@tenure/contracts';

/** One error at a field, or none. */
export function problemIf(
  isWrong: boolean,
  path: string,
  code: string,
  message: string,
  figures?: FieldError['figures'],
): FieldError[] {
  return isWrong ? [{ path, code, message, ...(figures && { figures }) }] : [];
}
