/**
 * An error of the identity provider for the log, with the errors that it comes from: `fetch` itself says only that it
 * failed. Without causes of other kinds, which may be anything that the provider answered.
 */
export function withCauses(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses that do not answer leave only a code.
  const said = error.message === '' && 'code' in error ? String(error.code) : String(error);
  return error.cause instanceof Error ? `${said}, ${withCauses(error.cause)}` : said;
}
