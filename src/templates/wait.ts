import _ from 'lodash';
import { WhatsAppError } from '../errors/error';
import type { Platform } from '../platforms/platform';
import type { ApiResponse } from '../util/call';
import { sleep } from '../util/clock';
import { runtime } from '../util/dispatcher';
import { anything, positive, readOptions } from '../validation';
import { forgetDefinitions } from './definitions';
import { getTemplate } from './management';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-review

const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 60_000;
const GROWTH = 1.5;
/** Seconds: a review takes minutes, and a run must end. */
const DEFAULT_TIMEOUT = 600;
const IN_REVIEW = ['PENDING', 'IN_APPEAL'];
const NO_REASON = ['NONE', ''];

const OPTIONS = {
  language: anything,
  timeout: positive('These are seconds. Example: timeout: 600.'),
};

function notApproved(template: any) {
  const { name, status, rejected_reason: reason } = template;
  const isRejected = status === 'REJECTED';
  return new WhatsAppError(
    isRejected ? 'TEMPLATE_REJECTED' : 'TEMPLATE_NOT_APPROVED',
    {
      description: `Template ${name} is not approved: its status is ${status}.`,
      fix: isRejected
        ? 'Correct the template by the reason, and submit it again with updateTemplate() or createTemplate().'
        : 'Look at the template in WhatsApp Manager, Message templates.',
      details: _.includes(NO_REASON, reason ?? '') ? undefined : reason,
    },
  );
}

function stillPending({ name }: any, seconds: number) {
  return new WhatsAppError('TEMPLATE_PENDING', {
    description: `Template ${name} is still in review after ${seconds} seconds.`,
    fix: 'Run this again later: a review can take a day. Or wait for the webhook message_template_status_update.',
    retryable: true,
  });
}

/** Ends when Meta has decided about a template. */
export async function waitForTemplate(
  platform: Platform,
  nameOrId: unknown,
  given: unknown,
): Promise<ApiResponse> {
  const { language, timeout = DEFAULT_TIMEOUT } = readOptions(given, OPTIONS);
  const { clock } = runtime;
  const deadline = clock.now() + timeout * 1000;
  for (
    let pause = FIRST_PAUSE;
    ;
    pause = Math.min(LONGEST_PAUSE, pause * GROWTH)
  ) {
    const response = await getTemplate(
      platform,
      nameOrId,
      language === undefined ? {} : { language },
    );
    const { status } = response.body;
    if (status === 'APPROVED') {
      forgetDefinitions(platform);
      return response;
    }
    if (!IN_REVIEW.includes(status)) throw notApproved(response.body);
    if (clock.now() + pause > deadline)
      throw stillPending(response.body, timeout);
    await sleep(clock, pause);
  }
}
