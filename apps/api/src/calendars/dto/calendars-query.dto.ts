import { PageQueryDto, QueryInstantField, TextField } from '../../http/index.js';

export class CalendarsQueryDto extends PageQueryDto {
  @TextField({ optional: true, max: 200, description: 'Part of the name or description, in any case.' })
  search?: string;
}

export class WindowsQueryDto {
  @QueryInstantField('first', {
    description: 'First moment looked at; a date alone is its start in UTC. Default: now.',
  })
  from?: Date;

  @QueryInstantField('last', {
    description:
      'Last moment looked at; a date alone is its end in UTC. Default: 31 days after `from`; at most 400.',
  })
  to?: Date;
}
