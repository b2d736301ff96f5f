import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { ChronosError } from '#contracts';

/** `@Param('id', ParseIdPipe) id: string`: a UUID in lower case, else 400 naming the parameter. */
@Injectable()
export class ParseIdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown, { data = 'id' }: ArgumentMetadata): string {
    if (typeof value === 'string' && isUUID(value)) return value.toLowerCase();
    throw ChronosError.invalid(data, 'must be a UUID');
  }
}
