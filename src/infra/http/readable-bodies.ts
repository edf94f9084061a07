import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from '../../common/problem.js';

/**
 * What a form of a foreign page could send without asking first: it is read nowhere but where mail programs unsubscribe with one click
 * (RFC 8058 section 3.2), and refused everywhere else.
 */
const SENT_BY_FORMS = /^(application\/x-www-form-urlencoded|text\/plain)\b/i;
const ONE_CLICK = '/api/unsubscribe/:token';

/** 415 for a body that no route of ours reads. */
export function refuseFormBodies(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, _reply, done) => {
      const isForm = SENT_BY_FORMS.test(request.headers['content-type'] ?? '');
      if (!isForm || request.routeOptions.url === ONE_CLICK) done();
      else done(new Problem(415, 'unsupported_media_type', 'Send JSON, or what the description of the API says.'));
    });
}
