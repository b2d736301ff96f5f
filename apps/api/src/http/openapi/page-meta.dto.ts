import { ApiProperty } from '@nestjs/swagger';
import type { PageMeta } from '../page.js';

export class PageMetaDto implements PageMeta {
  @ApiProperty({ type: 'integer', example: 1 })
  page!: number;

  @ApiProperty({ type: 'integer', example: 20 })
  limit!: number;

  @ApiProperty({ type: 'integer', example: 57, description: 'Items on all pages.' })
  total!: number;

  @ApiProperty({ type: 'integer', example: 3 })
  totalPages!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'Send it as `cursor` for the next page.' })
  nextCursor!: string | null;
}
