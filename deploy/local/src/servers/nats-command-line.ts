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
 * The path of NATS's own command line, `nats`: the one in TENURE_NATS_COMMAND, or a recent enough one on the path, or
 * the pinned one. There is no package of it, only the Go module, which Go verifies against the public checksum
 * database. It is built once, which takes more than a minute of processor time; a build in the user's own Go cache is
 * reused.
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
    // Compiling without optimization and debug information, and nothing in C, takes half the processor time.
    const quickly = { CGO_ENABLED: '0', GOFLAGS: '' };
    const building = run(
      go,
      ['install', '-gcflags=all=-N -l -dwarf=false', `github.com/nats-io/natscli/nats@v${version}`],
      {
        env: { ...(options.environment ?? process.env), GOBIN: unfinished, GOTOOLCHAIN: 'local', ...quickly },
        maxBuffer: 16 * 1024 * 1024,
      },
    );
    // Leaves the processor to others.
    if (building.child.pid !== undefined) setPriority(building.child.pid, constants.priority.PRIORITY_LOW);
    await building;
  };
  await madeOnce(folder, build).catch((error: unknown) => {
    throw new Error(
      `nats ${version} could not be built: connect to the network once, or install nats yourself and set TENURE_NATS_COMMAND to its path.`,
      { cause: error },
    );
  });
  return path.join(folder, process.platform === 'win32' ? 'nats.exe' : 'nats');
}
