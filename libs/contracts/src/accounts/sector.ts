import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { code, done, namesByLanguage, personName } from '../values.js';

export const sectorView = z.object({ code, names: namesByLanguage });
export const saveSector = request(
  'accounts.sector.save',
  ['operator'],
  z.strictObject({ code, names: z.strictObject({ en: personName, es: personName }) }),
  done,
);
export const listSectors = request(
  'accounts.sector.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  z.object({ items: z.array(sectorView) }),
);
