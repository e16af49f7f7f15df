import type { Language } from '@tenure/contracts';
import type { PlainPage } from '../pages/plain-page.js';

/** Why a sign-in failed, with the page's HTTP status. */
export const failures = {
  /**
   * The callback belongs to no sign-in of this browser: it was started elsewhere or too long ago, or was used already.
   */
  notBegun: 400,
  canceled: 403,
  /** The provider's answer is not valid. */
  refused: 400,
  unknownMember: 403,
  /** The provider's session is from before they signed out everywhere or were readmitted. */
  signedOutSince: 403,
  /** Every sign-in stores a session, and the room for sessions is limited. */
  tooOften: 429,
  unavailable: 503,
} as const;
export type Failure = keyof typeof failures;

interface Words {
  title: string;
  again: string;
  asSomebodyElse: string;
  signInAgain: string;
  sentences: Record<Failure, string>;
}

const words: Record<Language, Words> = {
  en: {
    title: 'You are not signed in',
    again: 'Try again',
    asSomebodyElse: 'Sign in as somebody else',
    signInAgain: 'Sign in again',
    sentences: {
      notBegun: 'This sign-in was not started in this browser, or it took too long.',
      canceled: 'The sign-in was canceled.',
      refused: 'The sign-in failed.',
      unknownMember: 'This sign-in does not belong to a member. Whoever manages your organization can have you added.',
      signedOutSince: 'You were signed out everywhere. Sign in again to continue.',
      tooOften: 'You have signed in too many times. You can try again in an hour at the latest.',
      unavailable: 'Signing in is not possible at the moment.',
    },
  },
  es: {
    title: 'No has iniciado sesión',
    again: 'Reintentar',
    asSomebodyElse: 'Entrar como otra persona',
    signInAgain: 'Iniciar sesión',
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

/** @param returnTo the path of this site that the sign-in was to return to */
export function failurePage(failure: Failure, language: Language, returnTo: string): PlainPage {
  const { title, again, asSomebodyElse, signInAgain, sentences } = words[language];
  // After these the provider has to ask for a sign-in even if it still has a session.
  const forced: Partial<Record<Failure, string>> = { unknownMember: asSomebodyElse, signedOutSince: signInAgain };
  const query = new URLSearchParams({ return: returnTo, ...(forced[failure] && { again: 'yes' }) });
  return {
    status: failures[failure],
    language,
    title,
    sentences: [sentences[failure]],
    links: [
      {
        address: `/auth/sign-in?${query.toString()}`,
        text: forced[failure] ?? again,
      },
    ],
  };
}
