import { SetMetadata, applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Role } from '../../contracts/roles.js';

/** Who may call a route: enforced by guards, and published in the OpenAPI file as `x-access`, from which the access matrix is tested. */
export type Access =
  | { kind: 'public' }
  | { kind: 'signed-in' }
  | { kind: 'admin' }
  | { kind: 'cohort'; roles: readonly (Role | 'admin')[] };

/** Metadata key of {@link Access}. A route without it is refused at start. */
export const ACCESS = 'cordee:access';

const MEMBERS: readonly Role[] = ['fellow', 'coach', 'host', 'staff', 'alumni'];

const access = (value: Access) => applyDecorators(SetMetadata(ACCESS, value), ApiExtension('x-access', value));

/** Open to all. */
export const Public = () => access({ kind: 'public' });

/** Any signed-in person. */
export const SignedIn = () => access({ kind: 'signed-in' });

/** Admins of the installation. */
export const AdminOnly = () => access({ kind: 'admin' });

/**
 * Members of the cohort named by `:cohortId`, with one of these roles (without any: every member). Who is no member gets 404,
 * who has another role 403. `admin` lets an admin of the installation in, member or not.
 */
export const InCohort = (...roles: (Role | 'admin')[]) =>
  access({ kind: 'cohort', roles: roles.length > 0 ? roles : MEMBERS });
