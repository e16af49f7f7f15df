import { createInterface } from 'node:readline/promises';

/** Whether the person at the terminal agrees. End of input means no. */
export async function agreed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(`${question} (y/N) `), ended]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
