import { badParameter, graphError } from './graph-error';
import { requireProduct } from './messages';
import { idOf } from './base';
import { page, type Cloud } from './graph';

// Flows, QR codes, groups and registration, which jobs reach with request().

export function addFlows(cloud: Cloud) {
  const { base, nodes, ofAccount } = cloud;
  const PATH = '/:version/:id/flows';
  const find = (id: string) => cloud.state.flows.find(flow => flow.id === id);

  base.app.get(
    PATH,
    ofAccount(async request => {
      return page(request, cloud.state.flows);
    }),
  );

  base.app.post(
    PATH,
    ofAccount(async request => {
      const { name, categories } = request.body as any;
      if (!name || !categories?.length)
        throw badParameter('name and categories are required');
      const id = String(3001 + base.store.nextId());
      cloud.state.flows.push({ id, name, categories, status: 'DRAFT' });
      return { id, success: true, validation_errors: [] };
    }),
  );

  base.app.post(
    '/:version/:id/publish',
    base.handle(async request => {
      const flow = find(idOf(request));
      if (flow?.status !== 'DRAFT')
        throw graphError(139002, 'The flow cannot be published');
      flow.status = 'PUBLISHED';
      return { success: true };
    }),
  );

  nodes.GET.push(request => find(idOf(request)));
}

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
