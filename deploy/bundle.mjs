/**
 * Bundles the compiled code of each of Tenure's processes and migrations into one file, `dist/main.bundle.js` and
 * `dist/migrate.bundle.js`: finding, reading and linking two thousand modules was most of a process's start
 * (docs/decisions/0040-one-file-for-each-process.md). Without arguments it bundles all of them.
 *
 *     node deploy/bundle.mjs [services/accounts …]
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

const repository = path.resolve(import.meta.dirname, '..');
const named = process.argv.slice(2);
/** The last one is the process of a spec, which starts it again and again. */
const all = ['services/*', 'workflows', 'libs/testing'];
const programs = (named.length > 0 ? named : all).map(
  (folder) => `${folder}/dist/{main,migrate,platform/sample-main}.js`,
);

await Promise.all(globSync(programs, { cwd: repository }).map(bundle));

async function bundle(program) {
  const file = path.join(repository, program);
  const modules = await rolldown({
    input: file,
    platform: 'node',
    // Loads a native library for each system, and files beside itself.
    external: /^@temporalio\//,
    onLog: refuse,
  });
  // Nest and the log use class names.
  await modules.write({
    file: file.replace(/\.js$/, '.bundle.js'),
    format: 'esm',
    codeSplitting: false,
    keepNames: true,
  });
  await modules.close();
}

/** Packages load some others only if they are used, as Nest does with its transports. Any other message is an error. */
function refuse(level, log, say) {
  const isOptional = log.code === 'UNRESOLVED_IMPORT' && log.loc?.file.includes('node_modules');
  if (!isOptional) say(level === 'warn' ? 'error' : level, log);
}
