/**
 * How the client is told of addresses, separated by commas. It reads host and port of them alone: that they ask for TLS it
 * has to be told besides, or it would connect in the open to whoever answers so, and send the password.
 */
export function natsServers(url: string): { servers: string[]; tls?: object } {
  const servers = url.split(',').map((server) => server.trim());
  return servers.some((server) => server.startsWith('tls://')) ? { servers, tls: {} } : { servers };
}
