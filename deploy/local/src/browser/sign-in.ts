import type { BrowserContext } from 'playwright-core';

/** Signs a sample person in as people do: through the gateway, at the identity provider, with a click on the name. */
export async function signIn(context: BrowserContext, publicUrl: string, signIn: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${publicUrl}/auth/sign-in?return=/`);
  await page.locator(`button[value="${signIn}"]`).click();
  await page.waitForURL(`${publicUrl}/`);
  await page.close();
}
