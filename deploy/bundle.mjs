/**
 * Makes one file, `dist/main.bundle.js`, of each of Tenure's processes, from what is compiled: to find, read and link two
 * thousand modules was most of what a process did until it was ready (docs/decisions/0040-one-file-for-each-process.md).
 * Without folders it does so for all of them.
 *
 *     node deploy/bundle.mjs [services/accounts …]
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

const repository = path.resolve(import.meta.dirname, '..');
const named = process.argv.slice(2);
const folders =
  named.length > 0 ? named : globSync('{services/*,workflows}/dist/main.js', { cwd: repository }).map(ofMain);

await Promise.all(folders.map(bundle));

async function bundle(folder) {
  const dist = path.join(repository, folder, 'dist');
  const modules = await rolldown({
    input: path.join(dist, 'main.js'),
    platform: 'node',
    // It loads a library of its own for each system, and files beside it.
    external: /^@temporalio\//,
    onLog: refuse,
  });
  // By the names of their classes Nest names what is missing, and the log who says something.
  await modules.write({
    file: path.join(dist, 'main.bundle.js'),
    format: 'esm',
    codeSplitting: false,
    keepNames: true,
  });
  await modules.close();
}

/** Packages load some others only where those are used, as Nest does its transports. Whatever else is to be said is an error. */
function refuse(level, log, say) {
  const isOptional = log.code === 'UNRESOLVED_IMPORT' && log.loc?.file.includes('node_modules');
  if (!isOptional) say(level === 'warn' ? 'error' : level, log);
}

function ofMain(file) {
  return path.dirname(path.dirname(file));
}
