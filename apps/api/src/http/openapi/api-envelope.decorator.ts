import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PageMetaDto } from './page-meta.dto.js';

interface SchemaRef {
  $ref: string;
}

type Properties = Record<string, SchemaRef | { type: 'array'; items: SchemaRef }>;

interface AnswerOptions {
  /** 200 unless given. */
  status?: 200 | 201 | 202;
  description: string;
}

/** Documents `{ success: true, data: <model> }`; pass `[Model]` where `data` is a list without pages. */
export function ApiEnvelope(model: Type | [Type], options: AnswerOptions): MethodDecorator {
  const [item, isList] = Array.isArray(model) ? [model[0], true] : [model, false];
  const ref = { $ref: getSchemaPath(item) };
  return answer([item], options, { data: isList ? { type: 'array', items: ref } : ref });
}

/** Documents `{ success: true, data: [<model>], meta }`: what a handler that returns a `Page` answers. */
export function ApiPage(model: Type, options: AnswerOptions): MethodDecorator {
  return answer([model, PageMetaDto], options, {
    data: { type: 'array', items: { $ref: getSchemaPath(model) } },
    meta: { $ref: getSchemaPath(PageMetaDto) },
  });
}

function answer(
  models: Type[],
  { status = 200, description }: AnswerOptions,
  properties: Properties,
): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(...models),
    ApiResponse({
      status,
      description,
      schema: {
        type: 'object',
        required: ['success', ...Object.keys(properties)],
        properties: { success: { type: 'boolean', enum: [true] }, ...properties },
      },
    }),
  );
}
