import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '@tenure/local/folders';

const platform = 'libs/platform/src';
const everywhere = [`${platform}/process/start-service.ts`, `${platform}/process/platform.module.ts`];
const temporal = `${platform}/temporal/server.ts`;
/** Settings that only processes with a database or with requests to answer read. */
const onlySome = {
  DATABASE_URL: ['accounts', 'licensing', 'notifications'],
  DATABASE_CONNECTIONS: ['accounts', 'licensing', 'notifications'],
  REQUESTS_AT_ONCE: ['accounts', 'licensing', 'notifications', 'workflows'],
};

/** The settings that a process reads, as its source declares them, and whether each is required. */
export function settingsOf(process: string): Map<string, { isRequired: boolean }> {
  const own = process === 'workflows' ? 'workflows/src/settings.ts' : `services/${process}/src/settings.ts`;
  const files = sourceOf(own).includes('...temporalVariables') ? [...everywhere, temporal, own] : [...everywhere, own];
  const all = files.flatMap(declaredIn);
  return new Map(all.filter(([name]) => onlySome[name as keyof typeof onlySome]?.includes(process) ?? true));
}

/** Finds the keys of a schema, each with the code up to the next key. */
function declaredIn(file: string): [string, { isRequired: boolean }][] {
  const code = sourceOf(file).replaceAll(/\/\*\*[^]*?\*\/|^ *const \{[^}]*\} = .*$/gm, '');
  return [...code.matchAll(/(?:^ +|\(\{ )([A-Z][A-Z_]+): ([^]*?)(?=(?:^ +|\(\{ )[A-Z][A-Z_]+: |$(?![^]))/gm)].map(
    ([, name, schema]) => [
      name!,
      { isRequired: !/^(onOrOff|days)\b|\.default\(|\.optional\(/.test(schema!.split(/\n\S/)[0]!) },
    ],
  );
}

export function sourceOf(file: string): string {
  return readFileSync(path.join(repository, file), 'utf8');
}
