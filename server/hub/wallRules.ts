/** What screens of walls, and the desks that steer them, may say. */
import {
  joinWallSchema,
  listWallsSchema,
  steerWallSchema,
  touchWallSchema,
} from '../../twin/protocol/wallMessages.ts'
import { rule, type Rule } from './door.ts'
import type { Walls } from './walls.ts'

/** The room of all screens of all walls. */
export const WALLS = 'walls'
// Of one socket: how many at once, and a minute. A desk looks every second and a half.
const LIMIT = { atOnce: 40, perMinute: 90 }

export function wallRules(walls: Walls): Record<'joinWall' | 'steerWall' | 'touchWall' | 'listWalls', Rule> {
  return {
    joinWall: rule(LIMIT, joinWallSchema, (message, socket) => {
      const show = walls.join(socket.id, message)
      for (const room of socket.rooms) if (room.startsWith('wall ')) void socket.leave(room)
      void socket.join([WALLS, `wall ${message.name}`])
      return { show }
    }),
    steerWall: rule(LIMIT, steerWallSchema, (message) => {
      walls.steer(message)
      return {}
    }),
    touchWall: rule(LIMIT, touchWallSchema, (message) => {
      walls.touch(message)
      return {}
    }),
    listWalls: rule(LIMIT, listWallsSchema, () => ({ walls: walls.list() })),
  }
}
