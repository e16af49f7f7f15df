import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '@tenure/local/folders';

/** Of the schema of each setting, what is asked here. */
interface Declared {
  shape: Record<string, { safeParse: (value: unknown) => { success: boolean } }>;
}

/** The settings that a process reads, as its schemas declare them, and whether each is required. */
export async function settingsOf(process: string): Promise<Map<string, { isRequired: boolean }>> {
  const folder = process === 'workflows' ? process : `services/${process}`;
  const { settings } = (await import(path.join(repository, folder, 'src/settings.ts'))) as { settings: Declared[] };
  return new Map(
    settings
      .flatMap(({ shape }) => Object.entries(shape))
      .map(([name, schema]) => [name, { isRequired: !schema.safeParse(undefined).success }]),
  );
}

export function sourceOf(file: string): string {
  return readFileSync(path.join(repository, file), 'utf8');
}
