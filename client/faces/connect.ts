/** Opens the line to the twin. Kept out of the first script: the words come before it. */
import { isDemo } from '../source/demo.ts'
import type { FrameSource } from '../source/frameSource.ts'
import { withReplay } from '../source/replaySource.ts'
import { makeSocketSource } from '../source/socketSource.ts'
import { startLive, type Live } from '../state/live.ts'
import { keepViewInUrl } from '../state/urlView.ts'
import type { View } from '../state/view.ts'

export async function connect(view: View, isWall: boolean): Promise<Live> {
  const source = isDemo ? await demoSource() : withReplay(makeSocketSource({ isWall }))
  const live = startLive(source, view)
  keepViewInUrl(live.store)
  return live
}

/** What `npm run build:demo` lays beside the page. */
async function demoSource(): Promise<FrameSource> {
  const { makeTwinSource } = await import('../source/twinSource.ts')
  const { utcOffsetS } = (await (await fetch('./demo.json')).json()) as { utcOffsetS: number }
  return withReplay(makeTwinSource(utcOffsetS), './recording.citytwin')
}
