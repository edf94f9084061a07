import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Public, SignedIn } from '../infra/http/access.js';
import { SecondLook } from '../infra/http/second-look.js';
import { AccessGuard } from './access.guard.js';
import type { Devices } from './tokens/devices.js';

class Routes {
  @Public()
  open(): void {}

  @SignedIn()
  closed(): void {}

  /** What a new route is until somebody says who may call it. */
  forgotten(): void {}
}

const guard = new AccessGuard(new Reflector(), { ofLast: () => null } as unknown as Devices, new SecondLook());
const mayCall = async (route: keyof Routes) =>
  await guard.canActivate({
    getType: () => 'http',
    getHandler: () => Routes.prototype[route],
    getClass: () => Routes,
    switchToHttp: () => ({ getRequest: () => ({ cookies: {}, user: { userId: 'ines', isAdmin: true } }) }),
  } as unknown as ExecutionContext);

it('given a route that names nobody who may call it, then it is refused to all, also to who is signed in', async () => {
  // Whose token it is, is told elsewhere: here everybody has a good one.
  const strategy = Object.getPrototypeOf(AccessGuard.prototype) as { canActivate: () => Promise<boolean> };
  jest.spyOn(strategy, 'canActivate').mockResolvedValue(true);
  expect([await mayCall('open'), await mayCall('closed')]).toEqual([true, true]);
  await expect(mayCall('forgotten')).rejects.toMatchObject({ status: 403 });
});
