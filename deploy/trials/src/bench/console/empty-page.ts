import type { Page } from 'playwright-core';

const path = '/empty';

/**
 * The minimum for any page in this browser: a heading, a button that confirms a press, an input, and the events it
 * receives.
 */
const html = `<!doctype html><html lang="en"><title>Empty</title><h1>Empty</h1><button>Press</button><input aria-label="Type"><p></p>
<script>
  const said = document.querySelector('p');
  document.querySelector('button').onclick = () => (said.textContent = 'Pressed');
  new EventSource('/api/live').addEventListener('changed', ({ data }) => (said.textContent += data));
</script></html>`;

/** Opens it at the gateway's address, so that it receives live updates as the console does. */
export async function openEmptyPage(page: Page): Promise<void> {
  await page.route(`**${path}`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  const live = page.waitForResponse('**/api/live');
  await page.goto(path);
  await live;
}
