import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import { isFilled } from '../validation';
import { allowOnly, requireObject, requireText } from './checks';
import { interactiveKind } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/guides/sendingaflow

const MAX_CTA = 30;
/** Sources disagree. */
const ADVISED_CTA = 20;

function flowAction(value: unknown, warn: Warn) {
  const flow = requireObject(
    value,
    'flow',
    "flow: { id: '123456', cta: 'Start' }",
  );
  allowOnly(
    flow,
    ['id', 'name', 'cta', 'screen', 'data', 'token', 'mode', 'action'],
    'flow',
  );
  const { id, name, screen, data, token, mode, action = 'navigate' } = flow;
  if (isFilled(id) === isFilled(name))
    throw invalidMessage(
      '`flow` must have either `id` or `name`.',
      "Example: flow: { id: '123456', cta: 'Start' }.",
      { field: 'flow' },
    );
  const flow_cta = requireText(flow.cta, {
    field: 'flow.cta',
    limit: MAX_CTA,
    warn,
  });
  if (flow_cta.length > ADVISED_CTA)
    warn(
      `flow.cta has more than ${ADVISED_CTA} characters: it may be refused.`,
    );
  if (!isFilled(screen) && !_.isEmpty(data))
    throw invalidMessage(
      '`flow.data` requires `flow.screen`, the screen that receives the data.',
      "Example: screen: 'INTRO'.",
      { field: 'flow.screen' },
    );
  const payload = isFilled(screen) && {
    flow_action_payload: { screen, ...(_.isEmpty(data) ? {} : { data }) },
  };
  return {
    name: 'flow',
    parameters: {
      flow_message_version: '3',
      ..._.omitBy({ flow_id: id, flow_name: name }, _.isNil),
      flow_cta,
      ..._.omitBy({ mode, flow_token: token }, _.isNil),
      flow_action: action,
      ...payload,
    },
  };
}

export const flow = interactiveKind({
  name: 'flow',
  type: 'flow',
  header: 'any',
  onPremise: 'never',
  action: flowAction,
});
