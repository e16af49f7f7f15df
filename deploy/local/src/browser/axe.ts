import axe from 'axe-core';
import type { Page } from 'playwright-core';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules that go by what the color scheme changes. Colors are the same at each width. */
const ofColors = ['color-contrast', 'link-in-text-block'];

/** What is against WCAG 2.2 AA on a page as it stands, as axe sees it. */
export async function violationsOn(page: Page, { colorsAlone = false } = {}): Promise<string[]> {
  // Once for each page: to send and to read it takes as long as a look.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async (runOnly) => {
      // What is right is not told, which would take longer than to find it.
      const options = { runOnly, resultTypes: ['violations' as const], selectors: false };
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(options);
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    },
    colorsAlone ? { type: 'rule' as const, values: ofColors } : { type: 'tag' as const, values: wcag },
  );
}
