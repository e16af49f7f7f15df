import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/**
 * The workflows' code, bundled ahead of time for Temporal's sandbox: a worker starts faster and needs a third less
 * memory.
 */
export interface WorkflowBundle {
  codePath: string;
  /** Identifies the code: the same text has the same id on every machine. */
  buildId: string;
}

const here = import.meta.dirname;
const isSource = import.meta.filename.endsWith('.ts');
const resolve = createRequire(import.meta.filename).resolve;

/** The bundle of the code beside this file; built if it is missing or out of date. */
export async function workflowBundle(): Promise<WorkflowBundle> {
  const codePath = path.resolve(here, '../dist', isSource ? 'workflow-bundle.source.js' : 'workflow-bundle.js');
  const buildId = inputs();
  if (read(`${codePath}.inputs`) !== buildId || read(codePath) === undefined) {
    const { code } = await bundleWorkflows(path.join(here, isSource ? 'workflows.ts' : 'workflows.js'));
    mkdirSync(path.dirname(codePath), { recursive: true });
    write(codePath, code);
    write(`${codePath}.inputs`, buildId);
  }
  return { codePath, buildId };
}

/** Bundles the workflows that a file exports. */
export function bundleWorkflows(workflowsPath: string): Promise<{ code: string }> {
  return bundleWorkflowCode({
    workflowsPath,
    preloadModules: [path.join(here, isSource ? 'workflow/preloaded.ts' : 'workflow/preloaded.js')],
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => {
      if (isSource) config.resolve!.conditionNames = ['@tenure/source', '...'];
      return config;
    },
  });
}

/** A digest of everything that the bundle contains: the workflows' code and the SDK's version. */
function inputs(): string {
  const digest = createHash('sha256');
  const files = workflowFiles().map((file) => path.join(here, file));
  const contracts = path.resolve(here, '../../libs/contracts', isSource ? 'src/workflows.ts' : 'dist/workflows.js');
  for (const file of [...files, contracts, resolve('@temporalio/workflow/package.json')])
    digest.update(path.basename(file)).update(readFileSync(file));
  return digest.digest('hex').slice(0, 16);
}

/** The workflows' own files, matched by name: a new workflow has to be added here and in `.dependency-cruiser.cjs`. */
export function workflowFiles(): string[] {
  const extension = path.extname(import.meta.filename);
  return readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => /^(application|subscription|policy-change|workflow)/.test(file) && path.extname(file) === extension,
    )
    .filter((file) => !/\.(spec|d)\.[jt]s$/.test(file) && !file.startsWith('workflow-bundle'))
    .sort();
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Writes the file atomically, since another process may be reading it. */
function write(file: string, content: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}
