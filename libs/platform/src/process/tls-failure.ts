/** OpenSSL's message: an address in memory, a number, the function, what is wrong, a place in its source. */
const openSsl = /error:[0-9A-F]+:SSL routines:[^:]*:([^:]+):/;

/** What a connection failed with, for a person: of OpenSSL's message, what is wrong. */
export function withoutOpenSsl(message: string): string {
  const [, wrong] = openSsl.exec(message) ?? [];
  return wrong === undefined ? message : `TLS: ${wrong}`;
}
