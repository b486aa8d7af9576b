import { expect } from 'chai';
import {
  chat,
  choose,
  closeAtTheEnd,
  describeInBrowser,
  expectQuiet,
  facts,
  openPage,
  openPhone,
} from '../support/browser';
import { jobFile } from '../support/job-file';
import { startSandbox } from '../../sandbox/server';

const AMINA = '254712345678';
const people = [{ number: AMINA, name: 'Amina' }];
const GREET = `sendMessage('+${AMINA}', 'Hello Amina');`;

type Opened = Awaited<ReturnType<typeof openPhone>>;

const writeAsAmina = async ({ page }: Pick<Opened, 'page'>, text: string) => {
  await choose(page, 'Amina');
  await page.getByLabel('Write as Amina').fill(text);
  await page.keyboard.press('Enter');
};

describeInBrowser('a run on the page', () => {
  let opened: Opened;
  const start = async (source: string, limit?: number) => {
    opened = await openPhone({
      phone: { job: jobFile(source), people, limit },
    });
    await writeAsAmina(opened, 'Hi');
    return opened;
  };
  afterEach(async () => {
    expectQuiet(opened.page);
    await opened.close();
  });

  it('that fails opens by itself, with its error and how to fix it', async () => {
    const { page } = await start(`sendMessage('+${AMINA}', { image: 3 });`);
    const run = facts(page).locator('.fact.run');
    await run.getByText('INVALID_MESSAGE in sendMessage()').waitFor();
    await run.getByText('Fix:').waitFor();
    expect(await run.getByRole('button').first().textContent()).to.contain(
      'failed',
    );
  });

  it('of a job with a syntax error fails, and the next one goes on', async () => {
    const { page } = await start('fn(state => { let x = ; });');
    await facts(page)
      .getByText(/Unexpected token/)
      .first()
      .waitFor();
    await writeAsAmina(opened, 'Again');
    await facts(page).locator('.fact.run.bad').nth(1).waitFor();
  });

  it('that never ends is stopped at the limit, and the next one goes on', async () => {
    const { page } = await start('fn(state => { for (;;); });', 1);
    await chat(page)
      .getByText(/^running/)
      .waitFor();
    await writeAsAmina(opened, 'Again');
    await facts(page)
      .getByText('took longer than 1 s and was stopped')
      .waitFor();
    await facts(page).locator('.fact.run.bad').nth(1).waitFor();
  });

  it('shows its log and the rows that it leaves', async () => {
    const { page } = await start(
      "fn(state => { console.log('seen'); return { ...state, data: [{ name: 'Amina', age: 5 }] }; });",
    );
    const run = facts(page).locator('.fact.run');
    await run.getByText('done').waitFor();
    await run.getByRole('button').first().click();
    await run.getByText('seen').waitFor();
    await run.getByRole('cell', { name: 'Amina' }).waitFor();
  });

  it('is repeated by each repeated webhook', async () => {
    const { page, sandbox } = await start(GREET);
    await chat(page).getByText('Hello Amina').waitFor();
    await facts(page).locator('.fact.webhook button').first().click();
    const again = facts(page).getByRole('button', { name: 'Send again' });
    await again.click();
    await again.click();
    await chat(page).getByText('Hello Amina').nth(2).waitFor();
    expect(sandbox.countOf(AMINA)).to.equal(3);
    expect(await facts(page).locator('.fact.run').count()).to.equal(3);
  });

  it('meets the faults that are armed, and the badge is gone', async () => {
    opened = await openPhone({ phone: { job: jobFile(GREET), people } });
    const { page } = opened;
    await page.getByRole('button', { name: 'Faults' }).click();
    await page.getByLabel('How many times').fill('2');
    await page.getByRole('button', { name: 'Arm' }).click();
    await page.getByText('2 faults armed').waitFor();
    await writeAsAmina(opened, 'Hi');
    await chat(page).getByText('Hello Amina').waitFor();
    await facts(page)
      .getByText(/messages · 200/)
      .waitFor();
    const statuses = await facts(page)
      .locator('.fact.request .what')
      .allTextContents();
    expect(
      statuses.map(text => /messages · (.*) · \d+ ms/.exec(text)?.[1]),
    ).to.deep.equal(['200', '400 · 130429', '400 · 130429']);
    expect(await page.getByText('armed').count()).to.equal(0);
  });

  it('sends freely within 24 hours, and then only templates', async () => {
    const job = `
      sendMessage('+${AMINA}', 'Free text');
      sendTemplate('+${AMINA}', { name: 'hello_world' });`;
    opened = await openPhone({
      phone: { job: jobFile(GREET), send: jobFile(job, 'send.js'), people },
    });
    const { page } = opened;
    await facts(page)
      .getByText(/send\.js · done/)
      .waitFor();
    await writeAsAmina(opened, 'Hi');
    await chat(page).getByText('Hello Amina').waitFor();
    await page.getByText(/window open until/).waitFor();
    await page.getByRole('button', { name: 'Let 24 hours pass' }).click();
    await page.getByText('window closed: templates only').waitFor();
    await facts(page).getByRole('button', { name: 'Run send.js' }).click();
    const failed = chat(page).getByText(/Not delivered: .*\(131047\)/);
    await failed.first().waitFor();
    await chat(page).getByText('Welcome and congratulations!').nth(1).waitFor();
  });
});

