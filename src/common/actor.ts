import type { Role } from '../contracts/roles.js';

/** Who asks: a signed-in person, on HTTP and socket alike. `loginId` is the refresh family. */
export interface Actor {
  userId: string;
  loginId: string;
  isAdmin: boolean;
}

/** Who asks within one cohort. `admin` is an admin of the installation who is no member. */
export interface CohortActor extends Actor {
  cohortId: string;
  role: Role | 'admin';
  projectId: string | null;
  cohortTimeZone: string;
  cohortState: 'running' | 'closed';
}
