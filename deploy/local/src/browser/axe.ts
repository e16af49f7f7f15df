import axe from 'axe-core';
import type { Page } from 'playwright-core';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Violations of WCAG 2.2 AA on the current page, according to axe. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Injected once per page: sending and parsing it takes as long as a check.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    // Passed rules are not reported, which would take longer than finding violations.
    const options = {
      runOnly: { type: 'tag' as const, values },
      resultTypes: ['violations' as const],
      selectors: false,
    };
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, wcag);
}
