import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { core } from 'zod';
import { invalid } from '../../common/problem.js';
import { fieldProblems } from '../../common/validation.js';

/** Every `@Body({schema})`, `@Query({schema})` and socket payload: wrong input is a 422 that names each field. */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => invalid(fieldProblems(issues as unknown as core.$ZodIssue[])) });
  }
}
