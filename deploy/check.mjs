/**
 * `npm run check`: everything that can be checked without running the code. Each check is one command; its output is
 * shown only if it fails. Ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const allowedLicenses = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'MPL-2.0', // A build tool of the console, used unmodified.
  'Unlicense',
  'CC0-1.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'Python-2.0',
  'Public Domain',
  '(MIT OR CC0-1.0)',
  'Apache-2.0 AND MIT',
  '(AFL-2.1 OR BSD-3-Clause)',
  '(MIT AND CC-BY-3.0)',
];
const sources = ['libs', 'services', 'workflows', 'deploy'];

const checks = [
  ['format', command('oxfmt', '--check', '.')],
  ['lint', command('oxlint', '--deny-warnings', '.')],
  ['types', command('tsc', '-b', '--checkers', '1')],
  ['unused code and dependencies', command('knip', '--no-progress')],
  ['who may import whom', command('depcruise', '--config', '.dependency-cruiser.cjs', ...sources)],
  ['a lock for every platform', lockIsComplete],
  ['exact versions', versionsAreExact],
  [
    'licenses of dependencies',
    command(
      'license-checker-rseidelsohn',
      '--excludePrivatePackages',
      '--summary',
      '--onlyAllow',
      allowedLicenses.join(';'),
    ),
  ],
  ['documents of the contracts', command('node', 'deploy/contract-documents.mjs', '--check')],
  ['a contract that only grows', command('node', 'deploy/contract-growth.mjs')],
  ['what a browser has to load', command('node', 'deploy/check-console-size.mjs')],
  [
    'links between documents',
    command(
      'remark',
      '--no-color',
      '--frail',
      '--quiet',
      '--use',
      'remark-validate-links=repository:false',
      'README.md',
      'CONTRIBUTING.md',
      'docs',
      ...sources,
    ),
  ],
  ['the Compose file', command('node', 'deploy/check-compose.mjs')],
  ['the Helm chart', withTools('node', 'deploy/check-helm.mjs')],
];

let failed = 0;
for (const [name, check] of checks) {
  const started = performance.now();
  const complaint = check();
  console.log(
    `${complaint === undefined ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (complaint !== undefined) {
    failed += 1;
    console.log(complaint.replace(/^/gm, '    '));
  }
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A check that passes if the command exits with 0. */
function command(name, ...args) {
  return () => {
    const { status, stdout, stderr, error } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    return status === 0 ? undefined : (error?.message ?? `${stdout}${stderr}`.trimEnd());
  };
}

/** A check whose tools do not exist for every machine: then it exits with 3 and prints what is missing. */
function withTools(name, ...args) {
  return () => {
    const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (status === 3) console.log(stdout.trim());
    return status === 0 || status === 3 ? undefined : `${stdout}${stderr}`.trimEnd();
  };
}

/**
 * Each optional dependency of a package (its binary for another platform) needs an entry of its own, where Node finds it
 * and in the version that the package needs, or `npm ci` fails elsewhere.
 */
function lockIsComplete() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .map(([name, range]) => ({ name, range, version: entryFor(name, path, packages)?.version }))
      .filter(({ range, version }) => version === undefined || (/^\d/.test(range) && version !== range))
      .map(({ name, range, version = 'missing' }) => `${path} needs ${name} ${range}, which is ${version} in the lock`),
  );
  return missing.length === 0 ? undefined : missing.join('\n');
}

/** The package that Node finds for this one: in its own folder, or else in the nearest one above. */
function entryFor(name, path, packages) {
  const entry = packages[`${path}${path && '/'}node_modules/${name}`];
  if (entry !== undefined || path === '') return entry;
  return entryFor(name, path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)), packages);
}

/** Every dependency of ours has an exact version. */
function versionsAreExact() {
  const manifests = [
    'package.json',
    ...['libs', 'services'].flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}/package.json`)),
    'workflows/package.json',
    ...['local', 'operate', 'trials'].map((name) => `deploy/${name}/package.json`),
  ];
  const loose = manifests.flatMap((file) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${file}: ${name} is ${version}`);
  });
  return loose.length === 0 ? undefined : loose.join('\n');
}