describeInBrowser('the page', () => {
  it('is the same after a reload', async () => {
    const { page, close } = await openPhone({
      phone: { job: jobFile(GREET), people },
    });
    await writeAsAmina({ page }, 'Hi');
    await chat(page).getByText('Hello Amina').waitFor();
    await facts(page)
      .getByText(/· done ·/)
      .waitFor();
    const before = await chat(page).ariaSnapshot();
    await page.reload();
    await chat(page).getByText('Hello Amina').waitFor();
    expect(await chat(page).ariaSnapshot()).to.equal(before);
    expectQuiet(page);
    await close();
  });

  it('says that the sandbox has stopped, and goes on with the next one', async () => {
    const { page, sandbox, close } = await openPhone({ phone: { people } });
    await writeAsAmina({ page }, 'Before');
    const port = Number(new URL(sandbox.origin).port);
    const saved = await (
      await fetch(`${sandbox.origin}/_sandbox/state`)
    ).json();
    await sandbox.close();
    await page.getByText('Reconnecting…').waitFor();

    const next = closeAtTheEnd(await startSandbox({ port, phone: { people } }));
    await fetch(`${next.origin}/_sandbox/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(saved),
    });
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
    await writeAsAmina({ page }, 'After');
    await chat(page).getByText('After').waitFor();
    expect(await chat(page).getByText('Before').count()).to.equal(1);
    await next.close();
    await close();
  });

  it('is cleared at once, and that can be undone', async () => {
    const { page, close } = await openPhone({ phone: { people } });
    await writeAsAmina({ page }, 'Keep me');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Everything is cleared.').waitFor();
    await page.getByText('A WhatsApp for your jobs').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await choose(page, 'Amina');
    await chat(page).getByText('Keep me').waitFor();
    await close();
  });

  it('is exported and imported as one file', async () => {
    const first = await openPhone({ phone: { people } });
    await writeAsAmina(first, 'Carry me');
    const [download] = await Promise.all([
      first.page.waitForEvent('download'),
      first.page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const file = await download.path();
    const second = await openPhone();
    await second.page.getByLabel('Import').setInputFiles(file);
    await choose(second.page, 'Amina');
    await chat(second.page).getByText('Carry me').waitFor();
    await first.close();
    await second.close();
  });

  it('reviews templates', async () => {
    const { page, sandbox, close } = await openPhone();
    await page.getByRole('button', { name: 'Templates' }).click();
    await page
      .getByRole('button', { name: 'Pause hello_world (en_US)' })
      .click();
    await page.getByText('PAUSED').waitFor();
    expect(
      sandbox.templates.find(({ name }) => name === 'hello_world')?.status,
    ).to.equal('PAUSED');
    await close();
  });

  it('writes to the number of ours that is chosen', async () => {
    const { page, sandbox, close } = await openPhone({ phone: { people } });
    await choose(page, 'Amina');
    await page.getByLabel('Our number').selectOption('123456789012346');
    await writeAsAmina({ page }, 'To the second');
    await chat(page).getByText('To the second').waitFor();
    const state: any = await (
      await fetch(`${sandbox.origin}/_sandbox/state`)
    ).json();
    expect(state.messages[0].number).to.equal('123456789012346');
    expect(state.webhooks[0].body).to.contain('123456789012346');
    await close();
  });

  it('shows the last 200 of 20,000 people and messages, and finds the others', async () => {
    const { sandbox, close } = await openPhone();
    const { origin, credential } = sandbox;
    const state: any = await (await fetch(`${origin}/_sandbox/state`)).json();
    const message = (index: number, to: string) => ({
      id: `wamid.${index}`,
      to,
      payload: { type: 'text', text: { body: `Message ${index}` } },
      shown: { body: `Message ${index}` },
      at: Date.now() - index,
      phoneNumberId: credential.phoneNumberId,
      status: 'sent',
    });
    state.people = Array.from({ length: 20_000 }, (_value, index) => ({
      id: String(254700000000 + index),
      number: String(254700000000 + index),
      shown: `+${254700000000 + index}`,
      wroteAt: {},
    }));
    state.stored.deliveries = Array.from({ length: 20_000 }, (_value, index) =>
      message(
        index,
        index < 10_000 ? '254700000001' : String(254700000000 + index),
      ),
    );
    await fetch(`${origin}/_sandbox/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(state),
    });
    const other = await openPage(origin);
    await other.getByText('19,800 more: search').waitFor();
    await other.getByLabel('Search people').fill('254700000001');
    await choose(other, '254700000001');
    await other.getByRole('button', { name: /9,800/ }).waitFor();
    await chat(other).getByText('Message 0', { exact: true }).waitFor();
    await other.context().close();
    await close();
  });
});
