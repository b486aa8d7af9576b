import { expect } from 'chai';
import {
  chat,
  choose,
  describeInBrowser,
  expectAccessible,
  expectQuiet,
  openPhone,
  type Look,
} from '../support/browser';
import { jobFile } from '../support/job-file';
import { sendByMeta } from '../support/send';

const AMINA = '254712345678';
const people = [{ number: AMINA, name: 'Amina' }];
const EVIL = '<img src=x onerror="window.hurt = 1">';

type Opened = Awaited<ReturnType<typeof openPhone>>;

const send = ({ sandbox }: Pick<Opened, 'sandbox'>, message: object) =>
  sendByMeta(sandbox, AMINA, message);

const buttons = (title: string) => ({
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: `Which? ${title}` },
    action: { buttons: [{ type: 'reply', reply: { id: 'a', title } }] },
  },
});

describeInBrowser('hostile texts', () => {
  it('stay texts: in names, messages, buttons, files and errors', async () => {
    const opened = await openPhone({
      phone: { people: [{ number: AMINA, name: EVIL }] },
    });
    const { page, sandbox, close } = opened;
    await send(opened, { type: 'text', text: { body: `${EVIL} *${EVIL}*` } });
    await send(opened, buttons('<b>x</b>'));
    await send(opened, {
      type: 'document',
      document: { link: 'https://evil.example/a.svg', filename: EVIL },
    });
    await choose(page, /img/);
    await page.getByLabel(/^Write as/).fill(`<script>window.hurt = 1</script>`);
    await page.keyboard.press('Enter');
    await chat(page).getByText('<script>').first().waitFor();
    await sandbox.close().catch(() => undefined);
    expect(await page.evaluate('window.hurt')).to.equal(undefined);
    expect(await page.locator('.log img').count()).to.equal(0);
    expectQuiet(page, /ERR_|Failed to load|status of 5/);
    await close();
  });

  it('in a file are never shown as a page', async () => {
    const { sandbox, close } = await openPhone();
    sandbox.addFile('77', 'text/plain', Buffer.from('<script>1</script>'));
    const { headers } = await fetch(`${sandbox.origin}/_sandbox/files/77`);
    expect(headers.get('content-type')).to.equal('application/octet-stream');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    await close();
  });
});

describeInBrowser('the keyboard', () => {
  it('leads from the start to a tapped button and back', async () => {
    const opened = await openPhone({ phone: { people } });
    const { page, close } = opened;
    await send(opened, buttons('Yes'));
    await page.getByLabel('1 unread').waitFor();
    await page.keyboard.press('ArrowDown');
    await chat(page).getByRole('button', { name: 'Yes' }).waitFor();
    const focused = page.locator(':focus-visible');
    expect(await focused.textContent()).to.contain('Amina');
    await page.keyboard.press('1');
    await chat(page).locator('article.in', { hasText: 'Yes' }).waitFor();

    await page.keyboard.press('Enter');
    await page.locator('#composer:focus').waitFor();
    await page.keyboard.type('1 r c ?');
    await page.keyboard.press('Enter');
    await chat(page).getByText('1 r c ?').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expectQuiet(page);
    await close();
  });

  it('reaches everything by Tab in the order of reading', async () => {
    const opened = await openPhone({ phone: { people } });
    const { page, close } = opened;
    await send(opened, buttons('Yes'));
    await choose(page, 'Amina');
    await page.reload();
    await chat(page).getByRole('button', { name: 'Yes' }).waitFor();
    const names: string[] = [];
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(
          "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()",
        ),
      );
    }
    const order = [
      'Templates',
      '+ Person',
      'Let 24 hours pass',
      'Yes',
      'Image',
      'Send',
    ];
    const places = order.map(name => names.indexOf(name));
    expect(places, names.join(' | ')).not.to.contain(-1);
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
    await close();
  });
});

const LOOKS: Look[] = [360, 1280].flatMap(width =>
  [false, true].map(dark => ({ width, dark })),
);

describeInBrowser('axe finds nothing', () => {
  for (const look of LOOKS)
    it(`at ${look.width} pixels, ${look.dark ? 'dark' : 'light'}`, async () => {
      const job = jobFile(`sendMessage('+${AMINA}', { image: 3 });`);
      const opened = await openPhone({ phone: { job } }, look);
      const { page, close } = opened;
      const isNarrow = look.width === 360;
      await page.getByText('A WhatsApp for your jobs').waitFor();
      await expectAccessible(page, 'empty');

      await page.getByRole('button', { name: '+ Person' }).click();
      await expectAccessible(page, 'new person');
      await page.getByLabel('Number, with its').fill('+254 712 345 678');
      await page.getByLabel('Name').fill('Amina');
      await page.getByRole('button', { name: 'Add' }).click();
      await send(opened, buttons('Yes'));
      await send(opened, { type: 'image', image: { id: '9000000000000002' } });
      await chat(page).getByRole('button', { name: 'Yes' }).click();
      await chat(page).locator('article.in').waitFor();
      await expectAccessible(page, 'chat');

      if (isNarrow)
        await page.getByRole('button', { name: 'What happened' }).click();
      await page.getByText('Fix:').waitFor();
      await expectAccessible(page, 'failed run');
      await page.locator('.fact.webhook button').first().click();
      await page.getByText('What parseWebhook() gives').waitFor();
      await expectAccessible(page, 'webhook');
      await page.getByRole('button', { name: 'Templates' }).click();
      await expectAccessible(page, 'templates');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Faults' }).click();
      await expectAccessible(page, 'faults');
      expectQuiet(page);
      await close();
    });
});
