import type { Platform } from '../platforms/platform';
import { getAllPages } from '../util/pagination';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/flows

export async function listFlows(platform: Platform) {
  return getAllPages(platform, {
    method: 'GET',
    path: platform.graph('metadata()').account('flows'),
    query: { fields: 'id,name,status,categories' },
    idempotency: 'safe',
  });
}
