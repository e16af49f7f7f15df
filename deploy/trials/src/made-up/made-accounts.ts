import { stringify } from 'csv-stringify/sync';
import { addDays, addMonths, type CalendarDate } from '@tenure/lifecycle';
import { sampleLicenses, sampleSectors } from '@tenure/local/sample/catalog';
import type { Column } from '@tenure/operate/records/columns';

const kinds = [
  'Hotel',
  'Planta',
  'Oficinas',
  'Escuela',
  'Residencia',
  'Mercado',
  'Nave',
  'Hospital',
  'Campus',
  'Centro',
];
const places = ['Alcázar', 'Bahía', 'Castaños', 'Duero', 'Encinar', 'Faro', 'Guadiana', 'Horta', 'Íberos', 'Jarama'];
const companies = ['Aguas del Norte', 'Grupo Levante', 'Inmuebles Sol', 'Logística Ebro', 'Textil Vallès'];
const months = [12, 12, 12, 12, 24, 6, 36];

/**
 * An accounts file as a partner in Spain might have it; only Spain has RTC lines. The accounts' first days are spread
 * over their terms, and one account in twenty has expired. The same input gives the same file.
 */
export function madeAccounts(
  many: number,
  { organization, today }: { organization: string; today: CalendarDate },
): string {
  const head: Column[] = ['organization', 'key', 'account_name', 'customer_name', 'license', 'datapoints', 'rtc_lines'];
  head.push('sector', 'country', 'time_zone', 'anchor', 'months', 'comment', 'extra_addresses');
  return stringify([head, ...Array.from({ length: many }, (_, at) => rowOf(at, organization, today))]);
}

function rowOf(at: number, organization: string, today: CalendarDate): string[] {
  const of = <T>(list: readonly T[], step: number): T => list[Math.floor(at / step) % list.length]!;
  const license = of(sampleLicenses, 3);
  const term = of(months, 1);
  // The step is coprime to the number of days in a term, so that it reaches each of them.
  const days = Math.round(term * 30.4);
  const anchor =
    at % 20 === 19 ? addMonths(addDays(today, -1 - (at % 400)), -term) : addDays(today, -((at * 37) % days));
  return [
    organization,
    `OLD-${String(at + 1).padStart(6, '0')}`,
    `${of(kinds, 1)} ${of(places, 10)} ${Math.floor(at / 100) + 1}`,
    `${of(companies, 7)}, S.A.`,
    license.code,
    String(20 + ((at * 13) % (license.maxDatapoints - 19))),
    String((at * 7) % (license.maxRtcLines + 1)),
    of(sampleSectors, 2).code,
    'ES',
    'Europe/Madrid',
    anchor,
    String(term),
    at % 9 === 0 ? 'Brought over from the old system' : '',
    at % 8 === 0 ? `office-${at + 1}@customer.example (es), site-${at + 1}@customer.example (en)` : '',
  ];
}
