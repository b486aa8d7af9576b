// Random webhooks, composed of pieces of every kind; every text in them is unique, so that a lost leaf is seen.
// `Choose` hides who chooses: fast-check (chooseBy(g)) or a seed (seeded(n)).
import fc, { type GeneratorValue } from 'fast-check';

export interface Choose {
  bool(): boolean;
  int(min: number, max: number): number;
}
export const chooseBy = (g: GeneratorValue): Choose => ({
  bool: () => g(fc.boolean),
  int: (min, max) => g(fc.integer, { min, max }),
});
export function seeded(seed: number): Choose {
  let s = seed >>> 0;
  const next = () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    bool: () => next() < 0.5,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
  };
}

export interface Who {
  wa?: string;
  id?: string;
  parent?: string;
  name: string;
  username?: string;
  hash?: string;
  country?: string;
  /** The BSUID stands in `from` and `wa_id`. */
  idInFrom?: boolean;
}
export interface Expected {
  list: 'messages' | 'statuses' | 'echoes' | 'history' | 'change' | 'item';
  id: string;
  who: Who;
  /** The contact of this person is in the same value. */
  hasContact: boolean;
  phoneNumberId?: string;
  wabaId?: string;
  standby?: true;
  group?: string;
  isOut?: boolean;
  text?: string;
  mediaId?: string;
  edits?: string;
  deletes?: string;
  kind?: 'optOut' | 'optIn';
  node: any;
}
export interface Made {
  payload: any;
  expected: Expected[];
}

