import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { problemSchema } from '../http/documented.js';

/** The OpenAPI 3.1 document, from the decorators of the routes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Forløp')
    .setDescription(
      'Event-sourced case service for hjelpetiltak in Norwegian child welfare. Every problem: [/docs/problems](/docs/problems).',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problemSchema as never },
  };
  return document;
}

/** Serves the document and the interactive page, from this machine's own files: no other host is asked for anything. */
export function serveDocuments(app: INestApplication): OpenAPIObject {
  const document = openApiDocument(app);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Forløp – grensesnitt',
    swaggerOptions: { persistAuthorization: false, tryItOutEnabled: true, defaultModelsExpandDepth: 0 },
  });
  return document;
}
