import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'chai';
import { chromium, type Browser, type Page } from 'playwright-core';
import {
  startOnPremiseSandbox,
  startSandbox,
  type Sandbox,
} from '../../sandbox/server';

type Options = Parameters<typeof startSandbox>[0];

const CANDIDATES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = CANDIDATES.find(path => path && existsSync(path));

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Promise<Browser> | undefined;
const open = new Set<AnySandbox>();

/** A test that fails leaves its sandbox open, and the tests would never end. */
export function closeAtTheEnd<Started extends AnySandbox>(
  sandbox: Started,
): Started {
  open.add(sandbox);
  return sandbox;
}

after(async () => {
  if (browser) await (await browser).close();
  await Promise.all([...open].map(sandbox => sandbox.close()));
});

/** Tests in a real browser; they are skipped where there is none. */
export function describeInBrowser(title: string, tests: () => void) {
  if (executablePath) return describe(title, () => tests()).timeout(60_000);
  describe(title, () => {
    it('is skipped: no Chromium was found (set CHROMIUM to its path)');
  });
}

export interface Look {
  width?: number;
  dark?: boolean;
}

/** Opens the page of a new sandbox. What the page must never do fails the test. */
export async function openPhone(options: Options = {}, look: Look = {}) {
  return opened(await startSandbox({ phone: {}, ...options }), look);
}

export const openOnPremisePhone = async (options: Options, look: Look = {}) =>
  opened(await startOnPremiseSandbox({ phone: {}, ...options }), look);

type AnySandbox = Pick<Sandbox, 'origin' | 'close'>;

async function opened<Started extends AnySandbox>(
  sandbox: Started,
  look: Look,
) {
  closeAtTheEnd(sandbox);
  const page = await openPage(sandbox.origin, look);
  const close = async () => {
    await page.context().close();
    await sandbox.close();
  };
  return { sandbox, page, close };
}

const problems = new WeakMap<Page, string[]>();

export async function openPage(
  origin: string,
  { width = 1280, dark = false }: Look = {},
): Promise<Page> {
  browser ??= chromium.launch({ executablePath, args: ARGS });
  const context = await (
    await browser
  ).newContext({
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const found: string[] = [];
  problems.set(page, found);
  page.on('pageerror', error => found.push(`error: ${error.message}`));
  page.on('console', message => {
    if (message.type() === 'error') found.push(`console: ${message.text()}`);
  });
  page.on('request', request => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && hostname !== '127.0.0.1')
      found.push(`request: ${request.url()}`);
  });
  await page.goto(`${origin}/`);
  await page.locator('.facts').waitFor({ state: 'attached' });
  return page;
}

/** No error in the console, and no request to anywhere else. */
export const expectQuiet = (page: Page, allowed = /^$/) =>
  expect(
    problems.get(page)?.filter(problem => !allowed.test(problem)),
  ).to.deep.equal([]);

/** No violation of axe's rules, and no scrolling sideways. */
export async function expectAccessible(page: Page, what: string) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`,
  );
  expect(found, what).to.deep.equal([]);
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(overflow, `${what}: sideways`).to.equal(0);
}

export const chat = (page: Page) => page.getByRole('log');

export const choose = (page: Page, name: string | RegExp) =>
  page
    .getByRole('navigation', { name: 'People' })
    .getByRole('button', { name })
    .first()
    .click();

export const facts = (page: Page) =>
  page.getByRole('complementary', { name: 'What happened' });
