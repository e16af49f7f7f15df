import { CsvError, parse } from 'csv-parse/sync';
import { readCell } from '@tenure/platform/csv';
import { Stop } from '@tenure/platform/command/stop';
import { printable } from '@tenure/platform/command/words';
import { columns, ignored, needed, type Cells, type Column } from './columns.js';

/** A record of the file with the number of its first line, counted from 1; empty cells are absent. */
export interface Line {
  line: number;
  cells: Cells;
  /** Set if the number of fields differs from the number of columns. */
  fields?: { found: number; expected: number };
}

/**
 * Reads an accounts file: CSV in UTF-8 with a first line of column names, separated by commas, semicolons or tabs.
 * @throws Stop if it is not such a file, or has unknown columns
 */
export function readFile(bytes: Uint8Array): Line[] {
  const { text, skipped } = withoutBanner(decoded(bytes));
  const [head, ...records] = parsed(text);
  if (head === undefined) throw new Stop('The file is empty: its first line has to name the columns.');
  const names = head.record.map((name) => printable(name).trim().toLowerCase());
  checkNames(names);
  return records.map(({ record, info }) => {
    const breaks = record.join('').split('\n').length - 1;
    const line = skipped + info.lines - breaks;
    const cells: Partial<Record<Column, string>> = {};
    for (const [at, name] of names.entries()) {
      const value = readCell((record[at] ?? '').trim());
      if (value !== '' && isColumn(name)) cells[name] = value;
    }
    const fields = record.length === names.length ? {} : { fields: { found: record.length, expected: names.length } };
    return { line, cells, ...fields };
  });
}

/** Unless `npm run` is silent, its banner is part of the output of a command. */
function withoutBanner(text: string): { text: string; skipped: number } {
  const banner = /^\n(> [^\n]*\n)+\n/.exec(text)?.[0] ?? '';
  return { text: text.slice(banner.length), skipped: banner.split('\n').length - 1 };
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Stop('The file is not UTF-8: save it as "CSV UTF-8".');
  }
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

function parsed(text: string): Parsed[] {
  try {
    const delimiter = delimiterOf(text.slice(0, text.indexOf('\n') + 1 || undefined));
    const options = { delimiter, info: true, relax_column_count: true, skip_empty_lines: true };
    return parse(text, options) as unknown as Parsed[];
  } catch (error) {
    if (error instanceof CsvError) throw new Stop(`The file is not CSV: ${error.message}.`);
    throw error;
  }
}

function delimiterOf(head: string): string {
  return [',', ';', '\t'].find((mark) => head.includes(mark)) ?? ',';
}

function checkNames(names: readonly string[]): void {
  const unknown = names.filter((name) => !isColumn(name) && !ignored.includes(name));
  if (unknown.length > 0)
    throw new Stop(
      `There is no column ${unknown.map((name) => `"${name}"`).join(', ')}: the columns are ${columns.join(', ')}.`,
    );
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length === 1) throw new Stop(`The column ${missing.join()} is missing in the first line.`);
  if (missing.length > 1) throw new Stop(`The columns ${missing.join(', ')} are missing in the first line.`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Stop(`The column ${twice} appears twice.`);
}

function isColumn(name: string): name is Column {
  return (columns as readonly string[]).includes(name);
}
