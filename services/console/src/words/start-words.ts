import type { Language } from '@tenure/contracts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { apart } from './apart.js';

/** Each language comes when it is needed, and what only some pages say comes with them. */
const texts = {
  every_page: {
    en: () => import('./en.js').then(({ en }) => en),
    es: () => import('./es.js').then(({ es }) => es),
  },
  settings: {
    en: () => import('./settings/en.js').then(({ en }) => en),
    es: () => import('./settings/es.js').then(({ es }) => es),
  },
} as const satisfies Record<string, Record<Language, () => Promise<object>>>;
type Part = keyof typeof texts;

/** What has been needed so far. */
const spoken = new Set<Part>(['every_page']);

/** The language of a page on which nobody has signed in yet: the first of the browser's that is spoken here. */
export function browserLanguage(tags: readonly string[] = navigator.languages): Language {
  return tags.map((tag) => tag.split('-')[0]!).find(isSpoken) ?? 'en';
}

function isSpoken(language: string): language is Language {
  return Object.hasOwn(texts.every_page, language);
}

/** Loads the texts and speaks this language from now on; also tells the browser. */
export async function speak(language: Language): Promise<void> {
  const parts = await Promise.all([...spoken].map((part): Promise<object> => texts[part][language]()));
  const translation = Object.assign({}, ...parts) as object;
  if (i18next.isInitialized) {
    i18next.addResourceBundle(language, 'translation', translation);
    await i18next.changeLanguage(language);
  } else {
    await i18next.use(initReactI18next).init({
      lng: language,
      resources: { [language]: { translation } },
      // React escapes what would be markup by itself.
      interpolation: { escape: apart },
      returnNull: false,
    });
  }
  document.documentElement.lang = language;
}

/** Before a page is shown that says more: loads that in the language that is spoken. */
export async function alsoSpeak(part: Part): Promise<void> {
  spoken.add(part);
  const language = i18next.language as Language;
  i18next.addResourceBundle(language, 'translation', await texts[part][language]());
}
