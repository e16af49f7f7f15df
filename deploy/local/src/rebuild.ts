import { connect } from '@nats-io/transport-node';
import { client } from '@tenure/contracts';
import { operatorCredentials } from './members/operator-access.js';
import { rebuild } from './rebuild/rebuild.js';

/**
 * `npm run rebuild`: what the zones show of every account becomes what licensing holds. It can run while everything is in
 * use, and again after it was broken off. Exit code 1 when it could not be finished.
 */
try {
  const nats = await connect({ ...operatorCredentials(), maxReconnectAttempts: -1 });
  try {
    await rebuild(client(nats, 'operator', { timeout: 30_000 }), (line) => console.log(line));
  } finally {
    await nats.close();
  }
} catch (error) {
  console.error(`It could not be rebuilt: ${(error as Error).message}`);
  process.exitCode = 1;
}
