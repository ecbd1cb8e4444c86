/** Opens the line to the twin. Kept out of the first script: the words come before it. */
import { withReplay } from '../source/replaySource.ts'
import { makeSocketSource } from '../source/socketSource.ts'
import { startLive, type Live } from '../state/live.ts'
import { keepViewInUrl } from '../state/urlView.ts'
import type { View } from '../state/view.ts'

export function connect(view: View, isWall: boolean): Live {
  const live = startLive(withReplay(makeSocketSource({ isWall })), view)
  keepViewInUrl(live.store)
  return live
}
