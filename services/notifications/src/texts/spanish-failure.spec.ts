import { anApplication } from '../testing/words.js';
import { spanishFailure } from './spanish-failure.js';

const failed = (code: string, figures?: Record<string, number | string>) =>
  spanishFailure(anApplication({ failure: 'What it is in English.', failures: [{ code, figures }] }));

describe('why an application failed, in Spanish', () => {
  it.each([
    ['above_license', { maximum: 12500 }, 'La licencia permite hasta 12.500.'],
    [
      'too_many_datapoints',
      { maximum: 200, contracted: 1250 },
      'La licencia permite hasta 200 datapoints y hay 1250 contratados.',
    ],
    ['too_many_rtc_lines', { maximum: 0, rtcLines: 4 }, 'La licencia permite hasta 0 líneas RTC y hay 4 contratadas.'],
    ['too_many_rtc_lines', { maximum: 0, rtcLines: 1 }, 'La licencia permite hasta 0 líneas RTC y hay 1 contratada.'],
    ['too_many_rtc_lines', { maximum: 1, rtcLines: 2 }, 'La licencia permite hasta 1 línea RTC y hay 2 contratadas.'],
    ['below_used', { used: 480 }, 'Hay 480 datapoints en uso.'],
    ['too_small', { minimum: 20 }, 'Se necesitan al menos 20.'],
    ['out_of_range', { minimum: 1, maximum: 60 }, 'El periodo tiene que ser de 1 a 60 meses.'],
  ])('%s names its figures', (code, figures, words) => expect(failed(code, figures)).toBe(words));

  it.each([
    ['no_change', 'La cuenta ya lo tiene.'],
    ['unknown_license', 'La licencia ya no está en el catálogo.'],
    ['unknown_country', 'El país no existe.'],
    ['unknown_time_zone', 'La zona horaria no es del país.'],
    ['already_open', 'La cuenta ya tiene una suscripción.'],
    ['only_in_spain', 'Las líneas RTC solo están disponibles en España.'],
    ['account_expired', 'La cuenta ha caducado; solo se puede renovar.'],
    ['lasts_too_long', 'La cuenta está contratada por más de 100 años; se puede renovar cuando haya caducado.'],
  ])('%s needs none', (code, words) => expect(failed(code)).toBe(words));

  it('is given in English if one of the reasons has no Spanish text', () =>
    expect(failed('cancelled')).toBe('What it is in English.'));
  it('is several sentences for several reasons', () =>
    expect(
      spanishFailure(
        anApplication({
          failure: null,
          failures: [{ code: 'unknown_license' }, { code: 'below_used', figures: { used: 30 } }],
        }),
      ),
    ).toBe('La licencia ya no está en el catálogo. Hay 30 datapoints en uso.'));
  it('is null if nothing failed', () => expect(spanishFailure(anApplication())).toBeNull());
});
