/** Opens the line to the twin. Kept out of the first script: the words come before it. */
import { lazySource } from '../source/lazySource.ts'
import { withReplay } from '../source/replaySource.ts'
import { startLive, type Live } from '../state/live.ts'
import { keepViewInUrl } from '../state/urlView.ts'
import type { View } from '../state/view.ts'

export function connect(view: View, isWall: boolean): Live {
  const socket = lazySource(() =>
    import('../source/socketSource.ts').then(({ makeSocketSource }) => makeSocketSource({ isWall })),
  )
  const live = startLive(withReplay(socket), view)
  keepViewInUrl(live.store)
  return live
}
