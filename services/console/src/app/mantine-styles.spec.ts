import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = path.resolve(import.meta.dirname, '..');
const styles = path.dirname(fileURLToPath(import.meta.resolve('@mantine/core/styles/global.css')));

/** All matches of a pattern in the sources. */
const matches = (pattern: string, what: RegExp) =>
  new Set(
    globSync(pattern, { cwd: sources })
      .flatMap((file) => [...readFileSync(path.join(sources, file), 'utf8').matchAll(what)])
      .map(([, found]) => found!),
  );

it('every Mantine component in use has its styles imported', () => {
  const imports = matches('**/*.tsx', /import \{([^}]*)\} from '@mantine\/core'/g);
  const used = new Set([...imports].flatMap((names) => names.split(',').map((name) => name.trim())));
  const styled = matches('**/*.{tsx,css}', /@mantine\/core\/styles\/(\w+)(?:\.layer)?\.css/g);
  const withStyles = [...used].filter((name) => existsSync(path.join(styles, `${name}.css`)));
  expect(withStyles).toContain('Button');
  expect(withStyles.filter((name) => !styled.has(name))).toEqual([]);
});

it('the console’s own styles override Mantine’s, whichever file comes first', () => {
  const outOfLayers = /@mantine\/core\/styles\/([\w-]+)\.css/g;
  expect([...matches('**/!(mantine).{tsx,css}', outOfLayers)]).toEqual([]);
  expect([...matches('app/mantine.css', outOfLayers)]).toContain('Button');
  expect([...matches('app/global.css', /@import '(\S+)' layer\(mantine\./g)]).toEqual(['./mantine.css']);
});
