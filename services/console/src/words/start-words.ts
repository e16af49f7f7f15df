import type { Language } from '@tenure/contracts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { apart } from './apart.js';

/** Each language loads on demand, and so do the texts that only some pages use. */
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

/** The parts needed so far. */
const spoken = new Set<Part>(['every_page']);

/** The language of a page before sign-in: the first of the browser's languages that the console has. */
export function browserLanguage(tags: readonly string[] = navigator.languages): Language {
  return tags.map((tag) => tag.split('-')[0]!).find(isSpoken) ?? 'en';
}

function isSpoken(language: string): language is Language {
  return Object.hasOwn(texts.every_page, language);
}

/** Loads the texts of a language and switches to it; also sets the document's language. */
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
      // React escapes markup itself.
      interpolation: { escape: apart },
      returnNull: false,
    });
  }
  document.documentElement.lang = language;
}

/** Loads another part of the texts in the current language, before a page that needs it is shown. */
export async function alsoSpeak(part: Part): Promise<void> {
  spoken.add(part);
  const language = i18next.language as Language;
  i18next.addResourceBundle(language, 'translation', await texts[part][language]());
}
