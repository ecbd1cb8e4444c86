/**
 * Another stream of the same page, shown on a map of its own beside the page's: with tables of its own, the page's city, camera,
 * selection and, for a stream of the same run, the page's clock. It ends when what compares ends.
 */
import { LIVE } from '../../twin/protocol/names.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { SmoothClock } from './drawClock.ts'
import { loneSpeedsMps } from './drivingSpeed.ts'
import { Lens } from './lens.ts'
import type { Live } from './live.ts'
import { Mirror } from './mirror.ts'
import { PlanBook } from './planBook.ts'
import type { RunRecord } from './runRecord.ts'
import { Sketch } from './sketch.ts'
import { Store } from './store.ts'

/** Between two looks at what has come, as of the page's own stream. */
const PULSE_MS = 500
/** Two maps on one machine: the second begins without what is drawn for beauty, and goes on from there by itself. */
const FIRST_QUALITY = 'noTrails'

/** Two runs that are shown together, of which the other is played from what was kept of it. */
export interface Together {
  readonly record: RunRecord
  /** Of the run that the page shows. */
  readonly own: RunRecord
}

/** `live` has its city by now. It begins when it is told to, may be stopped and begun again; without `together` the stream is shown as it comes. */
export function makeSide(live: Live, stream: string, together?: Together): Live {
  const mirror = new Mirror()
  const page = live.store.get()
  // an object of its own: what layers keep of a city is then kept apart, as is what each of the maps shows of it
  const city = page.city && { ...page.city }
  const plans = city && new PlanBook(city.network, loneSpeedsMps(city))
  const isSameRun = page.stream !== LIVE && runIdOf(page.stream) === runIdOf(stream)
  const clock = isSameRun ? live.clock : new SmoothClock()
  const store = new Store({
    ...page,
    city,
    stream,
    comparedWith: undefined,
    replay: undefined,
    aheadMs: undefined,
    clock: undefined,
    quality: FIRST_QUALITY,
  })
  let seenTick = -1

  /** As long after its beginning as the page's run is after its own. */
  const playAlong = ({ record, own }: Together) => {
    if (record.firstTick === undefined || own.firstTick === undefined || live.mirror.tick < 0) return
    const nowMs = performance.now()
    const before = mirror.tick
    if (!record.play(mirror, record.firstTick + live.mirror.tick - own.firstTick, nowMs)) return
    if (mirror.tick < before) {
      plans?.clear()
      clock.restart(live.clock.speed)
    }
    clock.frame(mirror.tick, nowMs)
    plans?.takeAll(mirror, clock.tick())
  }
  const follow = () =>
    live.follow(stream, (bytes, { seq, stateHash, cutAtMs, partDecoder }) => {
      const nowMs = performance.now()
      const before = mirror.tick
      if (!mirror.apply(bytes, nowMs, cutAtMs, partDecoder)) return false
      if (stateHash !== undefined && mirror.stateHash() !== stateHash) return false
      if (!isSameRun && mirror.tick !== before) clock.frame(mirror.tick, nowMs, cutAtMs)
      plans?.update(mirror, clock.tick())
      requestAnimationFrame(() => live.source.drawn(stream, seq))
      return true
    })
  const pulse = () => {
    if (together) playAlong(together)
    if (mirror.tick === seenTick) return
    seenTick = mirror.tick
    const { runs, clock: shown } = live.store.get()
    const startMs = runs[runIdOf(stream)]?.startMs
    store.set({
      pulse: store.get().pulse + 1,
      clock:
        startMs === undefined || shown === undefined
          ? undefined
          : {
              ...shown,
              tick: mirror.tick,
              timeMs: startMs + mirror.tick * (1000 / TICKS_PER_S),
            },
    })
  }
  // what is looked at is one on all maps, whichever of them says so
  const takeView = () => {
    const { view } = live.store.get()
    if (view !== store.get().view) store.set({ view })
  }
  const giveSelection = () => {
    const { selection } = store.get().view
    if (selection !== live.store.get().view.selection) live.store.setView({ selection })
  }
  const ends: (() => void)[] = []
  const begin = () => {
    if (ends.length > 0) return
    const timer = setInterval(pulse, PULSE_MS)
    ends.push(() => clearInterval(timer), live.store.subscribe(takeView), store.subscribe(giveSelection))
    if (!together) ends.push(follow())
    takeView()
  }

  return {
    ...live,
    store,
    mirror,
    compared: new Mirror(),
    clock,
    lens: new Lens(),
    // the edits that the page's own map marks are not of this stream
    sketch: new Sketch(),
    plans: () => plans,
    begin,
    watch() {},
    stop() {
      for (const end of ends.splice(0)) end()
    },
  }
}

function runIdOf(stream: string): string {
  return stream.replace(/\.base$/, '')
}
