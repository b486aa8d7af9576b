import { badParameter, graphError } from './graph-error';
import { requireProduct } from './messages';
import { idOf } from './base';
import { readForm } from './form';
import { page, type Cloud } from './graph';

// What jobs reach with request(): QR codes, groups, registration and the like.

export function addQrCodes(cloud: Cloud) {
  const { ofNumber } = cloud;
  const { app } = cloud.base;
  const PATH = '/:version/:id/message_qrdls';

  app.post(
    PATH,
    ofNumber(async request => {
      const { prefilled_message, generate_qr_image } = request.body as any;
      if (!prefilled_message || prefilled_message.length > 140)
        throw badParameter('prefilled_message must have 1 to 140 characters');
      const code = `QR${cloud.base.store.nextId()}`;
      const image = generate_qr_image && {
        qr_image_url: `https://scontent.example.org/${code}.png`,
      };
      const deep_link_url = `https://wa.me/message/${code}`;
      const made = { code, prefilled_message, deep_link_url, ...image };
      cloud.state.qrCodes.set(code, made);
      return made;
    }),
  );

  app.get(
    PATH,
    ofNumber(async request => {
      return page(request, [...cloud.state.qrCodes.values()]);
    }),
  );

  app.delete(
    `${PATH}/:code`,
    ofNumber(async request => {
      const { code } = request.params as { code: string };
      if (!cloud.state.qrCodes.delete(code))
        throw badParameter(`There is no code ${code}`);
      return { success: true };
    }),
  );
}

export function addGroups(cloud: Cloud) {
  const { ofNumber } = cloud;
  const { app } = cloud.base;
  const PATH = '/:version/:id/groups';

  app.post(
    PATH,
    ofNumber(async request => {
      requireProduct(request.body);
      const { messaging_product, subject } = request.body as any;
      if (!subject || subject.length > 128)
        throw badParameter('subject must have 1 to 128 characters');
      const id = `group${cloud.base.store.nextId()}`;
      cloud.state.groups.push({ id, subject });
      cloud.base.tell({
        field: 'group_lifecycle_update',
        value: {
          groups: [{ group_id: id, type: 'group_create', subject }],
        },
      });
      return { messaging_product, request_id: `request ${id}` };
    }),
  );

  app.get(
    PATH,
    ofNumber(async () => {
      return { data: { groups: cloud.state.groups }, paging: {} };
    }),
  );

  const find = (id: string) =>
    cloud.state.groups.find(group => group.id === id);

  // A group is changed by JSON, or by a form with its picture.
  cloud.base.app.get(
    '/:version/:id/invite_link',
    cloud.base.handle(async request => {
      const id = idOf(request);
      if (!find(id)) throw badParameter(`There is no group ${id}`);
      return { invite_link: `https://chat.whatsapp.com/${id}` };
    }),
  );

  cloud.nodes.GET.push(request => find(idOf(request)));

  cloud.nodes.POST.push(async request => {
    const group = find(idOf(request));
    if (!group) return undefined;
    const { profile_picture_file: picture, ...changes } = request.isMultipart()
      ? await readForm(request)
      : (request.body as any);
    if (picture && picture.mimetype !== 'image/jpeg')
      throw badParameter('The picture must be a JPEG');
    Object.assign(group, changes, picture && { hasPicture: true });
    return { request_id: `request ${group.id}` };
  });
}

/** The username of the number: one at a time. */
export function addUsername(cloud: Cloud) {
  const { ofNumber } = cloud;
  const { app } = cloud.base;
  const PATH = '/:version/:id/username';
  const show = () => ({ username: cloud.state.username, status: 'reserved' });

  app.post(
    PATH,
    ofNumber(async request => {
      const { username } = (request.body ?? {}) as any;
      if (!/^[a-z0-9._]{3,35}$/.test(username ?? ''))
        throw badParameter('username is not valid');
      if (username === 'taken')
        throw graphError(147001, 'The username is taken');
      cloud.state.username = username;
      return show();
    }),
  );
  app.get(
    PATH,
    ofNumber(async () => show()),
  );
  app.delete(
    PATH,
    ofNumber(async () => {
      cloud.state.username = undefined;
      return { success: true };
    }),
  );
  app.get(
    '/:version/:id/username_suggestions',
    ofNumber(async () => ({ data: [{ username: 'clinic.ke' }] })),
  );
}

