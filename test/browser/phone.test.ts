import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { parse } from '../../src/webhooks/parse';
import type { Sandbox } from '../../sandbox/server';
import {
  chat,
  choose,
  describeInBrowser,
  expectQuiet,
  facts,
  openOnPremisePhone,
  openPhone,
} from '../support/browser';
import { jobFile } from '../support/job-file';
import { runJob } from '../support/run-job';

const AMINA = '254712345678';
const ANSWER = `
parseWebhook();
each(
  $.data.messages,
  sendMessage($.data.from, state => \`You wrote: \${state.data.text || state.data.type}\`),
);
`;
const people = [{ number: AMINA, name: 'Amina' }];
const answering = () => ({ phone: { job: jobFile(ANSWER), people } });

/** Runs a job against the sandbox, as the CLI does. */
async function run(sandbox: Sandbox, job: string) {
  const { credential } = sandbox;
  const { errors } = await runJob(job, {
    configuration: { ...credential, defaultCountry: 'KE' },
    data: {},
  });
  expect(errors).to.equal(undefined);
}

const rowsOf = async (page: Page, kind: string) => {
  const text = await facts(page)
    .locator(`.fact.${kind}`)
    .first()
    .locator('.json')
    .filter({ hasText: 'parseWebhook' })
    .locator('pre')
    .textContent();
  return JSON.parse(text!);
};

