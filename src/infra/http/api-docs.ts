import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document of all routes; each carries `x-access`, who may call it. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setTitle('Cordée')
    .setDescription(
      'Instants are ISO 8601 UTC; wall-clock rules carry an IANA zone. Errors are application/problem+json with a stable code.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, frame, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
}

/** `/api/docs` to read, `/api/openapi.json` for programs; built when first asked for. */
export function mountApiDocs(app: INestApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('api/docs', app, () => (document ??= openApiOf(app)), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Cordée API',
    // Its default sends the document to a validator on the internet.
    swaggerOptions: { validatorUrl: null },
  });
}
