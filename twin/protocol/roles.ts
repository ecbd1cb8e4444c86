/** Who someone is to a server that is open to a network, and what each may say and see. */
import type { ClientToServer } from './messages.ts'

export const roles = ['public', 'planner', 'wall'] as const
export type Role = (typeof roles)[number]

const planners: readonly Role[] = ['planner']

/** Who may say what. A new event names its roles here, or the compiler does not let it in. */
export const rolesOfEvent = {
  subscribe: roles,
  look: roles,
  unsubscribe: roles,
  clock: roles,
  ack: roles,
  fileRequest: roles,
  startScenario: planners,
  startEnsemble: planners,
  askPreliminary: planners,
  drill: planners,
  respond: planners,
  playStory: roles,
  // of one's own only
  stopScenario: roles,
  stopEnsemble: roles,
  ensemblePlaces: roles,
  saveScenario: planners,
  comment: roles,
  acknowledge: ['planner', 'wall'],
  handleAlarm: planners,
  actAtDesk: planners,
  exercise: planners,
  joinWall: ['wall', 'planner'],
  steerWall: planners,
  touchWall: ['wall', 'planner'],
  listWalls: planners,
} as const satisfies Record<keyof ClientToServer, readonly Role[]>

/** Who is shown incidents, and told when a desk has done something. */
export const readersOfIncidents: readonly Role[] = ['planner', 'wall']

/** Who may open which face; a planner may look at the wall too. */
export const rolesOfFace = {
  public: roles,
  plan: planners,
  desk: planners,
  wall: ['wall', 'planner'],
} as const satisfies Record<string, readonly Role[]>
export type Face = keyof typeof rolesOfFace

/** What `GET /api/access` answers. */
export interface Access {
  /** Whether the server is open to a network; when it is not, everyone may do everything. */
  readonly isOpen: boolean
  readonly roles: readonly Role[]
}

/** Whether one of `held` is among `asked`. */
export function holdsOne(held: readonly Role[], asked: readonly Role[]): boolean {
  return asked.some((role) => held.includes(role))
}
