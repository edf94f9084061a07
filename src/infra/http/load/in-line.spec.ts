import type { CallHandler, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { lastValueFrom, of } from 'rxjs';
import type { SecondLook } from '../second-look.js';
import { showsOurs } from '../shown.js';
import { InLineInterceptor } from './in-line.js';

const reflector = { get: () => true } as unknown as Reflector;
const look = { take: () => Promise.resolve() } as unknown as SecondLook;

/** What is answered to a costly request whose line is gone by its turn. */
async function answered(method: string, user?: { userId: string }) {
  const request = { method, user, socket: { destroyed: true } };
  showsOurs(request as never, 'a file');
  const context = {
    getType: () => 'http',
    getHandler: () => null,
    switchToHttp: () => ({ getRequest: () => request }),
  };
  const handler: CallHandler = { handle: () => of('made') };
  const line = new InLineInterceptor(reflector, look, true);
  return await lastValueFrom(line.intercept(context as unknown as ExecutionContext, handler));
}

it.each([
  ['a person who reads', 'GET', { userId: 'zoe' }, null],
  ['a person who writes', 'PATCH', { userId: 'zoe' }, null],
  ['somebody by a link who reads', 'GET', undefined, null],
  ['somebody by a link who saves what they typed', 'PATCH', undefined, 'made'],
  ['somebody by a link who hands in', 'POST', undefined, 'made'],
])(
  'given %s has hung up by their turn, then it is made only where words would be lost',
  async (_, method, user, made) => {
    expect(await answered(method, user)).toBe(made);
  },
);
