import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listLicenses, listSectors, type Actor } from '@tenure/contracts';
import { exampleCatalog } from './catalog/example.js';
import { installedStage, typedAt } from './testing/installed.js';

const stage = installedStage();
let folder: string;
let actor: Actor;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'catalog-'));
  const organizationId = await stage.anOrganization('Sol Partner');
  actor = await stage.aMember({ organizationId, subject: 'ana', name: 'Ana', email: 'ana@sol.example' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { licenses, sectors } = JSON.parse(exampleCatalog);
const records = (content: unknown) => {
  const file = path.join(folder, 'catalog.json');
  writeFileSync(file, JSON.stringify(content));
  const { NATS_URL, NATS_PASSWORD } = stage.nats.environment('operator');
  return typedAt({ NATS_URL: NATS_URL!, NATS_PASSWORD: NATS_PASSWORD! }, '', 'catalog', file);
};
const license = async (code: string) => {
  const { items } = await stage.gateway.ask(listLicenses, { actor });
  return items.find((one) => one.code === code);
};
const sector = async (code: string) => {
  const { items } = await stage.gateway.ask(listSectors, { actor });
  return items.find((one) => one.code === code);
};

describe('npm run catalog', () => {
  it('records the licenses and sectors of a file, and may be repeated', async () => {
    for (let times = 0; times < 2; times += 1)
      expect(await records({ licenses, sectors })).toEqual({
        code: 0,
        out: expect.stringContaining('Recorded 1 license and 1 sector.'),
      });
    expect(await license('basic')).toEqual(licenses[0]);
    expect(await sector('hotel')).toEqual(sectors[0]);
  });

  it('changes an entry with a known code, and keeps those that the file leaves out', async () => {
    await records({ licenses, sectors: [{ code: 'spa', names: { en: 'Spas', es: 'Balnearios' } }] });
    const wider = { ...licenses[0], maxDatapoints: 500 };
    expect(await records({ licenses: [wider] })).toMatchObject({ code: 0 });
    expect(await license('basic')).toEqual(wider);
    expect([await license('standard'), await sector('spa')]).toEqual([
      expect.objectContaining({ code: 'standard' }),
      { code: 'spa', names: { en: 'Spas', es: 'Balnearios' } },
    ]);
  });

  it('records nothing of a file with a mistake', async () => {
    const changed = { ...licenses[0], maxDatapoints: 900 };
    const answer = await records({ licenses: [changed], sectors: [{ code: 'spa' }] });
    expect(answer).toEqual({ code: 1, out: expect.stringContaining('→ at sectors[0].names') });
    expect((await license('basic'))?.maxDatapoints).not.toBe(900);
  });
});
