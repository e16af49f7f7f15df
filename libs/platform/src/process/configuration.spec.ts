import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { readConfiguration } from './configuration.js';
import { ConfigurationError } from './variable.js';

const schema = z.object({
  PORT: z.coerce.number().int().max(65_535),
  KEY: z.string().min(8, 'it has fewer than 8 characters'),
  LEVEL: z.enum(['low', 'high']).default('low'),
});

describe('the configuration', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tenure-configuration-'));
  const file = path.join(folder, 'key');
  writeFileSync(file, 'from-a-file\n');
  afterAll(() => rmSync(folder, { recursive: true }));
  const sentences = (environment: Record<string, string>) => {
    try {
      readConfiguration(schema, environment);
      return [];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return error.message.split('\n');
    }
  };

  it('is read from the environment, with its defaults', () =>
    expect(readConfiguration(schema, { PORT: '80', KEY: '12345678', OTHER: 'x' })).toEqual({
      PORT: 80,
      KEY: '12345678',
      LEVEL: 'low',
    }));

  it('is read from a file without the line break at its end', () =>
    expect(readConfiguration(schema, { PORT: '80', KEY_FILE: file })).toMatchObject({ KEY: 'from-a-file' }));

  it('prefers the variable to the file', () =>
    expect(readConfiguration(schema, { PORT: '80', KEY: 'from-here', KEY_FILE: file })).toMatchObject({
      KEY: 'from-here',
    }));

  it('is read from the file if the variable is empty', () =>
    expect(readConfiguration(schema, { PORT: '80', KEY: '', KEY_FILE: file })).toMatchObject({ KEY: 'from-a-file' }));

  it('reports all errors together, one sentence each, without values', () =>
    expect(sentences({ PORT: '70000', KEY: 'short', LEVEL: 'middle' })).toEqual([
      'PORT is not valid: At most 65,535.',
      'KEY is not valid: it has fewer than 8 characters.',
      'LEVEL is not valid: This has to be one of: low, high.',
    ]));

  it.each<Record<string, string>>([{}, { PORT: '' }, { PORT_FILE: '' }])(
    'treats an empty variable as missing: %j',
    (environment) =>
      expect(sentences({ KEY: '12345678', ...environment })).toEqual(['PORT is missing: set it, or PORT_FILE.']),
  );

  it('names the file that it cannot read', () =>
    expect(sentences({ PORT: '80', KEY_FILE: '/does/not/exist' })).toEqual([
      'KEY cannot be read: there is no readable file /does/not/exist (KEY_FILE).',
    ]));
});
