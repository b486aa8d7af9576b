// Takes the pictures of the README: npm run screenshots -- [path of Chromium]
import { mkdirSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { startSandbox } from '../sandbox/server';

const FOLDER = 'docs-site/screenshots';
const [, , executablePath = '/usr/bin/chromium'] = process.argv;

const sandbox = await startSandbox({
  phone: {
    job: 'examples/inbound-triage.js',
    send: 'examples/appointment-reminder.js',
    state: 'examples/appointment-reminder.state.json',
    people: [
      { number: '254712345678', name: 'Amina' },
      { number: '254722000111', name: 'Joseph' },
    ],
  },
});
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu'],
});

async function open(
  width: number,
  height: number,
  colorScheme: 'light' | 'dark',
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
  });
  const page = await context.newPage();
  await page.goto(sandbox.origin);
  await page.getByRole('button', { name: /Amina/ }).first().click();
  return page;
}

async function converse(page: Page) {
  const log = page.getByRole('log');
  await log.getByRole('button', { name: 'Confirm' }).click();
  await log.getByText('Thank you, we will see you then.').waitFor();
  await page.getByLabel('Write as Amina').fill('Can I bring my *daughter*?');
  await page.keyboard.press('Enter');
  await log.getByText('A nurse will read your message').waitFor();
  await log.getByLabel(/^Menu/).first().click();
  await log.getByRole('button', { name: 'Read' }).first().click();
  await page.getByText(/✓✓ read/).waitFor();
}

const shoot = (page: Page, name: string) =>
  page.screenshot({ path: `${FOLDER}/${name}.png` });

mkdirSync(FOLDER, { recursive: true });
const wide = await open(1280, 800, 'light');
await converse(wide);
await wide.locator('.fact.webhook .row').last().click();
await wide.getByText('What parseWebhook() gives').waitFor();
await shoot(wide, 'phone-1280');
await shoot(await open(1280, 800, 'dark'), 'phone-1280-dark');
await shoot(await open(360, 740, 'light'), 'phone-360');
await browser.close();
await sandbox.close();
