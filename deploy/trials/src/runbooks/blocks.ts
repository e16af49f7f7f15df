/** A command to type at a terminal: one fenced `sh` block of a page. */
export interface Block {
  page: string;
  text: string;
  /** The file and title of another spec that runs it, from the comment before it. */
  runBy?: { file: string; title: string };
  /** Why it cannot be run on one machine, from the comment before it. */
  notRun?: string;
}

const fence = /(?:<!-- (run by|not run): (.+?) -->\n+)?^```sh\n([^]*?)^```$/gm;

/** The blocks of a Markdown page, in order. @throws if a `run by` comment lacks the spec or its title */
export function blocksOf(page: string, markdown: string): Block[] {
  return [...markdown.matchAll(fence)].map(([, mark, words = '', text = '']) => ({
    page,
    text,
    ...(mark === 'run by' && { runBy: elsewhere(words) }),
    ...(mark === 'not run' && { notRun: words }),
  }));
}

function elsewhere(words: string): { file: string; title: string } {
  const [, file, title] = /^(\S+), (.+)$/.exec(words) ?? [];
  if (file === undefined || title === undefined)
    throw new Error(`The comment "run by: ${words}" needs a spec and a title.`);
  return { file, title };
}
