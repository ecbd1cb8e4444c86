/** How a wall's map looks at its city, and no other face's does: it opens on the whole of it, may be a part of one picture over many screens, and has letters for who stands far off. */
import { mapTextScale, placeNow, roomOf } from '../theme/room.ts'
import type { Viewing } from '../theme/viewing.ts'
import { framed } from './framing.ts'
import { heldWithin, shifted } from './wholePicture.ts'

/** Handed to the map by the wall's faces: the other faces' script is without it. */
export interface WallLook {
  readonly framed: typeof framed
  readonly heldWithin: typeof heldWithin
  readonly shifted: typeof shifted
  /** Letters are this much larger for who looks from there. */
  readonly textScale: (viewing: Viewing | undefined) => number
}

export const wallLook: WallLook = {
  framed,
  heldWithin,
  shifted,
  textScale: (viewing) => mapTextScale(roomOf(viewing, placeNow())),
}
