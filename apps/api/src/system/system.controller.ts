import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal, Roles } from '#auth';
import { ChronosConfig } from '#config';
import { SystemPause, type SystemPauseView } from '#jobs';
import { CHRONOS_VERSION } from '#monitoring';
import { zoneDataVersion } from '#scheduling';
import { ApiEnvelope, ApiErrors } from '../http/index.js';
import { PauseSystemDto, ResumeSystemDto, SystemPauseDto } from './dto/system-pause.dto.js';
import { SystemSettingsDto } from './dto/system-settings.dto.js';

@ApiTags('System')
@ApiBearerAuth()
@Controller('system')
export class SystemController {
  constructor(
    private readonly systemPause: SystemPause,
    private readonly config: ChronosConfig,
  ) {}

  @Get('settings')
  @Roles('admin')
  @ApiOperation({
    summary: 'What the installation was set up with',
    description: 'Admins only. Of the API process that answers; other processes may be of another version.',
  })
  @ApiEnvelope(SystemSettingsDto, { description: 'Versions, retention, and whether e-mail can be sent.' })
  @ApiErrors('FORBIDDEN')
  settings(): SystemSettingsDto {
    const { queue, auth, smtp, retention } = this.config;
    return {
      version: CHRONOS_VERSION,
      timeZoneData: zoneDataVersion(),
      queue: queue.backend,
      registration: auth.allowRegistration,
      mail: { enabled: smtp.host !== undefined, from: smtp.from ?? null },
      retention: {
        executionDays: retention.days,
        logDays: retention.logDays,
        auditDays: retention.auditDays,
      },
    };
  }

  @Get('pause')
  @ApiOperation({
    summary: 'Whether everything is paused, since when and why',
    description: "Counts are of the user's own jobs and executions; admins see all.",
  })
  @ApiEnvelope(SystemPauseDto, { description: 'How it stands.' })
  get(@CurrentUser() actor: Principal): Promise<SystemPauseView> {
    return this.systemPause.get(actor);
  }

  @Post('pause')
  @HttpCode(200)
  @Roles('admin')
  @ApiOperation({
    summary: 'Pause everything',
    description:
      'Admins only. Nothing starts until it is resumed, whatever has been planned or queued; retries wait. What runs goes on, unless `cancelRunning` is given. Asking for a run is answered 409 `SYSTEM_PAUSED`. No job is changed.',
  })
  @ApiEnvelope(SystemPauseDto, { description: 'How it stands, with how much it concerns.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN', 'INVALID_STATE')
  pause(
    @CurrentUser() actor: Principal,
    @Body() { reason, cancelRunning }: PauseSystemDto,
  ): Promise<SystemPauseView> {
    return this.systemPause.pause(actor, reason, { cancelRunning });
  }

  @Post('resume')
  @HttpCode(200)
  @Roles('admin')
  @ApiOperation({
    summary: 'Let everything go on',
    description:
      'Admins only. Jobs paused by themselves stay so. The times that passed are a gap in the ledgers with the reason `system_paused`, unless `catchUp` has the misfire policies applied to them.',
  })
  @ApiBody({ type: ResumeSystemDto, required: false })
  @ApiEnvelope(SystemPauseDto, { description: 'How it stands; `jobs.due` tells how many jobs missed times.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN', 'INVALID_STATE')
  resume(@CurrentUser() actor: Principal, @Body() { catchUp }: ResumeSystemDto): Promise<SystemPauseView> {
    return this.systemPause.resume(actor, { catchUp });
  }
}
