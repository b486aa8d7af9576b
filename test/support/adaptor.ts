import * as source from '../../src';

type Untyped = Record<string, (...args: any[]) => any>;

/** The operations as jobs call them: a function of state may stand anywhere, which their types can't say. */
export const {
  blockUsers,
  checkContacts,
  createTemplate,
  deleteTemplate,
  getAnalytics,
  sendBulk,
  sendMessage,
  sendTemplate,
  updateTemplate,
} = source as unknown as Untyped;
