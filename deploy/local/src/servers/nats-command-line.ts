import { execFile } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { localFolder } from '../folders.js';
import { findBinary, goBinary, installedBinary, type FindOptions } from './binaries.js';
import { madeOnce } from './made-once.js';

const run = promisify(execFile);
const version = '0.5.0';

/**
 * The path of NATS's own command line, `nats`: the one that TENURE_NATS_COMMAND names, else one on the path that is new
 * enough, else the pinned one. There is no package of it, only the Go module; Go checks it against the public list of
 * checksums. It is built once, in two minutes of a processor; what the
 * user's own Go has built before is not built again.
 */
export async function findNatsCommandLine(options: FindOptions = {}): Promise<string> {
  const installed = await installedBinary(
    { file: 'nats', variable: 'TENURE_NATS_COMMAND', atLeast: '0.3.0' },
    options.environment,
  );
  if (installed) return installed;
  const folder = path.join(options.folder ?? localFolder, `bin-nats-${version}`);
  const build = async (unfinished: string) => {
    const go = await findBinary(goBinary, options);
    options.progress?.(`Building nats ${version} …`);
    const building = run(go, ['install', `github.com/nats-io/natscli/nats@v${version}`], {
      env: { ...(options.environment ?? process.env), GOBIN: unfinished, GOTOOLCHAIN: 'local', GOFLAGS: '' },
      maxBuffer: 16 * 1024 * 1024,
    });
    // Others have work to do meanwhile.
    if (building.child.pid !== undefined) setPriority(building.child.pid, constants.priority.PRIORITY_LOW);
    await building;
  };
  await madeOnce(folder, build).catch((error: unknown) => {
    throw new Error(
      `nats ${version} could not be built: connect to the network once, or install nats yourself and name it in TENURE_NATS_COMMAND.`,
      { cause: error },
    );
  });
  return path.join(folder, process.platform === 'win32' ? 'nats.exe' : 'nats');
}
