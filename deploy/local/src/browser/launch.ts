import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { Stop } from '../supervisor/stop.js';

/**
 * A real browser without a window: the one that `CHROMIUM` names, an installed Chrome, or the Chromium that comes with the
 * packages (Linux on x64). @throws Stop when there is none
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Stop(`CHROMIUM names ${named}, which does not exist.`);
    return launch(named);
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packaged } = await import('@sparticuz/chromium');
    return launch(await packaged.executablePath());
  }
  try {
    return await chromium.launch({ channel: 'chrome' });
  } catch {
    throw new Stop('No browser was found: install Chrome, or name a Chromium in CHROMIUM.');
  }
}

function launch(executablePath: string): Promise<Browser> {
  // As root, Chromium has no sandbox of its own.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath,
    args: [...sandbox, '--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader'],
  });
}
