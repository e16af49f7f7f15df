import { BrowserStage } from './stage.js';

const sofia = 'sofia@solar-partner.example';
const marc = 'marc@solar-partner.example';
const irene = 'irene@solar-partner.example';
const ruth = 'ruth@grid-partner.example';
const grace = 'grace@grid-partner.example';
const oliver = 'oliver@platform.example';

let stage: BrowserStage;
beforeAll(async () => {
  stage = await BrowserStage.set();
}, 120_000);
afterAll(() => stage?.strike(), 60_000);
afterEach(() => stage?.everybodyLeaves());

describe('who may enter', () => {
  it('a member without a role sees the names of active accounts, and neither entry', async () => {
    await stage.approved(await stage.applied(grace, { accountName: 'Harbor' }));
    const { page } = await stage.visitor(ruth);
    await page.getByText('Harbor', { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Account management' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Customer Success' }).count()).toBe(0);
  });

  it.each([
    [ruth, 'You need the SuperAdmin permission.'],
    [irene, 'Necesitas el permiso de SuperAdmin.'],
    [oliver, 'You need the SuperAdmin permission.'],
  ])('%s is told what is missing, in their language', async (signIn, sentence) => {
    const { page } = await stage.visitor(signIn, '/account-management/active');
    await page.getByText(sentence).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
  });

  it('a SuperAdmin enters by the button at the top right and by the icon of the main screen', async () => {
    const visitor = await stage.visitor(marc);
    for (const place of ['banner', 'main'] as const) {
      await visitor.page.goto('/');
      await visitor.page.getByRole(place).getByRole('link', { name: 'Account management' }).click();
      expect(await visitor.arriveAt('Active accounts')).toBe('/account-management/active');
    }
    expect(await visitor.page.getByRole('link', { name: 'Customer Success' }).count()).toBe(0);
  });

  it("another organization's account does not exist", async () => {
    const accountId = await stage.approved(await stage.applied(grace, { accountName: 'Lighthouse' }));
    const { page } = await stage.visitor(marc, `/account-management/accounts/${accountId}`);
    const heading = page.getByRole('heading', { level: 1 });
    await heading.waitFor();
    const theirs = await heading.textContent();
    await page.goto('/account-management/accounts/0198c2f4-0000-7000-8000-000000000000');
    await heading.waitFor();
    expect([theirs, await page.getByText('Lighthouse').count()]).toEqual([await heading.textContent(), 0]);
  });

  it('whose session has ended signs in and comes back to the page', async () => {
    const visitor = await stage.visitor(sofia, '/account-management/expired');
    await visitor.arriveAt('Cuentas caducadas');
    await visitor.context.clearCookies();
    await visitor.page.goto('/account-management/applications');
    await visitor.page.getByRole('button', { name: sofia }).click();
    expect(await visitor.arriveAt('Solicitudes')).toBe('/account-management/applications');
  });
});
