import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '@tenure/local/browser/chromium';
import { localFolder } from '@tenure/local/folders';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { findStack, type Stack } from '@tenure/local/supervisor/find-stack';
import { Stop } from '@tenure/platform/command/stop';
import { onOwnStack } from '@tenure/local/supervisor/own-stack';
import { Person } from '@tenure/local/api/person';
import { Visitor } from './browser/visitor.js';
import { indexPage } from './screenshots/index-page.js';
import { takePicture, type Picture } from './screenshots/picture.js';
import { scenes } from './screenshots/scenes.js';
import type { Scene } from './screenshots/scene.js';

const usage = `npm run screenshots [-- <part of a name>]

Takes a screenshot of every page and state of the console, or of those with this in their names, on the running stack or
on its own, and writes an index page. A page fails if it logs an error, violates the content security policy, has
accessibility violations or is wider than the screen. The exit code is 1 if one failed.`;

const say = (line: string) => console.log(line);

await runCommand('The screenshots were interrupted.', main, usage);

async function main(command: Command): Promise<number> {
  const { positionals } = parseArguments(usage, { allowPositionals: true });
  const [part = '', ...more] = positionals;
  if (more.length > 0) throw new Stop(`One part of a name at a time.\n\n${usage}`);
  const chosen = scenes.filter(({ name }) => name.includes(part));
  if (chosen.length === 0) throw new Stop(`No screenshot has ${JSON.stringify(part)} in its name.`);
  const found = findStack();
  if (found) return takeAll(found, chosen, command.signal);
  say('No stack is running on this data folder: the command starts its own and ends it afterwards.');
  return onOwnStack('screenshots', command, (own) => takeAll(own, chosen, command.signal));
}

/** Takes all screenshots. @returns the exit code */
async function takeAll(stack: Stack, chosen: readonly Scene[], signal: AbortSignal): Promise<number> {
  const folder = path.join(localFolder, 'screenshots');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  const pictures: Picture[] = [];
  try {
    // One sign-in per person, and one screenshot at a time, because the machine may be small.
    for (const [who, theirs = []] of Object.entries(Object.groupBy(chosen, ({ as }) => as)))
      pictures.push(...(await picturesOf(who, theirs, { stack, browser, folder, signal })));
  } finally {
    await browser.close();
  }
  const index = path.join(folder, 'index.html');
  writeFileSync(index, indexPage(pictures));
  const failed = pictures.filter(({ complaints }) => complaints.length > 0).length;
  say(`\nOpen ${index}\n${pictures.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function picturesOf(
  who: string,
  theirs: readonly Scene[],
  { stack, browser, folder, signal }: { stack: Stack; browser: Browser; folder: string; signal: AbortSignal },
): Promise<Picture[]> {
  const { publicUrl } = stack.configuration;
  const visitor = await Visitor.arrive(browser, publicUrl, { locale: 'en-US', timezoneId: 'UTC' });
  const pictures: Picture[] = [];
  try {
    await visitor.signIn(who);
    const person = await Person.of(stack, who);
    for (const scene of theirs) {
      signal.throwIfAborted();
      const picture = await takePicture(scene, { context: visitor.context, person, publicUrl, folder });
      say([`${picture.complaints.length === 0 ? '✓' : '✗'} ${scene.name}`, ...picture.complaints].join('\n    '));
      pictures.push(picture);
    }
  } finally {
    await visitor.leave();
  }
  return pictures;
}
