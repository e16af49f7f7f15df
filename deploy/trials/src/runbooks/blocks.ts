/** What somebody types at a terminal: one fenced `sh` block of a page. */
export interface Block {
  page: string;
  text: string;
  /** The comment before it says that it is run by another spec: that one's file and title. */
  runBy?: { file: string; title: string };
  /** The comment before it says why it cannot be run on one machine. */
  notRun?: string;
}

const fence = /(?:<!-- (run by|not run): (.+?) -->\n+)?^```sh\n([^]*?)^```$/gm;

/** The blocks of a page in Markdown, in their order. @throws when a comment says `run by` and not what */
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
  if (file === undefined || title === undefined) throw new Error(`Who runs it? "${words}" names no spec and title.`);
  return { file, title };
}
