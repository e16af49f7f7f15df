import { someWords } from '../testing/words.js';
import { beforeOf } from './offset.js';
import { texts } from './texts.js';

it.each([
  ['P0D', { count: 0, unit: 'day' }],
  ['P1D', { count: 1, unit: 'day' }],
  ['P7D', { count: 1, unit: 'week' }],
  ['P2W', { count: 2, unit: 'week' }],
  ['P30D', { count: 30, unit: 'day' }],
  ['P1M', { count: 1, unit: 'month' }],
  ['P18M', { count: 18, unit: 'month' }],
  ['soon', null],
] as const)('the offset %s is %j', (offset, before) => expect(beforeOf(offset)).toEqual(before));

describe('the footer of a reminder', () => {
  const footer = (language: 'en' | 'es', offset: string | null) =>
    texts[language].footer('super_admins', someWords(), offset);
  const english = 'You are receiving this e-mail from Tenure as a SuperAdmin of Helios Energy';
  const spanish = 'Recibes este correo de Tenure como SuperAdmin de Helios Energy';

  it.each([
    ['P0D', ', on the last day of an account.', ', el último día de una cuenta.'],
    ['P1D', ', 1 day before the last day of an account.', ', 1 día antes del último día de una cuenta.'],
    ['P3D', ', 3 days before the last day of an account.', ', 3 días antes del último día de una cuenta.'],
    ['P7D', ', 1 week before the last day of an account.', ', 1 semana antes del último día de una cuenta.'],
    ['P14D', ', 2 weeks before the last day of an account.', ', 2 semanas antes del último día de una cuenta.'],
    ['P1M', ', 1 month before the last day of an account.', ', 1 mes antes del último día de una cuenta.'],
    ['P6M', ', 6 months before the last day of an account.', ', 6 meses antes del último día de una cuenta.'],
    [null, '.', '.'],
  ])('says for %s how long before the last day it comes', (offset, en, es) =>
    expect([footer('en', offset), footer('es', offset)]).toEqual([english + en, spanish + es]),
  );
});
