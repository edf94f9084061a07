import { HttpCode, SerializeOptions, applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

/** What a route answers: validated and stripped by the schema, and written into the OpenAPI file. */
export const Replies = (schema: z.ZodType, status = 200) =>
  applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({
      status,
      schema: z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'output', unrepresentable: 'any' }) as never,
    }),
  );

/** A route that answers nothing. */
export const RepliesNothing = (status: 202 | 204 = 204) => applyDecorators(HttpCode(status), ApiResponse({ status }));
