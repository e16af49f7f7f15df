import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const compiled = path.resolve(import.meta.dirname, '../../dist/command/command.js');

it('runs to its end after its output was closed, as by `| head -1`', async () => {
  const code = `
    import { once } from 'node:events';
    import { runCommand } from ${JSON.stringify(compiled)};
    await runCommand('Interrupted.', async () => {
      console.log('first');
      await once(process.stdin.resume(), 'end');
      for (const more of ['second', 'third']) await new Promise((said) => process.stdout.write(more, said));
      console.error('done');
      return 3;
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { env: {} });
  child.stdin.on('error', () => undefined);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => (said += words));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.end();
  const [ended] = (await once(child, 'close')) as [number];
  expect([ended, said]).toEqual([3, 'done\n']);
});

it('ends after an error, whatever is still open, such as a connection to a server that says nothing', async () => {
  const code = `
    import { runCommand } from ${JSON.stringify(compiled)};
    await runCommand('Interrupted.', async () => {
      setInterval(() => undefined, 60_000);
      throw new Error('No.');
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { env: {} });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => (said += words));
  const [ended] = (await once(child, 'close')) as [number];
  expect([ended, said]).toEqual([1, expect.stringContaining('Error: No.')]);
});
