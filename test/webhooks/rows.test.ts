import { expect } from 'chai';
import { parse } from '../../src/webhooks/parse';

const metadata = {
  display_phone_number: '15550001111',
  phone_number_id: '123456789012345',
};
const change = (field: string, value: object) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '987', changes: [{ field, value }] }],
});
const messages = (value: object) =>
  parse(change('messages', { metadata, ...value }));
const message = (fields: object) => ({
  from: '254712345678',
  id: 'wamid.1',
  timestamp: '1900000000',
  ...fields,
});
const rowOf = (fields: object, value: object = {}) =>
  messages({ ...value, messages: [message(fields)] }).messages[0];
const text = { type: 'text', text: { body: 'Hi' } };
const amina = {
  profile: { name: 'Amina', username: 'amina' },
  wa_id: '254712345678',
  user_id: 'KE.1A',
};

describe('webhook rows', () => {
  describe('for a sender', () => {
    it('have the number with +', () => {
      expect(rowOf(text)).to.include({
        from: '+254712345678',
        displayPhoneNumber: '+15550001111',
        phoneNumberId: '123456789012345',
      });
      const { statuses } = messages({
        statuses: [{ id: 'w', status: 'read', recipient_id: '5215512345678' }],
      });
      expect(statuses[0].to).to.equal('+5215512345678');
    });

    it('have a BSUID from any field, and never in from', () => {
      for (const fields of [
        { from: 'KE.1A' },
        { from: undefined, from_user_id: 'KE.1A' },
        { from: undefined, from_parent_user_id: 'KE.1A' },
      ]) {
        const row = rowOf({ ...text, ...fields });
        expect(row).to.include({ userId: 'KE.1A' });
        expect(row).not.to.have.property('from');
      }
    });

    it('have the parent BSUID, username and country beside the BSUID', () => {
      const contact = {
        ...amina,
        parent_user_id: 'KE.ENT.2',
        country_code: 'KE',
        identity_key_hash: 'h',
      };
      expect(rowOf(text, { contacts: [contact] })).to.include({
        userId: 'KE.1A',
        parentUserId: 'KE.ENT.2',
        username: 'amina',
        name: 'Amina',
        country: 'KE',
        identityKeyHash: 'h',
      });
    });

    it('never have the name of another contact', () => {
      const webhook = messages({
        contacts: [amina],
        messages: [message({ ...text, from: '254733000222' })],
        statuses: [{ id: 'w', status: 'sent', recipient_id: '254733000333' }],
      });
      for (const row of [...webhook.messages, ...webhook.statuses]) {
        expect(row).not.to.have.property('name');
        expect(row).not.to.have.property('userId');
        expect(row).not.to.have.property('contact');
      }
      expect(webhook.events).to.eql([
        {
          field: 'contacts',
          value: amina,
          wabaId: '987',
          phoneNumberId: '123456789012345',
          displayPhoneNumber: '+15550001111',
        },
      ]);
    });

    it('have the only contact if nothing contradicts it', () => {
      const contact = { profile: { name: 'Amina' } };
      expect(rowOf(text, { contacts: [contact] })).to.include({
        name: 'Amina',
      });
      const two = messages({
        contacts: [contact],
        messages: [
          message(text),
          message({ ...text, id: 'wamid.2', from: '254733000222' }),
        ],
      });
      expect(two.messages.some(({ name }) => name)).to.be.false;
    });

    it('have the matching contact of two', () => {
      const joy = { profile: { name: 'Joy' }, wa_id: '254733000222' };
      const webhook = messages({
        contacts: [joy, amina],
        messages: [
          message(text),
          message({ ...text, id: 'wamid.2', from: '254733000222' }),
        ],
      });
      expect(webhook.messages.map(({ name }) => name)).to.eql(['Amina', 'Joy']);
      expect(webhook.events).to.eql([]);
    });
  });

  describe('for groups', () => {
    const status = (fields: object) => ({
      id: 'wamid.G',
      status: 'delivered',
      recipient_id: 'Y2Fw',
      recipient_type: 'group',
      ...fields,
    });

    it('have the participant, also for users who hide their numbers', () => {
      const { statuses } = messages({
        statuses: [
          status({ recipient_participant_user_id: 'KE.1' }),
          status({ recipient_participant_user_id: 'KE.2' }),
          status({ recipient_participant_parent_user_id: 'KE.ENT.3' }),
          status({ recipient_participant_id: '254712345678' }),
          status({ participant_recipient_id: '254733000222' }),
        ],
      });
      expect(statuses.map(({ participant }) => participant)).to.eql([
        'KE.1',
        'KE.2',
        'KE.ENT.3',
        '+254712345678',
        '+254733000222',
      ]);
      for (const row of statuses)
        expect(row).to.include({ to: 'Y2Fw', groupId: 'Y2Fw' });
    });

    it('have the contact of the participant', () => {
      const { statuses, events } = messages({
        contacts: [amina],
        statuses: [status({ recipient_participant_id: '254712345678' })],
      });
      expect(statuses[0]).to.include({ name: 'Amina', userId: 'KE.1A' });
      expect(events).to.eql([]);
    });
  });

  describe('for other items', () => {
    it('have the ID of an edited message and its new text', () => {
      const edit = {
        original_message_id: 'wamid.0',
        message: { type: 'image', image: { id: '7', caption: 'Now' } },
      };
      const row = rowOf({ type: 'edit', edit });
      expect(row).to.include({ type: 'edit', edits: 'wamid.0', text: 'Now' });
      expect(row.media).to.include({ id: '7' });
    });

    it('have the ID of a deleted message', () => {
      const revoke = { original_message_id: 'wamid.0' };
      expect(rowOf({ type: 'revoke', revoke })).to.include({
        deletes: 'wamid.0',
        text: '',
      });
    });

    it('are events with a change for system messages', () => {
      const number = {
        type: 'system',
        system: {
          type: 'user_changed_number',
          wa_id: '254799999999',
          user_id: 'KE.2B',
          previous_user_id: 'KE.1A',
        },
      };
      const { messages: none, events } = messages({
        messages: [
          message(number),
          message({
            id: 'wamid.2',
            type: 'system',
            system: {
              type: 'customer_changed_number',
              new_wa_id: '254788888888',
              customer: '254712345678',
            },
          }),
          message({
            id: 'wamid.3',
            from: undefined,
            from_user_id: 'KE.1A',
            type: 'system',
            system: { type: 'user_changed_user_id', user_id: 'KE.3C' },
          }),
          message({
            id: 'wamid.4',
            type: 'system',
            system: {
              type: 'customer_identity_changed',
              customer: '254712345678',
            },
            identity: { hash: 'h4' },
          }),
        ],
      });
      expect(none).to.eql([]);
      expect(events.map(({ change: what }) => what)).to.eql([
        {
          kind: 'number',
          from: { number: '+254712345678', userId: 'KE.1A' },
          to: { number: '+254799999999', userId: 'KE.2B' },
        },
        {
          kind: 'number',
          from: { number: '+254712345678' },
          to: { number: '+254788888888' },
        },
        { kind: 'userId', from: { userId: 'KE.1A' }, to: { userId: 'KE.3C' } },
        {
          kind: 'identity',
          from: { number: '+254712345678' },
          to: {},
          identityKeyHash: 'h4',
        },
      ]);
      expect(events[0]).to.include({
        field: 'messages',
        timestamp: '2030-03-17T17:46:40.000Z',
        phoneNumberId: '123456789012345',
      });
    });

    it('are events with the user for opt-outs and opt-ins', () => {
      const preference = (value: string, more: object) => ({
        category: 'marketing_messages',
        detail: 'x',
        value,
        timestamp: 1900000000,
        ...more,
      });
      const { events } = parse(
        change('user_preferences', {
          metadata,
          contacts: [amina],
          user_preferences: [
            preference('stop', { wa_id: '254712345678' }),
            preference('resume', { user_id: 'KE.9Z' }),
            preference('signup', { wa_id: '254733000222', signup_id: '5' }),
          ],
        }),
      );
      expect(
        events.map(({ kind, from, userId, name }) => [
          kind,
          from,
          userId,
          name,
        ]),
      ).to.eql([
        ['optOut', '+254712345678', 'KE.1A', 'Amina'],
        ['optIn', undefined, 'KE.9Z', undefined],
        ['optIn', '+254733000222', undefined, undefined],
      ]);
      expect(events[0].value).to.include({ value: 'stop' });
    });

    it('are in echoes for messages from the Business app', () => {
      const echo = {
        ...message(text),
        from: '15550001111',
        to: '254712345678',
      };
      const webhook = parse(
        change('smb_message_echoes', { metadata, message_echoes: [echo] }),
      );
      expect(webhook.messages).to.eql([]);
      expect(webhook.echoes[0]).to.include({
        direction: 'out',
        from: '+15550001111',
        to: '+254712345678',
        text: 'Hi',
      });
    });

    it('are in history for earlier messages in both directions', () => {
      const webhook = parse(
        change('history', {
          metadata,
          history: [
            {
              metadata: { phase: 0, chunk_order: 1, progress: 55 },
              threads: [
                {
                  id: '254712345678',
                  messages: [
                    { ...message(text), history_context: { status: 'READ' } },
                    { ...message(text), id: 'wamid.2', from: '15550001111' },
                  ],
                },
              ],
            },
            { errors: [{ code: 2593109, title: 'Declined' }] },
          ],
        }),
      );
      expect(webhook.messages).to.eql([]);
      expect(
        webhook.history.map(({ direction, from, to, history }) => [
          direction,
          from,
          to,
          history,
        ]),
      ).to.eql([
        [undefined, '+254712345678', undefined, true],
        ['out', '+15550001111', '+254712345678', true],
      ]);
      expect(webhook.events.map(({ value }) => value)).to.deep.include({
        metadata: { phase: 0, chunk_order: 1, progress: 55 },
        threads: [{ id: '254712345678' }],
      });
      expect(webhook.events[1].errors![0].code).to.equal(2593109);
    });

    it('have standby while a Meta agent handles the chat', () => {
      const webhook = parse(
        change('standby', {
          metadata,
          standby: {
            contacts: [amina],
            messages: [message(text)],
            statuses: [
              { id: 'w', status: 'sent', recipient_id: '254712345678' },
            ],
          },
        }),
      );
      expect(webhook.messages[0]).to.include({
        standby: true,
        name: 'Amina',
        phoneNumberId: '123456789012345',
      });
      expect(webhook.statuses[0]).to.include({ standby: true });
    });

    it('are one event for each call and group', () => {
      const audio = { id: '7', mime_type: 'audio/ogg' };
      const calls = parse(
        change('calls', {
          metadata,
          calls: [
            {
              id: 'wacid.1',
              from: '254712345678',
              event: 'call_recording_available',
              call_recording: { audio },
            },
            { id: 'wacid.2', from: '254733000222', event: 'terminate' },
          ],
        }),
      ).events;
      expect(calls.map(({ from }) => from)).to.eql([
        '+254712345678',
        '+254733000222',
      ]);
      expect(calls[0].media).to.include({ id: '7' });
      const [group] = parse(
        change('group_lifecycle_update', {
          metadata,
          groups: [
            {
              group_id: 'Y2Fw',
              request_id: 'r',
              type: 'group_create',
              timestamp: '1900000000',
            },
          ],
        }),
      ).events;
      expect(group).to.include({
        groupId: 'Y2Fw',
        requestId: 'r',
        timestamp: '2030-03-17T17:46:40.000Z',
      });
    });
  });

  describe('for errors', () => {
    it('have a fix for the recipient of a message', () => {
      for (const code of [131051, 130501]) {
        const [error] = rowOf({
          type: 'unsupported',
          unsupported: { type: 'poll' },
          errors: [{ code, title: 'Message type unknown' }],
        }).errors!;
        expect(error.fix).to.contain('Ask the person');
      }
      expect(
        rowOf({ type: 'unsupported', unsupported: { type: 'poll' } }),
      ).to.include({ unsupported: 'poll' });
    });

    it('have all errors of a status', () => {
      const { statuses } = messages({
        statuses: [
          {
            id: 'w',
            status: 'failed',
            recipient_id: '254712345678',
            errors: [{ code: 131026 }, { code: 131047 }],
          },
        ],
      });
      expect(statuses[0].errors!.map(({ code }) => code)).to.eql([
        131026, 131047,
      ]);
      expect(statuses[0].error).to.equal(statuses[0].errors![0]);
    });

    it('have a description and a fix if Meta returns no reason or code', () => {
      const { statuses } = messages({
        statuses: [
          { id: 'a', status: 'failed', recipient_id: '1' },
          { id: 'b', status: 'failed', recipient_id: '2', errors: [] },
          {
            id: 'c',
            status: 'failed',
            recipient_id: '3',
            errors: [{ title: 'Odd' }],
          },
        ],
      });
      for (const { error } of statuses) {
        expect(error!.description).to.be.a('string');
        expect(error!.fix).to.be.a('string');
        expect(error!.retryable).to.be.false;
      }
      expect(statuses[2].error!.details).to.equal('Odd');
    });

    it('have a rank for statuses, which arrive out of order', () => {
      const { statuses } = messages({
        statuses: ['read', 'sent', 'failed', 'delivered', 'new'].map(
          status => ({
            id: status,
            status,
          }),
        ),
      });
      expect(statuses.map(({ rank }) => rank)).to.eql([3, 1, 5, 2, undefined]);
    });
  });

  describe('with several people', () => {
    const hidden = { profile: { name: 'Hawa' }, user_id: 'KE.H' };
    const echo = (id: string, fields: object) => ({
      ...message(text),
      from: '15550001111',
      id,
      ...fields,
    });

    it('match contacts in echoes to two people', () => {
      const { echoes } = parse(
        change('smb_message_echoes', {
          metadata,
          contacts: [hidden],
          message_echoes: [
            echo('a', { to_user_id: 'KE.H' }),
            echo('b', { to: '254799999999' }),
          ],
        }),
      );
      expect(echoes.map(({ name }) => name)).to.eql(['Hawa', undefined]);
    });

    it('match participants in group statuses with the alternative field name', () => {
      const { statuses } = messages({
        contacts: [hidden],
        statuses: ['1', '2'].map(index => ({
          id: 'w',
          status: 'read',
          recipient_id: 'Y2Fw',
          participant_recipient_id: `25471234567${index}`,
        })),
      });
      expect(statuses.some(({ name }) => name)).to.be.false;
    });

    it('match the recipient of outgoing calls', () => {
      const { events } = parse(
        change('calls', {
          metadata,
          contacts: [amina],
          calls: [
            {
              id: 'c',
              direction: 'BUSINESS_INITIATED',
              from: '15550001111',
              to: '254712345678',
              event: 'terminate',
            },
          ],
        }),
      );
      expect(events).to.have.length(1);
      expect(events[0]).to.include({
        direction: 'out',
        to: '+254712345678',
        name: 'Amina',
      });
      expect(events[0]).not.to.have.property('from');
    });

    it('match people in history without the business number', () => {
      const webhook = parse(
        change('history', {
          history: [
            {
              threads: [
                {
                  id: 'KE.ABC',
                  messages: [
                    {
                      ...message(text),
                      from: '15550001112',
                      to_user_id: 'KE.ABC',
                    },
                  ],
                },
                {
                  id: '254711111111',
                  messages: [
                    { ...message(text), id: 'h2', from: '15550001112' },
                  ],
                },
                {
                  id: '254711111112',
                  messages: [{ ...message(text), id: 'h3', from: undefined }],
                },
              ],
            },
          ],
        }),
      );
      expect(
        webhook.history.map(({ direction, from, to, userId }) => [
          direction,
          from,
          to,
          userId,
        ]),
      ).to.eql([
        ['out', '+15550001112', undefined, 'KE.ABC'],
        ['out', '+15550001112', '+254711111111', undefined],
        [undefined, '+254711111112', undefined, undefined],
      ]);
    });

    it('match a BSUID in a number field', () => {
      const { events } = messages({
        messages: [
          message({
            from: 'KE.O',
            type: 'system',
            system: {
              type: 'user_changed_user_id',
              wa_id: 'KE.N',
              previous_wa_id: 'KE.O',
            },
          }),
        ],
      });
      expect(events[0].change).to.eql({
        kind: 'userId',
        from: { userId: 'KE.O' },
        to: { userId: 'KE.N' },
      });
    });

    it('match contacts when a webhook is repeated', () => {
      const webhook = change('messages', {
        metadata,
        contacts: [amina],
        messages: [message(text)],
      });
      expect(parse([webhook, webhook])).to.deep.include({ events: [] });
    });
  });

  describe('for unusual payloads', () => {
    it('keep two different messages with one ID', () => {
      const other = message({ type: 'text', text: { body: 'Ho' } });
      const webhook = messages({ messages: [message(text), other, other] });
      expect(webhook.messages.map(row => row.text)).to.eql(['Hi', 'Ho']);
    });

    it('are parsed from a change without a field, a Dashboard sample, an array and a wrapped body', () => {
      const value = { metadata, messages: [message(text)] };
      for (const payload of [
        {
          object: 'whatsapp_business_account',
          entry: [{ id: '1', changes: [{ value }] }],
        },
        { field: 'messages', value },
        { entry: [{ changes: [{ field: 'messages', value }] }] },
        [change('messages', value), change('messages', value)],
        { body: change('messages', value) },
      ])
        expect(parse(payload).messages, JSON.stringify(payload)).to.have.length(
          1,
        );
    });

    it('are unchanged when parsed again', () => {
      const webhook = messages({ messages: [message(text)] });
      expect(parse(webhook)).to.equal(webhook);
    });

    it('keep unknown fields', () => {
      const payload = {
        object: 'whatsapp_business_account',
        new_at_body: 1,
        entry: [
          {
            id: '987',
            time: 1900000000,
            new_at_entry: 2,
            changes: [
              {
                field: 'messages',
                new_at_change: 3,
                value: {
                  metadata: { ...metadata, new_at_metadata: 4 },
                  new_at_value: 5,
                  messages: [message(text)],
                },
              },
            ],
          },
        ],
      };
      const { events, messages: rows } = parse(payload);
      const kept = JSON.stringify(events);
      for (const key of [
        'new_at_body":1',
        'new_at_entry":2',
        'new_at_change":3',
        'new_at_metadata":4',
        'new_at_value":5',
      ])
        expect(kept).to.contain(key);
      expect(rows[0].entryTimestamp).to.equal('2030-03-17T17:46:40.000Z');
    });

    it('accept timestamps in milliseconds', () => {
      expect(rowOf({ ...text, timestamp: '1900000000000' }).timestamp).to.equal(
        '2030-03-17T17:46:40.000Z',
      );
    });

    it('accept a flow reply that is already parsed', () => {
      const row = rowOf({
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { response_json: { a: 1 } },
        },
      });
      expect(row.reply).to.deep.include({ data: { a: 1 } });
    });

    it('have the expiration of a call permission', () => {
      const row = rowOf({
        type: 'interactive',
        interactive: {
          type: 'call_permission_reply',
          call_permission_reply: {
            response: 'accept',
            expiration_timestamp: 1900000000,
          },
        },
      });
      expect(row.reply).to.include({ expires: '2030-03-17T17:46:40.000Z' });
    });
  });
});