export function make(c: Choose): Made {
  let n = 0;
  const expected: Expected[] = [];
  const u = (prefix: string) => `${prefix}~${++n}`;
  const num = () => 7000000 + ++n;
  const digits = (prefix: string) => `${prefix}${700000000 + ++n}`;
  const one = <T>(list: T[]): T => list[c.int(0, list.length - 1)];
  const maybe = (o: object) => (c.bool() ? o : {});
  const many = <T>(min: number, max: number, f: () => T): T[] =>
    Array.from({ length: c.int(min, max) }, f);
  const time = () => {
    const s = 1900000000 + ++n;
    return one<any>([String(s), String(s), s, s * 1000, String(s * 1000)]);
  };

  const person = (): Who => {
    const kind = c.int(0, 5);
    const wa = digits('254');
    const id = `KE.${++n}aB`;
    return {
      name: u('name'),
      ...(kind !== 1 && kind !== 4 && { wa }),
      ...(kind !== 0 && { id }),
      ...(kind === 3 && { parent: `KE.ENT.${++n}pP` }),
      ...(kind === 4 && { idInFrom: true }),
      ...(c.bool() && { username: u('user') }),
      ...(c.bool() && { hash: u('hash') }),
      ...(c.bool() && { country: u('KE') }),
    };
  };
  const people = many(1, 3, person);
  const anybody = () => one(people);

  const contactOf = (p: Who) => ({
    profile: { name: p.name, ...(p.username && { username: p.username }) },
    ...(p.wa && { wa_id: p.wa }),
    ...(p.idInFrom && { wa_id: p.id }),
    ...(p.id && !p.idInFrom && { user_id: p.id }),
    ...(p.parent && { parent_user_id: p.parent }),
    ...(p.hash && { identity_key_hash: p.hash }),
    ...(p.country && { country_code: p.country }),
  });
  const senderOf = (p: Who) => ({
    ...(p.wa && { from: p.wa }),
    ...(p.idInFrom && { from: p.id }),
    ...(p.id && !p.idInFrom && { from_user_id: p.id }),
    ...(p.parent && { from_parent_user_id: p.parent }),
  });

  const error = () => ({
    code: one<any>([131051, 131026, 131047, 130472, 131060, 999999, '131049']),
    title: u('title'),
    ...maybe({ message: u('message') }),
    ...maybe({ error_data: { details: u('details') } }),
    ...maybe({ href: u('https://x.example/') }),
  });
  const media = (extra: object = {}) => ({
    id: String(num()),
    mime_type: u('image/jpeg'),
    sha256: u('sha'),
    ...maybe({ url: u('https://lookaside.example/') }),
    ...extra,
  });
  type Said = { type: string; node: any; text?: string; mediaId?: string };
  const reply = (kind: string, node: object, text?: string): Said => ({
    type: 'interactive',
    node: { interactive: { type: kind, [kind]: node } },
    text,
  });
  const ofMedia = (type: string, extra: any = {}): Said => {
    const node = media(extra);
    return {
      type,
      node: { [type]: node },
      text: extra.caption ?? '',
      mediaId: node.id,
    };
  };
  const said: (() => Said)[] = [
    () => {
      const body = u('Hello');
      return { type: 'text', node: { text: { body } }, text: body };
    },
    () => ofMedia('image', maybe({ caption: u('caption') })),
    () => ofMedia('video', maybe({ caption: u('caption') })),
    () => ofMedia('audio', { voice: c.bool() }),
    () => ofMedia('voice', { file: u('/usr/local/wamedia/') }),
    () =>
      ofMedia('document', {
        filename: u('a.pdf'),
        ...maybe({ caption: u('caption') }),
      }),
    () => ofMedia('sticker', { animated: c.bool() }),
    () => ({
      type: 'location',
      node: {
        location: {
          latitude: num() / 1e6,
          longitude: num() / 1e6,
          ...maybe({
            name: u('Clinic'),
            address: u('Road'),
            url: u('https://m.example/'),
          }),
        },
      },
    }),
    () => {
      const formatted_name = u('Asha');
      return {
        type: 'contacts',
        text: formatted_name,
        node: {
          contacts: [
            {
              name: { formatted_name, first_name: u('A') },
              phones: [
                { phone: u('+254 7'), type: 'CELL', wa_id: digits('255') },
              ],
              ...maybe({ vcard: u('BEGIN:VCARD') }),
              ...maybe({ origin: 'contact_request' }),
              ...maybe({
                emails: [{ email: u('e@x') }],
                org: { company: u('org') },
              }),
            },
          ],
        },
      };
    },
    () => {
      const text = u('Yes');
      return {
        type: 'button',
        text,
        node: { button: { payload: u('PAY'), text } },
      };
    },
    () => {
      const title = u('Yes');
      return reply('button_reply', { id: u('id'), title }, title);
    },
    () => {
      const title = u('Row');
      return reply(
        'list_reply',
        { id: u('id'), title, ...maybe({ description: u('desc') }) },
        title,
      );
    },
    () =>
      reply('nfm_reply', {
        name: one(['flow', 'address_message']),
        body: u('Sent'),
        response_json: one<any>([
          JSON.stringify({ flow_token: u('tok'), a: [u('x'), num()] }),
          { flow_token: u('tok') },
          u('{broken'),
        ]),
      }),
    () =>
      reply('call_permission_reply', {
        response: one(['accept', 'reject']),
        is_permanent: c.bool(),
        expiration_timestamp: 1900000000 + ++n,
        response_source: u('user_action'),
      }),
    () =>
      reply('new_kind_reply', { what: u('what'), deep: [{ er: u('deep') }] }),
    () => ({ type: 'interactive', node: {} }),
    () => ({ type: 'interactive', node: { interactive: { type: u('bare') } } }),
    () => {
      const text = u('note');
      return {
        type: 'order',
        text,
        node: {
          order: {
            catalog_id: String(num()),
            text,
            product_items: many(1, 2, () => ({
              product_retailer_id: u('sku'),
              quantity: num(),
              item_price: num() / 100,
              currency: 'KES',
            })),
          },
        },
      };
    },
    () => {
      const emoji = u('👍');
      return {
        type: 'reaction',
        text: emoji,
        node: { reaction: { message_id: u('wamid.R'), emoji } },
      };
    },
    () => ({
      type: 'reaction',
      text: '',
      node: { reaction: { message_id: u('wamid.R'), ...maybe({ emoji: '' }) } },
    }),
    () => ({
      type: 'unsupported',
      text: '',
      node: { unsupported: { type: u('poll') }, errors: many(1, 2, error) },
    }),
    () => ({ type: 'unknown', text: '', node: { errors: [error()] } }),
    () => ({ type: 'request_welcome', text: '', node: {} }),
    () => ({
      type: u('brand_new'),
      text: '',
      node: { brand_new: { a: u('new'), b: [u('new'), null, c.bool()] } },
    }),
    () => ({ type: 'media_placeholder', text: '', node: {} }),
  ];
  const context = () =>
    one<any>([
      { from: digits('1555'), id: u('wamid.C') },
      { forwarded: true },
      { frequently_forwarded: true, from: digits('1555') },
      {
        from: digits('1555'),
        id: u('wamid.C'),
        referred_product: {
          catalog_id: u('cat'),
          product_retailer_id: u('sku'),
        },
        mentions: [u('m')],
      },
    ]);
  const extras = () => ({
    ...maybe({ context: context() }),
    ...(c.int(0, 5) === 0 && {
      referral: {
        source_url: u('https://fb.example/'),
        source_id: u('s'),
        source_type: 'ad',
        headline: u('h'),
        body: u('b'),
        ctwa_clid: u('clid'),
        welcome_message: { text: u('w') },
      },
    }),
    ...(c.int(0, 5) === 0 && {
      identity: {
        acknowledged: c.bool(),
        created_timestamp: num(),
        hash: u('hash'),
      },
    }),
    ...(c.int(0, 8) === 0 && { future_key: u('future') }),
  });
  const editOrRevoke = (): Partial<Expected> & { node: any } => {
    if (c.bool()) {
      const deletes = u('wamid.D');
      return {
        node: { type: 'revoke', revoke: { original_message_id: deletes } },
        deletes,
        text: '',
      };
    }
    const edits = u('wamid.E');
    const { type, node, text, mediaId } = one(said)();
    return {
      node: {
        type: 'edit',
        edit: {
          original_message_id: edits,
          message: { type, ...node, ...maybe({ context: context() }) },
        },
      },
      edits,
      text,
      mediaId,
    };
  };
  const content = (): Partial<Expected> & { node: any } => {
    if (c.int(0, 6) === 0) return editOrRevoke();
    const { type, node, text, mediaId } = one(said)();
    return { node: { type, ...node }, text, mediaId };
  };

  interface At {
    phoneNumberId?: string;
    wabaId?: string;
    standby?: true;
    display?: string;
  }
  const present = new Set<Who>();

  const message = (at: At): any => {
    const who = anybody();
    present.add(who);
    const said = content();
    const group = c.int(0, 6) === 0 ? u('group') : undefined;
    const node = {
      ...senderOf(who),
      id: u('wamid.M'),
      timestamp: time(),
      ...(group && { group_id: group }),
      ...said.node,
      ...extras(),
    };
    expected.push({
      list: 'messages',
      who,
      hasContact: false,
      ...at,
      ...said,
      group,
      id: node.id,
      node,
    });
    return node;
  };
  const system = (at: At): any => {
    const who = anybody();
    present.add(who);
    const type = one([
      'user_changed_number',
      'customer_changed_number',
      'user_changed_user_id',
      'customer_identity_changed',
      'user_identity_changed',
      u('future'),
    ]);
    const node = {
      ...senderOf(who),
      id: u('wamid.S'),
      timestamp: time(),
      type: 'system',
      system: {
        body: u('changed'),
        ...(c.int(0, 9) && { type }),
        ...maybe({ wa_id: digits('254') }),
        ...maybe({ new_wa_id: digits('254') }),
        ...maybe({ previous_wa_id: digits('254') }),
        ...maybe({ user_id: `KE.${++n}n`, previous_user_id: `KE.${++n}o` }),
        ...maybe({ identity: u('ihash') }),
        ...maybe({ customer: digits('254') }),
      },
      ...maybe({
        identity: {
          hash: u('hash'),
          acknowledged: c.bool(),
          created_timestamp: num(),
        },
      }),
    };
    expected.push({
      list: 'change',
      who,
      hasContact: false,
      ...at,
      id: node.id,
      node,
    });
    return node;
  };
  const status = (at: At): any => {
    const who = anybody();
    present.add(who);
    const group = c.int(0, 4) === 0 ? u('group') : undefined;
    const recipient = group
      ? {
          recipient_type: 'group',
          recipient_id: group,
          ...(who.wa && {
            [one(['recipient_participant_id', 'participant_recipient_id'])]:
              who.wa,
          }),
          ...(who.idInFrom && { recipient_participant_id: who.id }),
          ...(who.id &&
            !who.idInFrom && { recipient_participant_user_id: who.id }),
          ...(who.parent && {
            recipient_participant_parent_user_id: who.parent,
          }),
        }
      : {
          ...(who.wa && { recipient_id: who.wa }),
          ...(who.idInFrom && { recipient_id: who.id }),
          ...(who.id && !who.idInFrom && { recipient_user_id: who.id }),
          ...(who.parent && { parent_recipient_user_id: who.parent }),
        };
    const name = one([
      'sent',
      'delivered',
      'read',
      'played',
      'failed',
      'deleted',
      'warning',
      'pending',
    ]);
    const node = {
      id: u('wamid.T'),
      status: name,
      timestamp: time(),
      ...recipient,
      ...maybe({ biz_opaque_callback_data: u('visit') }),
      ...maybe({ template_id: num() }),
      ...maybe({ message_status: u('held') }),
      ...maybe({ recipient_identity_key_hash: u('hash') }),
      ...maybe({
        conversation: {
          id: u('conv'),
          expiration_timestamp: String(num()),
          origin: { type: u('utility') },
        },
      }),
      ...maybe({
        pricing: {
          billable: c.bool(),
          pricing_model: 'PMP',
          type: u('regular'),
          category: u('utility'),
        },
      }),
      ...(name === 'failed' && maybe({ errors: many(1, 2, error) })),
      ...maybe({ type: 'message' }),
    };
    expected.push({
      list: 'statuses',
      who,
      hasContact: false,
      ...at,
      group,
      id: node.id,
      node,
    });
    return node;
  };
  const echo = (
    at: At,
    list: 'echoes' | 'history' = 'echoes',
    thread?: Who,
  ): any => {
    const who = thread ?? anybody();
    present.add(who);
    const said = content();
    const node = {
      from: at.display ?? digits('1555'),
      ...(who.wa && { to: who.wa }),
      ...(who.idInFrom && { to: who.id }),
      ...(who.id && !who.idInFrom && { to_user_id: who.id }),
      ...(who.parent && { to_parent_user_id: who.parent }),
      id: u('wamid.O'),
      timestamp: time(),
      ...said.node,
    };
    expected.push({
      list,
      who,
      hasContact: false,
      isOut: true,
      ...at,
      ...said,
      id: node.id,
      node,
    });
    return node;
  };
  const preference = (at: At): any => {
    const who = anybody();
    present.add(who);
    const value = one(['stop', 'resume', 'signup', u('later')]);
    const node = {
      ...(who.wa && { wa_id: who.wa }),
      ...(who.id && { user_id: who.id }),
      ...(who.parent && { parent_user_id: who.parent }),
      detail: u('detail'),
      category: 'marketing_messages',
      value,
      ...maybe({ signup_id: u('signup') }),
      timestamp: time(),
    };
    expected.push({
      list: 'item',
      who,
      hasContact: false,
      ...at,
      id: node.detail,
      node,
      kind: ({ stop: 'optOut', resume: 'optIn', signup: 'optIn' } as any)[
        value
      ],
    });
    return node;
  };
  const call = (at: At): any => {
    const who = anybody();
    present.add(who);
    const node = {
      id: u('wacid.'),
      ...senderOf(who),
      to: digits('1555'),
      event: one(['connect', 'terminate']),
      timestamp: time(),
      direction: 'USER_INITIATED',
      ...maybe({ session: { sdp_type: 'offer', sdp: u('v=0') } }),
      ...maybe({ duration: num(), start_time: String(num()) }),
      ...maybe({
        [one(['call_recording', 'call_transcription'])]: {
          [one(['audio', 'document'])]: media(),
        },
      }),
    };
    expected.push({
      list: 'item',
      who,
      hasContact: false,
      ...at,
      id: node.id,
      node,
    });
    return node;
  };
  const callStatus = () => {
    const who = anybody();
    present.add(who);
    return {
      id: u('wacid.'),
      type: 'call',
      status: one(['RINGING', 'ACCEPTED', 'REJECTED']),
      timestamp: time(),
      ...(who.wa && { recipient_id: who.wa }),
      ...(who.id && { recipient_user_id: who.id }),
      biz_opaque_callback_data: u('cb'),
    };
  };
  const group = (): any => ({
    timestamp: time(),
    group_id: u('group'),
    type: one([
      'group_create',
      'group_delete',
      'group_participants_add',
      'group_participants_remove',
      'group_join_request_created',
      'group_settings_update',
      'group_suspend',
      'group_suspend_cleared',
    ]),
    request_id: u('req'),
    ...maybe({
      subject: u('subject'),
      invite_link: u('https://chat.example/'),
    }),
    ...maybe({
      added_participants: [{ input: digits('254'), wa_id: digits('254') }],
      failed_participants: [{ input: digits('254'), errors: [error()] }],
    }),
    ...maybe({ join_request_id: u('join'), wa_id: digits('254') }),
    ...maybe({
      group_subject: {
        text: u('s'),
        update_successful: c.bool(),
        errors: [error()],
      },
      profile_picture: {
        mime_type: u('m'),
        sha256: u('s'),
        update_successful: c.bool(),
      },
    }),
    ...maybe({ errors: [error()] }),
  });

  // --- Values ---

  const envelope = (at: At) =>
    at.phoneNumberId
      ? {
          messaging_product: 'whatsapp',
          metadata: {
            display_phone_number: at.display,
            phone_number_id: at.phoneNumberId,
            ...(c.int(0, 9) === 0 && { extra_of_metadata: u('extra') }),
          },
        }
      : { messaging_product: 'whatsapp' };
  const contacts = (from: number) => {
    const list = [...present].filter(() => c.int(0, 3) > 0);
    for (const e of expected.slice(from)) e.hasContact = list.includes(e.who);
    // A stranger: with both, so that it can't be taken for somebody of whom one is known.
    if (c.int(0, 6) === 0)
      list.push({
        ...person(),
        idInFrom: undefined,
        wa: digits('254'),
        id: `KE.${++n}zZ`,
      });
    if (c.int(0, 9) === 0) list.reverse();
    present.clear();
    return list.length || c.bool() ? { contacts: list.map(contactOf) } : {};
  };
  /** Places contacts before or after the rest, as both occur. */
  const value = (at: At, fill: () => object) => {
    const from = expected.length;
    const filled = fill();
    return {
      ...envelope(at),
      ...contacts(from),
      ...filled,
      ...(c.int(0, 6) === 0 && { errors: [error()] }),
      ...(c.int(0, 9) === 0 && { future_of_value: { a: u('future') } }),
    };
  };
  const mixed = (at: At, hasEchoes: boolean) => {
    const kind = c.int(0, 3);
    return {
      ...(kind !== 1 && {
        messages: many(1, 3, () => (c.int(0, 7) ? message(at) : system(at))),
      }),
      ...((kind === 1 || kind === 3) && {
        statuses: many(1, 3, () => status(at)),
      }),
      ...(hasEchoes &&
        c.bool() && { message_echoes: many(1, 2, () => echo(at)) }),
    };
  };
  const historyValue = (at: At) => {
    if (c.int(0, 4) === 0)
      return { ...envelope(at), history: [{ errors: [error()] }] };
    return value(at, () => {
      const thread = () => {
        const who = anybody();
        return {
          id: who.wa ?? who.id,
          ...maybe({
            context: { wa_id: who.wa ?? u('wa'), username: u('uname') },
          }),
          messages: many(1, 3, () => {
            if (c.bool())
              return {
                ...echo(at, 'history', who),
                history_context: { status: u('READ') },
              };
            present.add(who);
            const said = content();
            const node = {
              ...senderOf(who),
              id: u('wamid.H'),
              timestamp: time(),
              ...said.node,
              history_context: { status: u('READ') },
            };
            expected.push({
              list: 'history',
              who,
              hasContact: false,
              ...at,
              ...said,
              id: node.id,
              node,
            });
            return node;
          }),
        };
      };
      const late = () =>
        many(1, 2, () => {
          const who = anybody();
          present.add(who);
          const { type, node: one, text, mediaId } = ofMedia('image');
          const node = {
            ...senderOf(who),
            id: u('wamid.L'),
            timestamp: time(),
            type,
            ...one,
          };
          expected.push({
            list: 'history',
            who,
            hasContact: false,
            ...at,
            text,
            mediaId,
            id: node.id,
            node,
          });
          return node;
        });
      return c.int(0, 3)
        ? {
            history: many(1, 2, () => ({
              metadata: {
                phase: c.int(0, 2),
                chunk_order: num(),
                progress: num(),
              },
              threads: many(1, 2, thread),
              ...(c.int(0, 5) === 0 && { errors: [error()] }),
            })),
          }
        : { messages: late() };
    });
  };
  const foreign = (): any => ({
    event: u('EVENT'),
    message_template_id: num(),
    message_template_name: u('tpl'),
    reason: one<any>([null, u('NONE')]),
    display_phone_number: digits('1555'),
    list: [{ a: u('a'), when: num() }, u('b')],
    ...maybe({ disable_info: { disable_date: u('date') } }),
  });

  const ACCOUNT = [
    'message_template_status_update',
    'message_template_quality_update',
    'message_template_components_update',
    'template_category_update',
    'phone_number_quality_update',
    'phone_number_name_update',
    'account_update',
    'account_alerts',
    'account_review_update',
    'business_capability_update',
    'security',
    'flows',
    'payment_configuration_update',
    'partner_solutions',
    'automatic_events',
    'business_username_update',
  ];
  const GROUPS = [
    'group_lifecycle_update',
    'group_participants_update',
    'group_participant_update',
    'group_settings_update',
    'group_status_update',
  ];

  const change = (wabaId: string): any => {
    const hasNumber = c.int(0, 9) > 0;
    const at: At = {
      wabaId,
      ...(hasNumber && {
        phoneNumberId: String(num()),
        display: digits('1555'),
      }),
    };
    const kind = c.int(0, 13);
    const of = (field: string, v: any) => ({
      ...(c.int(0, 12) || field !== 'messages' ? { field } : {}),
      value: v,
      ...(c.int(0, 14) === 0 && { beside: u('beside') }),
    });
    if (kind < 5)
      return of(
        'messages',
        value(at, () => mixed(at, false)),
      );
    if (kind === 5) {
      const inner: At = { ...at, standby: true };
      const from = expected.length;
      const filled = mixed(inner, true);
      return of('standby', {
        ...envelope(at),
        ...(c.bool()
          ? { standby: { ...filled, ...contacts(from) } }
          : { ...contacts(from), standby: filled }),
      });
    }
    if (kind === 6)
      return of(
        one(['smb_message_echoes', 'message_echoes']),
        value(at, () => ({ message_echoes: many(1, 3, () => echo(at)) })),
      );
    if (kind === 7) return of('history', historyValue(at));
    if (kind === 8)
      return of(
        'user_preferences',
        value(at, () => ({
          user_preferences: many(1, 3, () => preference(at)),
        })),
      );
    if (kind === 9)
      return of(
        'calls',
        value(at, () =>
          c.bool()
            ? { calls: many(1, 2, () => call(at)) }
            : { statuses: many(1, 2, callStatus) },
        ),
      );
    if (kind === 10)
      return of(
        one(GROUPS),
        value(at, () => ({ groups: many(1, 2, group) })),
      );
    if (kind === 11)
      return of(
        'smb_app_state_sync',
        value(at, () => ({
          state_sync: many(1, 2, () => ({
            type: 'contact',
            contact: {
              full_name: u('full'),
              first_name: u('first'),
              phone_number: digits('254'),
            },
            action: one(['add', 'remove']),
            metadata: { timestamp: time() },
          })),
        })),
      );
    if (kind === 12)
      return of('messaging_handovers', {
        ...envelope(at),
        sender: { phone_number: digits('254') },
        recipient: {
          phone_number_id: u('pn'),
          display_phone_number: digits('1555'),
        },
        type: 'control_passed',
        timestamp: time(),
        control_passed: {
          previous_owner_role: u('role'),
          new_owner_role: u('role'),
        },
      });
    return of(one(ACCOUNT), foreign());
  };
  const entry = () => {
    const id = String(num());
    return {
      id,
      ...maybe({ time: 1900000000 + ++n }),
      changes: many(1, 3, () => change(id)),
      ...(c.int(0, 14) === 0 && { uid: u('uid') }),
    };
  };
  const cloud = () => ({
    object: 'whatsapp_business_account',
    entry: many(1, 3, entry),
    ...(c.int(0, 14) === 0 && { beside: u('body') }),
  });
  const onPremise = () => {
    const from = expected.length;
    const filled = mixed({}, false);
    return {
      ...contacts(from),
      ...filled,
      ...maybe({
        errors: [{ code: 400, title: u('t'), details: u('d'), href: u('h') }],
      }),
      ...(c.int(0, 4) === 0 && {
        media_items: [{ id: u('m'), status: u('st') }],
      }),
      ...maybe({ meta: { api_status: u('stable'), version: u('2.5') } }),
    };
  };
  const dashboard = () => {
    const at: At = { phoneNumberId: String(num()), display: digits('1555') };
    return { field: 'messages', value: value(at, () => mixed(at, false)) };
  };
  const shape = c.int(0, 9);
  const payload =
    shape < 6
      ? cloud()
      : shape === 6
        ? onPremise()
        : shape === 7
          ? dashboard()
          : shape === 8
            ? many(1, 3, () => (c.bool() ? cloud() : onPremise()))
            : { body: cloud(), headers: { a: 'b' } };
  return { payload, expected };
}
