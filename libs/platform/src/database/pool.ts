/** What is used of `pg`'s pool and its clients. */
interface Pool {
  connect(): Promise<Client>;
}
interface Client {
  release(error?: boolean): void;
  once(event: 'end', listener: () => void): unknown;
  removeListener(event: 'end', listener: () => void): unknown;
}

/**
 * A connection that breaks in a transaction cannot roll it back, and kysely then never gives it back to the pool: after
 * a restart of the server, each transaction that was under way would have taken a place in the pool for good.
 */
export function giveBackBrokenConnections(pool: Pool): void {
  const connect = pool.connect.bind(pool);
  pool.connect = async () => {
    const client = await connect();
    const giveBack = client.release.bind(client);
    const broken = () => client.release(true);
    let taken = true;
    client.release = (error) => {
      if (!taken) return;
      taken = false;
      client.removeListener('end', broken);
      giveBack(error);
    };
    client.once('end', broken);
    return client;
  };
}
