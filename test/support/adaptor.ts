import * as source from '../../src';

type Untyped = Record<string, (...args: any[]) => any>;

/** The operations as jobs call them: a function of state may stand anywhere, which their types can't say. */
export const {
  blockUsers,
  checkContacts,
  createTemplate,
  del,
  deleteMedia,
  deleteTemplate,
  downloadMedia,
  each,
  execute,
  get,
  getAnalytics,
  getBusinessProfile,
  getMedia,
  getPhoneNumber,
  getTemplate,
  listBlockedUsers,
  listPhoneNumbers,
  listTemplates,
  markAsRead,
  parseWebhook,
  post,
  request,
  sendBulk,
  sendMessage,
  sendTemplate,
  subscribeWebhook,
  unblockUsers,
  unsubscribeWebhook,
  updateBusinessProfile,
  updateTemplate,
  uploadFileHandle,
  uploadMedia,
} = source as unknown as Untyped;
