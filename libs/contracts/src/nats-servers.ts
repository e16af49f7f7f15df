/**
 * The client options for comma-separated addresses. The client reads only host and port from an address: unless `tls`
 * is set as well, it would accept a server without TLS and send it the password in the clear.
 */
export function natsServers(url: string): { servers: string[]; tls?: object } {
  const servers = url.split(',').map((server) => server.trim());
  return servers.some((server) => server.startsWith('tls://')) ? { servers, tls: {} } : { servers };
}
