import '../from-source.mjs';

/** Once per `npm test`: offers the servers that specs share. Each is started when the first spec asks for it. */
export default async function globalSetup({ nonFlagArgs }) {
  const { folderInMemory } = await import('../folder-in-memory.js');
  const inMemory = folderInMemory();
  // Workers, and all that they start, go by it.
  if (inMemory !== undefined) process.env.TMPDIR = inMemory;
  globalThis.tenureFolder = inMemory;
  const { offerServers } = await import('../servers.js');
  const servers = await offerServers();
  globalThis.tenureServers = servers;
  process.env.TENURE_TEST_SERVERS = servers.address;
  // Built for minutes on a new machine: of all specs, some need it late, and until then there are moments without work.
  if (nonFlagArgs.length === 0) servers.begin('natsCommandLine');
}
