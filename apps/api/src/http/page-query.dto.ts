import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { OptionalField } from './optional-field.decorator.js';
import { IsQueryInt } from './query-int.decorator.js';

export const DEFAULT_PAGE_LIMIT = 20;
export const MAX_PAGE_LIMIT = 100;
const MAX_CURSOR_LENGTH = 500;

/** Base of every list's query: `class JobsQueryDto extends PageQueryDto`. */
export class PageQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, default: 1, description: 'Page, from 1.' })
  @IsQueryInt({ min: 1, max: 1_000_000 })
  page: number = 1;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_PAGE_LIMIT,
    default: DEFAULT_PAGE_LIMIT,
    description: 'Items on a page.',
  })
  @IsQueryInt({ min: 1, max: MAX_PAGE_LIMIT })
  limit: number = DEFAULT_PAGE_LIMIT;

  @ApiPropertyOptional({
    maxLength: MAX_CURSOR_LENGTH,
    description:
      '`meta.nextCursor` of the page before. Serves deep lists in constant time; `page` is then ignored.',
  })
  @OptionalField()
  @MaxLength(MAX_CURSOR_LENGTH, { message: 'must be the nextCursor of an earlier answer' })
  @IsString({ message: 'must be given once' })
  cursor?: string;
}
