import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'chronos:public';

/** No token is needed for this route or controller. Every other one needs one. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(IS_PUBLIC, true);
