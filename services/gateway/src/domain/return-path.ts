/** Any origin will do: the check is whether the address stays on it. */
const here = 'https://tenure.invalid';
/** Longer than any address of the console; it has to fit into a cookie. */
const longest = 1_000;

/**
 * Where a sign-in returns to: a path of this site with its query and fragment; `/` for anything else, which includes
 * whatever a browser would read as another site (`//evil.example`, `/\evil.example`, a scheme, a tab in between).
 */
export function returnPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > longest || !asked.startsWith('/')) return '/';
  const address = URL.parse(asked, here);
  if (address?.origin !== here) return '/';
  const path = `${address.pathname}${address.search}${address.hash}`;
  // Express takes addresses in any case.
  return /^\/(\/|auth\/)/i.test(path) ? '/' : path;
}
