import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@tenure/testing';
import { portNames, portVariable } from './configuration.js';
import { repository } from './folders.js';
import { deleteData, ownConfiguration } from './supervisor/own-configuration.js';
import { RunningFile } from './supervisor/running-file.js';

it('npm start stops everything although its output was closed, as by Ctrl-C after `| tee`', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-'));
  const configuration = await ownConfiguration('start', folder);
  const { dataFolder, ports } = configuration;
  const start = spawn(process.execPath, [path.join(repository, 'deploy/local/dist/start.js')], {
    env: {
      ...process.env,
      ...Object.fromEntries(portNames.map((name) => [portVariable(name), String(ports[name])])),
      TENURE_DATA: dataFolder,
    },
  });
  let said = '';
  start.stderr.setEncoding('utf8').on('data', (words: string) => (said += words));
  try {
    await once(start.stdout, 'data');
    start.stdout.destroy();
    await eventually(() => expect(new RunningFile(dataFolder).read()?.processes.length).toBeGreaterThan(0));
    start.kill('SIGTERM');
    expect([await once(start, 'close'), said]).toEqual([[0, null], 'Stopped before it was ready.\n']);
    expect(new RunningFile(dataFolder).read()).toBeUndefined();
  } finally {
    // Ends what a start that did not stop everything has left behind.
    await new RunningFile(dataFolder).take();
    deleteData(configuration);
    rmSync(folder, { recursive: true });
  }
});
