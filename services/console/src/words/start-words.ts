import type { Language } from '@tenure/contracts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Translation } from './translation.js';

/** Each language comes when it is needed. */
const texts: Record<Language, () => Promise<Translation>> = {
  en: () => import('./en.js').then(({ en }) => en as unknown as Translation),
  es: () => import('./es.js').then(({ es }) => es),
};

/** The language of a page on which nobody has signed in yet. */
export function browserLanguage(languages: readonly string[] = navigator.languages): Language {
  return languages.some((each) => each.startsWith('es')) && !languages[0]?.startsWith('en') ? 'es' : 'en';
}

/** Loads the texts and speaks this language from now on; also tells the browser. */
export async function speak(language: Language): Promise<void> {
  const translation = await texts[language]();
  if (i18next.isInitialized) {
    i18next.addResourceBundle(language, 'translation', translation);
    await i18next.changeLanguage(language);
  } else {
    await i18next.use(initReactI18next).init({
      lng: language,
      resources: { [language]: { translation } },
      // React escapes by itself.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  }
  document.documentElement.lang = language;
}
