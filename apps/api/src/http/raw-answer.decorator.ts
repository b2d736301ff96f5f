import { SetMetadata } from '@nestjs/common';

export const RAW_ANSWER = 'chronos:raw-answer';

/** The handler's value is sent as it is, without the envelope: probes, event streams, metrics. */
export const RawAnswer = (): ClassDecorator & MethodDecorator => SetMetadata(RAW_ANSWER, true);
