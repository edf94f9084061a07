import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { parse } from '../../common/validation.js';

/** Every `@Body({schema})`, `@Query({schema})` and socket payload: wrong input is a 422 that names each field. */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  protected override validate<T>(value: unknown, schema: unknown): { value: T } {
    return { value: parse(schema as z.ZodType<T>, value) };
  }
}
