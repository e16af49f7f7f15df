import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { repository } from '@tenure/local/folders';
import { serve } from '@tenure/local/servers/http-server';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { pagesOf, type Letter } from './emails/pages.js';

const usage = `npm run emails [-- --out <folder>]

Serves all e-mails in all languages with sample data as a web page, until Ctrl-C; with --out, writes them to a folder
instead.`;

await runCommand('The e-mails are no longer served.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const { out } = parseArguments(usage, { options: { out: { type: 'string' } } }).values;
  const pages = pagesOf(rendered());
  if (out !== undefined) {
    write(pages, out);
    console.log(`Open ${path.resolve(out, 'index.html')}`);
    return 0;
  }
  const server = await serve(answering(pages), { port: 0 });
  console.log(`Open http://127.0.0.1:${server.port}/\nCtrl-C ends it.`);
  await broken.catch(() => undefined);
  await server.stop();
  return 0;
}

/** Renders them with notifications' own program, in a separate process, because nothing here imports a service. */
function rendered(): Letter[] {
  const program = path.join(repository, 'services/notifications/dist/samples/main.js');
  const most = 50 * 1024 * 1024;
  return JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8', maxBuffer: most })) as Letter[];
}

function write(pages: ReadonlyMap<string, string>, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of pages) writeFileSync(path.join(folder, file), content);
}

function answering(pages: ReadonlyMap<string, string>): RequestListener {
  return ({ url = '/' }, response) => {
    const file = new URL(url, 'http://localhost').pathname.slice(1) || 'index.html';
    const content = pages.get(file);
    const type = file.endsWith('.txt') ? 'text/plain' : 'text/html';
    response.writeHead(content === undefined ? 404 : 200, { 'Content-Type': `${type}; charset=utf-8` });
    response.end(content ?? 'This e-mail does not exist.');
  };
}
