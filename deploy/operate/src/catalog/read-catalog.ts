import { saveLicense, saveSector } from '@tenure/contracts';
import { jsonIn } from '@tenure/platform/command/json';
import { Stop } from '@tenure/platform/command/stop';
import { z } from 'zod';

const catalogSchema = z.strictObject({
  licenses: entries(saveLicense.request),
  sectors: entries(saveSector.request),
});

/** The licenses and sectors of a file. */
type Catalog = z.output<typeof catalogSchema>;

/** @param name of the file, for the message @throws Stop that says everything that is wrong with it */
export function readCatalog(text: string, name: string): Catalog {
  const { data, error } = catalogSchema.safeParse(jsonIn(text, name));
  if (error) throw new Stop(`${name} was not recorded:\n${z.prettifyError(error)}`);
  return data;
}

/** A list in which each code occurs once; empty if left out. */
function entries<T extends z.ZodType<{ code: string }>>(entry: T) {
  return z
    .array(entry)
    .default([])
    .superRefine((list, context) => {
      const codes = list.map(({ code }) => code);
      for (const [index, code] of codes.entries())
        if (codes.indexOf(code) < index)
          context.addIssue({ code: 'custom', path: [index, 'code'], message: `"${code}" occurs twice.` });
    });
}
