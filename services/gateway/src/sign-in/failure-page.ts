import type { Language } from '@tenure/contracts';
import type { PlainPage } from '../pages/plain-page.js';

/** Why somebody is not signed in, with the status that says the same to programs. */
export const failures = {
  /** The callback belongs to no sign-in of this browser: it was begun elsewhere, too long ago, or is used up. */
  notBegun: 400,
  canceled: 403,
  /** The provider's answer does not hold. */
  refused: 400,
  unknownMember: 403,
  /** The provider knows them from before they signed out everywhere. */
  signedOutSince: 403,
  /** Each sign-in leaves a session behind, and there is room for so many. */
  tooOften: 429,
  unavailable: 503,
} as const;
export type Failure = keyof typeof failures;

interface Words {
  title: string;
  again: string;
  asSomebodyElse: string;
  anew: string;
  sentences: Record<Failure, string>;
}

const words: Record<Language, Words> = {
  en: {
    title: 'You are not signed in',
    again: 'Try again',
    asSomebodyElse: 'Sign in as somebody else',
    anew: 'Sign in anew',
    sentences: {
      notBegun: 'This sign-in was not begun in this browser, or it has taken too long.',
      canceled: 'The sign-in was canceled.',
      refused: 'The sign-in did not succeed.',
      unknownMember: 'Nobody is known by this sign-in. Whoever looks after your organization can have you added.',
      signedOutSince: 'You were signed out everywhere. Sign in anew to go on.',
      tooOften: 'You have signed in too often. Try again in an hour at the latest.',
      unavailable: 'Signing in is not possible at the moment.',
    },
  },
  es: {
    title: 'No has iniciado sesión',
    again: 'Reintentar',
    asSomebodyElse: 'Entrar como otra persona',
    anew: 'Iniciar sesión',
    sentences: {
      notBegun: 'Este inicio de sesión no empezó en este navegador o ha tardado demasiado.',
      canceled: 'El inicio de sesión se canceló.',
      refused: 'No se pudo iniciar sesión.',
      unknownMember:
        'No se conoce a nadie con estos datos. Quien gestione tu organización puede pedir que te den de alta.',
      signedOutSince: 'Se cerraron todas tus sesiones. Vuelve a iniciar sesión para continuar.',
      tooOften: 'Has iniciado sesión demasiadas veces. Vuelve a intentarlo dentro de una hora como máximo.',
      unavailable: 'En este momento no es posible iniciar sesión.',
    },
  },
};

/** @param returnTo a path of this site, where the sign-in was to lead */
export function failurePage(failure: Failure, language: Language, returnTo: string): PlainPage {
  const { title, again, asSomebodyElse, anew, sentences } = words[language];
  // Those whom the provider is to ask who they are, although it knows.
  const asked: Partial<Record<Failure, string>> = { unknownMember: asSomebodyElse, signedOutSince: anew };
  const query = new URLSearchParams({ return: returnTo, ...(asked[failure] && { again: 'yes' }) });
  return {
    status: failures[failure],
    language,
    title,
    sentences: [sentences[failure]],
    links: [
      {
        address: `/auth/sign-in?${query.toString()}`,
        text: asked[failure] ?? again,
      },
    ],
  };
}
