import { runCommand, type Command } from '@tenure/platform/command/command';
import { findStack, type Stack } from '@tenure/local/supervisor/find-stack';
import { Stop } from '@tenure/platform/command/stop';
import { onOwnStack } from '@tenure/local/supervisor/own-stack';
import { chapters } from './tour/chapters/index.js';
import { Mailbox } from './tour/letters.js';
import { environmentOf, sendsRealEmails } from './tour/real-mail.js';
import { Story } from './tour/story.js';
import { Tour } from './tour/tour.js';

/** `npm run tour`: the main job as a story, through the HTTP API, on the stack that runs or on one of its own. */
const began = Date.now();
const say = (line: string) => console.log(line);

await runCommand('The tour was interrupted.', main);

async function main(command: Command): Promise<number> {
  const found = findStack();
  if (found) {
    const { publicUrl } = found.configuration;
    if (sendsRealEmails(environmentOf(found.pid('notifications'))))
      throw new Stop(
        `The stack running at ${publicUrl} sends real e-mails, which the tour cannot read. Start it without RESEND_API_KEY, or end it so that the tour starts its own.`,
      );
    say(`A tour of the stack running at ${publicUrl}.`);
    return tell(found, command.broken);
  }
  say('No stack is running on this data folder: the tour starts its own and ends it afterwards.');
  return onOwnStack('tour', command, (own) => {
    say(`It was up after ${secondsSince(began)} s.`);
    return tell(own, command.broken);
  });
}

/** Returns the exit code. A chapter that throws counts as failed, and the tour continues with the next one. */
async function tell(stack: Stack, broken: Promise<never>): Promise<number> {
  const story = new Story(say);
  const tour = await Tour.begin(story, stack, new Mailbox(stack.mailbox));
  const start = Date.now();
  for (const chapter of chapters)
    await Promise.race([chapter(tour), broken]).catch((error: unknown) => {
      if (error instanceof Stop) throw error;
      story.broke('this chapter could not be finished', error);
    });
  say(`\nThe tour took ${secondsSince(start)} s.\n${story.end()}`);
  return story.failed === 0 ? 0 : 1;
}

function secondsSince(start: number): string {
  return ((Date.now() - start) / 1000).toFixed(0);
}
