/**
 * The contract can only grow, between Tenure's own processes too: `npm run check` compares it with the last release,
 * and refuses what would break programs written for that. `npm run release-contract` writes the release; a breaking one
 * needs a version that may break. The package of the contracts has the same version.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { breaks, contract, isNewer, mayBreak } from '@tenure/contracts';

const file = 'docs/contracts/released.json';
const current = contract();
const released = read();
const broken = released === undefined ? [] : breaks(released, current);
const unchanged = JSON.stringify(released) === JSON.stringify(current);

const complaint = process.argv.includes('--release') ? whyNotReleased() : whyRefused();
if (complaint !== undefined) {
  console.error(complaint);
  process.exitCode = 1;
} else if (process.argv.includes('--release')) {
  packageAs(current.version);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, written(current));
  console.log(`${file} holds version ${current.version}. ${broken.length === 0 ? 'It breaks nothing.' : said(broken)}`);
}

function whyRefused() {
  if (released === undefined) return `There is no ${file}: run npm run release-contract.`;
  const { version } = JSON.parse(readFileSync('libs/contracts/package.json', 'utf8'));
  if (version !== current.version)
    return `The package of the contracts has version ${version}, the contract ${current.version}: run npm run release-contract.`;
  if (broken.length === 0) return undefined;
  return `This breaks programs written for version ${released.version}. ${said(broken)}
Keep what exists and add to it: an optional field, a new message.`;
}

function whyNotReleased() {
  if (released === undefined || unchanged) return undefined;
  const version = 'contractVersion in libs/contracts/src/discovery.ts';
  if (broken.length > 0 && !mayBreak(released.version, current.version))
    return `Version ${current.version} may not break version ${released.version}. ${said(broken)}
If it must, raise ${version} to one that may, and inform the owners of every service first.`;
  if (!isNewer(released.version, current.version))
    return `The contract has changed since version ${released.version}: raise ${version}.`;
  return undefined;
}

/** Writes the version into the manifest of the package, into those that depend on it, and into the lock. */
function packageAs(version) {
  for (const manifest of [...globSync('{*,*/*}/package.json', { exclude: ['node_modules'] }), 'package-lock.json']) {
    const text = readFileSync(manifest, 'utf8');
    const own = /(?<="name": "@tenure\/contracts",\s+"version": ")[^"]+/;
    const needed = /(?<="@tenure\/contracts": ")[^"]+/g;
    writeFileSync(manifest, text.replace(own, version).replaceAll(needed, version));
  }
}

/** One line per message. */
function written({ version, requests, events }) {
  const lines = (messages) =>
    Object.entries(messages).map(([name, message]) => `${JSON.stringify(name)}: ${JSON.stringify(message)}`);
  const group = (messages) => `{\n${lines(messages).join(',\n')}\n}`;
  return `{"version": ${JSON.stringify(version)},\n"requests": ${group(requests)},\n"events": ${group(events)}}\n`;
}

function said(sentences) {
  return `It breaks:\n${sentences.map((sentence) => `- ${sentence}`).join('\n')}`;
}

function read() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