describeInBrowser('the phone', () => {
  let opened: Awaited<ReturnType<typeof openPhone>>;
  afterEach(async () => {
    expectQuiet(opened.page, /Failed to load resource.*400/);
    await opened.close();
  });

  it('shows how to begin, with the credential but without its token', async () => {
    opened = await openPhone();
    const { page, sandbox } = opened;
    await page.getByText('A WhatsApp for your jobs').waitFor();
    const text = await page.locator('.empty pre').textContent();
    expect(text).to.contain(sandbox.credential.phoneNumberId);
    expect(await page.content()).not.to.contain(sandbox.credential.apiToken);

    await page.getByRole('button', { name: 'Copy state.json' }).click();
    await page.getByText('state.json is copied.').waitFor();
    const copied: string = await page.evaluate(
      'navigator.clipboard.readText()',
    );
    expect(JSON.parse(copied).configuration).to.include(sandbox.credential);
  });

  it('shows the message of a job without a reload', async () => {
    opened = await openPhone({ phone: { people } });
    const { page, sandbox } = opened;
    await choose(page, 'Amina');
    await run(
      sandbox,
      `sendTemplate('+${AMINA}', { name: 'appointment_reminder', body: ['Amina', '5 May'] });`,
    );
    await chat(page)
      .getByText('Dear Amina, your appointment is on 5 May. See you.')
      .waitFor();
  });

  it('sends a tap on a quick reply to the job, and shows its answer', async () => {
    opened = await openPhone(answering());
    const { page, sandbox } = opened;
    await run(
      sandbox,
      `sendTemplate('+${AMINA}', { name: 'appointment_reminder', body: ['Amina', '5 May'], buttons: [{ payload: 'CONFIRM' }] });`,
    );
    await choose(page, 'Amina');
    await chat(page).getByRole('button', { name: 'Confirm' }).click();
    await chat(page).getByText('You wrote: Confirm').waitFor();

    const webhook = facts(page).locator('.fact.webhook').first();
    expect(await webhook.textContent()).to.contain('button · signed');
    await webhook.getByRole('button').first().click();
    const shown = await rowsOf(page, 'webhook');
    const body = await webhook.locator('pre').last().textContent();
    const { messages, statuses, events } = parse(JSON.parse(body!));
    const expected = JSON.parse(JSON.stringify({ messages, statuses, events }));
    expect(shown).to.deep.equal(expected);
    expect(shown.messages[0].reply.id).to.equal('CONFIRM');
  });

  it('sends the tap on a reply button and on a row of a list', async () => {
    opened = await openPhone(answering());
    const { page, sandbox } = opened;
    await run(
      sandbox,
      `sendMessage('+${AMINA}', { text: 'Can you come?', buttons: ['Yes', 'No'] });
       sendMessage('+${AMINA}', { text: 'Which day?', list: { button: 'Days', rows: ['Monday', 'Tuesday'] } });`,
    );
    await choose(page, 'Amina');
    await chat(page).getByRole('button', { name: 'No' }).click();
    await chat(page).getByText('You wrote: No').waitFor();
    await chat(page).getByRole('button', { name: 'Days' }).click();
    await page
      .getByRole('dialog', { name: 'Choose' })
      .getByRole('button', { name: 'Tuesday' })
      .click();
    await chat(page).getByText('You wrote: Tuesday').waitFor();
  });

  it('sends what the person writes: a text, a photo, a place, STOP', async () => {
    opened = await openPhone(answering());
    const { page } = opened;
    await choose(page, 'Amina');
    const write = page.getByRole('textbox', { name: 'Write as Amina' });
    await write.fill('Habari');
    await write.press('Enter');
    await chat(page).getByText('You wrote: Habari').waitFor();
    for (const [title, answer] of [
      ['Image', 'image'],
      ['Location', 'Nairobi'],
      ['STOP', 'STOP'],
    ]) {
      await page.getByRole('button', { name: title, exact: true }).click();
      await chat(page).getByText(`You wrote: ${answer}`).waitFor();
    }
  });

  it('sends the answers of a flow', async () => {
    opened = await openPhone(answering());
    const { page, sandbox } = opened;
    await run(
      sandbox,
      `sendMessage('+${AMINA}', { text: 'Tell us', flow: { id: '3001', cta: 'Open' } });`,
    );
    await choose(page, 'Amina');
    await chat(page).getByRole('button', { name: 'Open' }).click();
    const form = page.getByRole('dialog', { name: 'Form' });
    await form.getByLabel('Answers, as JSON').fill('{"weight": "12"}');
    await form.getByRole('button', { name: 'Send answers' }).click();
    await chat(page).getByText('{"weight":"12"}').waitFor();
  });

  it('asks for the fields of a flow', async () => {
    opened = await openPhone(answering());
    const { page, sandbox } = opened;
    await run(
      sandbox,
      `createFlow({
         name: 'weight', categories: ['SURVEY'], publish: true,
         json: { version: '7.3', screens: [{ id: 'A', title: 'A', terminal: true, layout: { type: 'SingleColumnLayout', children: [
           { type: 'Form', name: 'form', children: [{ type: 'TextInput', name: 'weight', label: 'Weight' }] },
         ] } }] },
       });
       sendMessage('+${AMINA}', { text: 'Tell us', flow: { name: 'weight', cta: 'Open' } });`,
    );
    await choose(page, 'Amina');
    await chat(page).getByRole('button', { name: 'Open' }).click();
    const form = page.getByRole('dialog', { name: 'Form' });
    await form.getByLabel('weight').fill('12');
    await form.getByRole('button', { name: 'Send answers' }).click();
    await chat(page).getByText('{"weight":"12"}').waitFor();
  });

  it('keeps the answers of two people apart', async () => {
    opened = await openPhone(answering());
    const { page } = opened;
    await page.getByRole('button', { name: '+ Person' }).click();
    await page.getByLabel('Number, with its').fill('+254 722 000 111');
    await page.getByLabel('Name').fill('Joseph');
    await page.getByRole('button', { name: 'Add' }).click();

    await page.getByLabel('Write as Joseph').fill('I am Joseph');
    await page.keyboard.press('Enter');
    await choose(page, 'Amina');
    await page.getByLabel('Write as Amina').fill('I am Amina');
    await page.keyboard.press('Enter');

    await chat(page).getByText('You wrote: I am Amina').waitFor();
    expect(await chat(page).getByText('Joseph').count()).to.equal(0);
    await page.getByLabel('1 unread').waitFor();
    await choose(page, 'Joseph');
    await chat(page).getByText('You wrote: I am Joseph').waitFor();
    expect(await page.getByLabel('1 unread').count()).to.equal(0);
  });

  it('gives a phone to a number that gets a message', async () => {
    opened = await openPhone();
    const { page, sandbox } = opened;
    await run(sandbox, "sendMessage('+254733222111', 'Hello');");
    await choose(page, '+254 733 222 111');
    await chat(page).getByText('Hello').waitFor();
  });

  it('shows a failure with its fix, and the ticks of what arrives', async () => {
    opened = await openPhone({ phone: { people } });
    const { page, sandbox } = opened;
    await run(
      sandbox,
      `sendMessage('+${AMINA}', 'First', { reference: 'visit-1' }); sendMessage('+${AMINA}', 'Second');`,
    );
    await choose(page, 'Amina');
    const first = chat(page).getByRole('article').filter({ hasText: 'First' });
    const second = chat(page)
      .getByRole('article')
      .filter({ hasText: 'Second' });
    const choice = async (message: typeof first, title: string) => {
      await message.getByLabel(/^Menu/).click();
      await message.getByRole('button', { name: title }).click();
    };
    await choice(second, 'Delivered');
    await second.getByText('✓✓ delivered').waitFor();
    await choice(second, 'Read');
    await second.getByText('✓✓ read').waitFor();

    await choice(first, 'Fail…');
    await page.getByRole('button', { name: /^131026/ }).click();
    await first.getByText('Not delivered: Message undeliverable').waitFor();
    await first.getByText('visit-1').waitFor();
    const webhook = facts(page).locator('.fact.webhook').first();
    await webhook.getByRole('button').first().click();
    await webhook.getByText('Fix:').waitFor();
    expect(await webhook.textContent()).to.contain('"reference": "visit-1"');
  });

  it('shows an answer that quotes, and reactions on their message', async () => {
    opened = await openPhone({ phone: { people } });
    const { page, sandbox } = opened;
    await run(sandbox, `sendMessage('+${AMINA}', 'How are you?');`);
    await choose(page, 'Amina');
    const message = chat(page)
      .getByRole('article')
      .filter({ hasText: 'How are you?' })
      .first();
    await message.getByLabel(/^Menu/).click();
    await message.getByRole('button', { name: 'Quote and answer' }).click();
    await page.getByLabel('Write as Amina').fill('Well');
    await page.keyboard.press('Enter');
    await chat(page).locator('article.in blockquote').waitFor();
    await message.getByLabel(/^Menu/).click();
    await message.getByRole('button', { name: 'React' }).click();
    await page.getByRole('button', { name: 'React with 🙏' }).click();
    await message.locator('.reactions', { hasText: '🙏' }).waitFor();
  });
});

describeInBrowser('the phone of the On-Premise API', () => {
  it('sends what the person writes to the job, and shows the answer', async () => {
    const { page, close } = await openOnPremisePhone(answering());
    await page.getByText('On-Premise API').waitFor();
    await choose(page, 'Amina');
    await page.getByLabel('Write as Amina').fill('Habari');
    await page.keyboard.press('Enter');
    await chat(page).getByText('You wrote: Habari').waitFor();
    expect(await page.content()).not.to.contain('S3cret');
    expectQuiet(page);
    await close();
  });
});
