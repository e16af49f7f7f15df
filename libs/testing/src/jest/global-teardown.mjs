import { rmSync } from 'node:fs';

/** After the last spec, also when specs have failed. A run that is killed takes its servers along (see `@tenure/local`). */
export default async function globalTeardown() {
  await globalThis.tenureServers?.stop();
  if (globalThis.tenureFolder !== undefined) rmSync(globalThis.tenureFolder, { recursive: true, force: true });
}
