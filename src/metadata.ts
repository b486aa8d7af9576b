import _ from 'lodash';
import { listFlows } from './account/flows';
import { listPhoneNumbers } from './account/phone-numbers';
import { open } from './platforms';
import {
  expectedParameters,
  type ExpectedParameter,
} from './templates/parameters';
import {
  listTemplates,
  wellFormed,
  type Component,
  type Definition,
} from './templates/definitions';

/** A node of the metadata tree, from which the OpenFn app offers values. */
export interface Entity {
  /** The value inserted into the job. */
  name: string;
  type: string;
  label?: string;
  datatype?: string;
  desc?: string;
  children: Entity[];
  meta?: Record<string, unknown>;
}

interface PhoneNumber {
  id: string;
  display_phone_number?: string;
  verified_name?: string;
}

interface Flow {
  id: string;
  name: string;
  status?: string;
}

function phoneNumber({ id, ...meta }: PhoneNumber): Entity {
  const { display_phone_number: number, verified_name: name } = meta;
  return {
    name: id,
    type: 'phoneNumber',
    label: _.compact([number, name && `(${name})`]).join(' ') || id,
    datatype: 'string',
    children: [],
    meta,
  };
}

const parameter = ({ name, place, about }: ExpectedParameter): Entity => ({
  name,
  type: 'parameter',
  label: place,
  datatype: 'string',
  ...(about && { desc: about }),
  children: [],
});

const component = (given: Component): Entity => ({
  name: given.type.toLowerCase(),
  type: 'component',
  ...(given.text && { desc: given.text }),
  children: expectedParameters(given).map(parameter),
  ...(given.format && { meta: { format: given.format } }),
});

/** The language, and what keeps the template from being sent. */
const templateLabel = ({ name, language, status }: Definition) =>
  `${name} (${_.compact([language, status !== 'APPROVED' && status]).join(', ')})`;

const textOf = ({ components }: Definition) =>
  _.find(components, { type: 'BODY' })?.text;

function template(definition: Definition): Entity {
  const { name, components = [], ...meta } = definition;
  const text = textOf(definition);
  return {
    name,
    type: 'template',
    label: templateLabel(definition),
    datatype: 'string',
    ...(text && { desc: text }),
    children: components.map(component),
    meta,
  };
}

/** For operations that take the ID of a template, which nobody knows by heart. */
function templateId(definition: Definition): Entity {
  const text = textOf(definition);
  return {
    name: definition.id,
    type: 'templateId',
    label: templateLabel(definition),
    datatype: 'string',
    ...(text && { desc: text }),
    children: [],
  };
}

const flow = ({ id, name, ...meta }: Flow): Entity => ({
  name: id,
  type: 'flow',
  label: `${name}${meta.status ? ` (${meta.status})` : ''}`,
  datatype: 'string',
  children: [],
  meta,
});

const withId = <T extends { id: string }>(rows: T[]) =>
  rows.filter(row => typeof row?.id === 'string');

/**
 * Reads metadata for the picklists of the OpenFn app: phone numbers,
 * templates with their parameters, and flows.
 */
export async function metadata(configuration: unknown): Promise<Entity> {
  const platform = open(configuration);
  const account = platform.graph('metadata()').account();
  const [numbers, listed, flows] = await Promise.all([
    listPhoneNumbers(platform, {}),
    listTemplates(platform, {}),
    listFlows(platform, {}),
  ]);
  const templates = wellFormed(listed.body);
  return {
    name: account.slice(1),
    type: 'account',
    label: 'WhatsApp Business Account',
    children: [
      ...withId<PhoneNumber>(numbers.body).map(phoneNumber),
      ...templates.map(template),
      ...withId(templates).map(templateId),
      ...withId<Flow>(flows.body).map(flow),
    ],
  };
}
