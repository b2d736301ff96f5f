import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, ownerScope, type Principal } from '#auth';
import { NotificationCommands } from '#jobs';
import { type ChannelView, FindChannels, FindNotifications, type NotificationView } from '#notifications';
import { ApiEnvelope, ApiErrors, ApiPage, Page, ParseIdPipe, TakesNoFields } from '../http/index.js';
import { decodeNotificationCursor, encodeNotificationCursor } from '../jobs/list-cursors.js';
import { ChannelDto } from './dto/channel.dto.js';
import { NotificationDto } from './dto/notification.dto.js';
import { NotificationsQueryDto } from './dto/notifications-query.dto.js';

@ApiTags('Notifications')
@ApiBearerAuth()
@Controller()
export class NotificationsController {
  constructor(
    private readonly notifications: FindNotifications,
    private readonly channels: FindChannels,
    private readonly commands: NotificationCommands,
  ) {}

  @Get('notifications')
  @ApiOperation({
    summary: 'What jobs told of how they ended, newest first',
    description:
      "What is to be sent, what was sent and what could not be, with the reason. Of the user's own jobs; admins see all.",
  })
  @ApiPage(NotificationDto, { description: 'A page of notifications.' })
  @ApiErrors('VALIDATION_FAILED')
  async list(
    @CurrentUser() actor: Principal,
    @Query() query: NotificationsQueryDto,
  ): Promise<Page<NotificationView>> {
    const { cursor, ...filter } = query;
    const afterId = cursor === undefined ? undefined : decodeNotificationCursor(cursor);
    const { items, total, lastId } = await this.notifications.list({
      ...filter,
      ownerId: ownerScope(actor),
      afterId,
    });
    return Page.of(query, { items, total, nextCursor: lastId && encodeNotificationCursor(lastId) });
  }

  @Get('notifications/channels')
  @ApiOperation({
    summary: 'The ways notifications go out, and how each has fared',
    description: "Counts are of the user's own jobs; admins see all.",
  })
  @ApiEnvelope([ChannelDto], { description: 'All channels.' })
  listChannels(@CurrentUser() actor: Principal): Promise<ChannelView[]> {
    return this.channels.list(ownerScope(actor));
  }

  @Post('notifications/:id/resend')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Try a notification that was given up again',
    description: 'To where it was to go when it was written, whatever the job says now.',
  })
  @TakesNoFields()
  @ApiEnvelope(NotificationDto, { status: 202, description: 'The notification, pending.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'INVALID_STATE')
  resend(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<NotificationView> {
    return this.commands.resend(actor, id);
  }

  @Post('jobs/:id/notifications/test')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a test message through the channels of a job',
    description:
      'One message for each channel the job names, or an e-mail to its owner. A worker sends them; what became of them is in the list.',
  })
  @TakesNoFields()
  @ApiEnvelope([NotificationDto], { status: 202, description: 'The messages, pending.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'INVALID_STATE')
  test(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<NotificationView[]> {
    return this.commands.test(actor, id);
  }
}