/** Ice breakers, commands and the welcome message. */
export function addAutomation(cloud: Cloud) {
  cloud.base.app.post(
    '/:version/:id/conversational_automation',
    cloud.ofNumber(async request => {
      const given = request.body as any;
      const { prompts = [], commands = [] } = given;
      if (
        prompts.length > 3 ||
        prompts.some((text: string) => text.length > 80)
      )
        throw badParameter('prompts: up to 3, of up to 80 characters');
      if (commands.length > 30) throw badParameter('commands: up to 30');
      for (const { command_name, command_description } of commands)
        if (!/^\w{1,30}$/.test(command_name) || !command_description)
          throw badParameter('A command has a name and a description');
      const { numbers } = cloud.state;
      const id = idOf(request);
      numbers.set(id, { ...numbers.get(id), conversational_automation: given });
      return { success: true };
    }),
  );
}

/** Links with which people sign up for marketing messages. */
export function addSignups(cloud: Cloud) {
  const { base, nodes, ofAccount } = cloud;
  const PATH = '/:version/:id/signups';
  const find = (id: string) =>
    cloud.state.signups.find(signup => signup.id === id);

  base.app.post(
    PATH,
    ofAccount(async request => {
      const { signup_message, confirmation_message, privacy_policy_url } =
        request.body as any;
      if (!signup_message || signup_message.length > 300)
        throw badParameter('signup_message must have 1 to 300 characters');
      if (!confirmation_message || !privacy_policy_url)
        throw badParameter(
          'confirmation_message and privacy_policy_url are required',
        );
      const id = String(5001 + base.store.nextId());
      cloud.state.signups.push({ id, ...(request.body as object) });
      return { id };
    }),
  );
  base.app.get(
    PATH,
    ofAccount(async request => page(request, cloud.state.signups)),
  );
  nodes.GET.push(request => find(idOf(request)));
}

/** What happened to a message that was sent; nothing is known of others. */
export function addHistory(cloud: Cloud) {
  cloud.base.app.get(
    '/:version/:id/message_history',
    cloud.ofNumber(async request => {
      const { message_id: id } = request.query as { message_id?: string };
      const { deliveries } = cloud.base.store;
      const found = deliveries.filter(one => !id || one.id === id);
      return page(
        request,
        found.map((delivery, index) => ({
          id: String(7001 + index),
          message_id: delivery.id,
          events: {
            data: [
              {
                id: String(8001 + index),
                delivery_status: 'SENT',
                timestamp: Math.floor(delivery.at / 1000),
              },
            ],
          },
        })),
      );
    }),
  );
}

export function addRegistration(cloud: Cloud) {
  const { ofNumber } = cloud;
  const { app } = cloud.base;

  app.post(
    '/:version/:id/register',
    ofNumber(async request => {
      requireProduct(request.body);
      const { pin } = request.body as any;
      if (!/^\d{6}$/.test(pin ?? ''))
        throw graphError(133005, 'The pin must have 6 digits');
      cloud.state.registered = true;
      return { success: true };
    }),
  );

  app.post(
    '/:version/:id/request_code',
    ofNumber(async request => {
      const { code_method, language } = request.body as any;
      if (!['SMS', 'VOICE'].includes(code_method) || !language)
        throw badParameter('code_method and language are required');
      return { success: true };
    }),
  );

  app.post(
    '/:version/:id/verify_code',
    ofNumber(async request => {
      if (!/^\d{6}$/.test((request.body as any).code ?? ''))
        throw badParameter('code must have 6 digits');
      return { success: true };
    }),
  );

  app.post(
    '/:version/:id/deregister',
    ofNumber(async () => {
      cloud.state.registered = false;
      return { success: true };
    }),
  );
}
