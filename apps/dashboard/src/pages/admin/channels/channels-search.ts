import type { NotificationsFilter } from '../../../notifications/use-notifications.js';
import { choice } from '../../../shell/search-params.js';

export function channelsSearch(search: Record<string, unknown>): NotificationsFilter {
  return {
    status: choice(search['status'], ['pending', 'sent', 'failed']),
    channel: choice(search['channel'], ['email', 'webhook', 'slack']),
  };
}
