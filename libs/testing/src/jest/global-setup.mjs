import '../from-source.mjs';

/** Once per `npm test`: offers the servers that specs share. Each starts when the first spec requests it. */
export default async function globalSetup() {
  const { folderInMemory } = await import('../folder-in-memory.js');
  const inMemory = folderInMemory();
  // Workers and the processes that they start use it.
  if (inMemory !== undefined) process.env.TMPDIR = inMemory;
  globalThis.tenureFolder = inMemory;
  const { offerServers } = await import('../servers.js');
  const servers = await offerServers();
  globalThis.tenureServers = servers;
  process.env.TENURE_TEST_SERVERS = servers.address;
}
