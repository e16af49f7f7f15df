import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules that go by what the color scheme changes. Colors are the same at each width. */
const ofColors = ['color-contrast', 'link-in-text-block'];

/** What is against WCAG 2.2 AA on a page as it stands, as axe sees it. */
export async function violationsOn(page: Page, { colorsAlone = false } = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const chosen = colorsAlone ? axe.withRules(ofColors) : axe.withTags(wcag);
  const { violations } = await chosen.setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
