import type { RefusalCode } from '@tenure/contracts';
import type { ApplicationWords } from './letter.js';
import { localeOf } from './locale.js';

const { number } = localeOf('es');

type Figures = Record<string, number | string>;

/** Licensing's refusals, by code. */
const reasons: Record<RefusalCode, (figures: Figures) => string> = {
  above_license: ({ maximum }) => `La licencia permite hasta ${said(maximum)}.`,
  too_many_datapoints: ({ maximum, contracted }) =>
    `La licencia permite hasta ${said(maximum)} datapoints y hay ${said(contracted)} contratados.`,
  too_many_rtc_lines: ({ maximum, rtcLines }) =>
    `La licencia permite hasta ${said(maximum)} ${maximum === 1 ? 'línea' : 'líneas'} RTC y hay ${said(rtcLines)} ${rtcLines === 1 ? 'contratada' : 'contratadas'}.`,
  below_used: ({ used }) => `Hay ${said(used)} datapoints en uso.`,
  too_small: ({ minimum }) => `Se necesitan al menos ${said(minimum)}.`,
  out_of_range: ({ minimum, maximum }) => `El periodo tiene que ser de ${said(minimum)} a ${said(maximum)} meses.`,
  no_change: () => 'La cuenta ya lo tiene.',
  unknown_license: () => 'La licencia ya no está en el catálogo.',
  unknown_country: () => 'El país no existe.',
  unknown_time_zone: () => 'La zona horaria no es del país.',
  already_open: () => 'La cuenta ya tiene una suscripción.',
  only_in_spain: () => 'Las líneas RTC solo están disponibles en España.',
  account_expired: () => 'La cuenta ha caducado; solo se puede renovar.',
  lasts_too_long: () => 'La cuenta está contratada por más de 100 años; se puede renovar cuando haya caducado.',
};

/** Why an application could not be carried out, in Spanish; a reason without a Spanish text is given in English. */
export function spanishFailure(application: ApplicationWords | null): string | null {
  const textOf: Partial<Record<string, (figures: Figures) => string>> = reasons;
  const known = application?.failures.map(({ code, figures = {} }) => textOf[code]?.(figures)) ?? [];
  return known.length > 0 && known.every((reason) => reason !== undefined)
    ? known.join(' ')
    : (application?.failure ?? null);
}

function said(figure: number | string | undefined): string {
  return typeof figure === 'number' ? number(figure) : String(figure ?? '');
}
