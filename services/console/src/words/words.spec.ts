import { en as everyPage } from './en.js';
import { es as cadaPagina } from './es.js';
import { en as settings } from './settings/en.js';
import { es as ajustes } from './settings/es.js';

const en = { ...everyPage, ...settings };
const es = { ...cadaPagina, ...ajustes };

it('no group of texts is in both parts: the later one would hide the other', () =>
  expect(Object.keys(settings).filter((group) => group in everyPage)).toEqual([]));

const texts = (words: object, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : texts(value as object, `${path}${key}.`),
  );
const variables = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
const inEnglish = new Map(texts(en));

describe('the Spanish texts', () => {
  it.each(texts(es))('%s has the variables of the English one', (path, text) =>
    expect(variables(text)).toEqual(variables(inEnglish.get(path.replace(/_many$/, '_other')) ?? '')),
  );
  it('differ from English, except for names', () =>
    expect(
      texts(es)
        .filter(([path, text]) => inEnglish.get(path) === text)
        .map(([path]) => path),
    ).toEqual([
      'product',
      'entry.customerSuccess',
      'shell.languageName.en',
      'shell.languageName.es',
      'column.datapoints',
      'applicationType.change_datapoints',
      'change.datapoints',
      'datapoints.number_one',
      'datapoints.number_other',
      'form.datapoints',
      'form.sector',
      'feature.api',
      'application.title',
      'figure.sector',
      'clockAhead',
      'saysSo.false',
      'organization.roles.super_admin',
      'organization.roles.customer_success',
    ]));
});

/** A figure before its unit, where there may be one of it, or in Spanish a million. */
const counts = /\{\{\w+\}\} (datapoints|RTC lines|líneas RTC|accounts|cuentas|applications|solicitudes|days|días)\b/;

/** The plural form that ends a key; `too_many` is the code of an error. */
const form = /(?<!\btoo)_(one|many|other)$/;

describe('plural forms', () => {
  it.each([
    ['en', en],
    ['es', es],
  ] as const)('in %s, a text with a figure and its unit has plural forms', (_, words) =>
    expect(texts(words).filter(([path, text]) => counts.test(text) && !form.test(path))).toEqual([]),
  );

  it.each([
    ['en', en],
    ['es', es],
  ] as const)('in %s, each text has exactly the forms of the language', (language, words) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    const forms = Map.groupBy(
      texts(words).filter(([path]) => form.test(path)),
      ([path]) => path.replace(form, ''),
    );
    expect([...forms].map(([path, each]) => [path, each.map(([name]) => form.exec(name)![1]).sort()])).toEqual(
      [...forms.keys()].map((path) => [path, needed]),
    );
  });
});
