import { rmSync } from 'node:fs';

/** After the last spec, even if specs failed. A killed run takes its servers with it (see `@tenure/local`). */
export default async function globalTeardown() {
  await globalThis.tenureServers?.stop();
  if (globalThis.tenureFolder !== undefined) rmSync(globalThis.tenureFolder, { recursive: true, force: true });
}
