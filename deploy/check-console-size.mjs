/**
 * How much a browser has to load before it shows the console: builds it and adds up Vite's manifest, compressed as the
 * gateway sends it. Exits with 1 if a budget is exceeded.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const kilobyte = 1_000;
const entry = 'index.html';
/** Loaded before any page: the texts. The larger language counts. */
const languages = ['src/words/en.ts', 'src/words/es.ts'];
const firstPages = [
  'src/main-screen/main-screen.tsx',
  'src/zones/zone-pages.tsx',
  'src/customer-success/queue-page.tsx',
];
const forms = [
  'src/forms/new-account-page.tsx',
  'src/forms/datapoints-page.tsx',
  'src/forms/license-page.tsx',
  'src/forms/renewal-page.tsx',
  'src/customer-success/decision-page.tsx',
];

const outDir = mkdtempSync(path.join(tmpdir(), 'console-size-'));
try {
  const vite = ['node_modules/vite/bin/vite.js', 'build', 'services/console', '--manifest', '--emptyOutDir'];
  execFileSync(process.execPath, [...vite, '--outDir', outDir, '--logLevel', 'error'], { stdio: 'inherit' });
  const manifest = JSON.parse(readFileSync(path.join(outDir, '.vite/manifest.json'), 'utf8'));
  const sizes = new Map();
  const budgets = [
    ['JavaScript of a first page', largest(firstPages.map((page) => size(javaScript([entry, page])))), 230],
    ['JavaScript that a form adds', largest(forms.map((page) => size(added(page)))), 60],
    ['CSS of all pages', size(new Set(Object.values(manifest).flatMap(({ css = [] }) => css))), 40],
  ];
  for (const [what, bytes, budget] of budgets)
    console.log(`${bytes <= budget * kilobyte ? '✓' : '✗'} ${what}: ${(bytes / kilobyte).toFixed(1)} KB of ${budget}`);
  process.exitCode = budgets.every(([, bytes, budget]) => bytes <= budget * kilobyte) ? 0 : 1;

  /** The files of these modules and of all their static imports, including the texts. */
  function javaScript(modules) {
    const [words] = languages.toSorted((a, b) => size(closure([b])) - size(closure([a])));
    return closure([...modules, words]);
  }

  /** What a form needs in addition to the page that leads to it. */
  function added(page) {
    const leads = page.startsWith('src/customer-success/')
      ? 'src/customer-success/queue-page.tsx'
      : 'src/zones/zone-pages.tsx';
    const there = javaScript([entry, leads]);
    return new Set([...closure([page])].filter((file) => !there.has(file)));
  }

  function closure(modules, files = new Set()) {
    for (const name of modules) {
      const module = manifest[name];
      if (!module) throw new Error(`${name} is not in the build: update the list of pages here to match the router.`);
      if (files.has(module.file)) continue;
      files.add(module.file);
      closure(module.imports ?? [], files);
    }
    return files;
  }

  function size(files) {
    return [...files].reduce((sum, file) => sum + compressedSize(file), 0);
  }

  function compressedSize(file) {
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(path.join(outDir, file)), { level: 9 }).length);
    return sizes.get(file);
  }
} finally {
  rmSync(outDir, { recursive: true, force: true });
}

function largest(numbers) {
  return Math.max(...numbers);
}
