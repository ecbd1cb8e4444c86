/** Opens the line to the twin. Kept out of the first script: the words come before it. */
import type { DrillBase } from '../../twin/scenario/drill/document.ts'
import { showFirst } from './firstMoment.ts'
import { addressOf, fullAddressOf } from '../source/address.ts'
import { isDemo } from '../source/demo.ts'
import type { FrameSource } from '../source/frameSource.ts'
import { lazySource } from '../source/lazySource.ts'
import { withReplay } from '../source/replaySource.ts'
import { answerDoors } from '../source/serverless.ts'
import { serverFiles, type CityIndex } from '../state/cityLoader.ts'
import { HostTimedClock } from '../state/hostTimedClock.ts'
import { startLive, type Live } from '../state/live.ts'
import { keepViewInUrl } from '../state/urlView.ts'
import { keepLooking } from '../state/looking.ts'
import type { View } from '../state/view.ts'
import type { Face } from '../../twin/protocol/roles.ts'

export function connect(view: View, face: Face): Live {
  const line = lazySource(() => (isDemo ? demoSource() : socketSource(face === 'wall')))
  const source = withReplay(line, isDemo ? { recording: './recording.citytwin' } : {})
  // screens of one picture draw one moment
  const live = startLive(source, view, serverFiles(), view.span && new HostTimedClock())
  // a screen of a wall keeps the address it was set up with: what it shows is told by the desk, and exactly
  if (face !== 'wall') keepViewInUrl(live.store)
  if (view.momentMs !== undefined) showFirst(live, view.momentMs)
  // operators and planners are shown all of it, in lists as well as on the map
  if (face === 'public') keepLooking(live)
  return live
}

async function socketSource(isWall: boolean): Promise<FrameSource> {
  const { makeSocketSource } = await import('../source/socketSource.ts')
  return makeSocketSource({ isWall })
}

/** What `npm run build:demo` lays beside the page. */
async function demoSource(): Promise<FrameSource> {
  // said again in the words that the bundler folds: else a page with a server carries the engine, and never loads it
  if (import.meta.env.MODE !== 'demo') throw new Error('this page is not the demo')
  const { makeTwinSource } = await import('../source/twinSource.ts')
  const { utcOffsetS, drill } = (await (await fetch('./demo.json')).json()) as {
    utcOffsetS: number
    drill: DrillBase
  }
  const source = makeTwinSource({
    utcOffsetS,
    drill,
    city: demoCity,
    refusal: 'This is a demo without a server; install Citytwin for this.',
  })
  answerDoors((path) => source.door(path))
  return source
}

async function demoCity() {
  const response = await fetch(addressOf('/api/city'))
  // the file's shape is vouched for by who built the demo
  const { datasets, ...info } = (await response.json()) as CityIndex
  const urls = Object.fromEntries(
    Object.entries(datasets).map(([name, { url }]) => [name, fullAddressOf(url)]),
  )
  return { id: info.id, place: { info, urls } }
}
