/** Runs the members of forecasts inside their thread, one when asked for one, all in the same twin; and records one for the map. */
import type { MessagePort } from 'node:worker_threads'
import { publishedTables } from '../../twin/domains.ts'
import { startMember, runMember, type MemberDraw } from '../../twin/forecast/member.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import { writeMoment, writeRecording } from '../../twin/protocol/recording.ts'
import type { Twin } from '../../twin/twin.ts'
import { Framer, type Framed } from './framer.ts'
import type { FromForecast, ToForecast } from './loopMessages.ts'

// Simulated seconds between two pictures of a recorded member: at 60× one a second. Montevideo's hour from 18:00 takes 8 MB.
const PICTURE_S = 60
const KEYFRAME_S = 600

export class ForecastHost {
  private readonly twin: Twin
  private readonly port: MessagePort
  /** The moment that members begin from. */
  private state: SavedState = {}

  constructor(twin: Twin, port: MessagePort) {
    this.twin = twin
    this.port = port
  }

  /** Waits for the first moment from now on. */
  start(): void {
    this.port.on('message', (message: ToForecast) => {
      if (message.kind === 'begin') this.state = message.state
      else if (message.kind === 'run') this.run(message.draw)
      else this.record(message.draw)
    })
    this.say({ kind: 'ready' })
  }

  private run(draw: MemberDraw): void {
    const { twin } = this
    // only the one that is recorded is drawn
    twin.traffic.keepPlans(false)
    startMember(twin, this.state, draw)
    const { value } = twin.tables.find(({ spec }) => spec.name === indicatorTable.name)!.columns
    const now = Float32Array.from(value)
    this.say({ kind: 'member', madeMs: timeMsAt(twin.clock, twin.clock.tick), now, paths: runMember(twin) })
  }

  /** The same member again, with its pictures: the same state and dice give the same hour. */
  private record(draw: MemberDraw): void {
    const { twin } = this
    twin.traffic.keepPlans(true)
    startMember(twin, this.state, draw)
    const { clock } = twin
    const framer = new Framer(twin.tables)
    const moments: Uint8Array[] = []
    const take = (framed: Framed | undefined) => {
      if (framed === undefined) return
      const { isKeyframe, tick, bytes } = framed
      const cityMs = timeMsAt(clock, tick)
      moments.push(
        writeMoment({ isKeyframe, run: 1, tick, cityMs, wallMs: cityMs, frame: new Uint8Array(bytes) }),
      )
    }
    take(framer.next(clock.tick))
    let second = 0
    runMember(twin, () => {
      second++
      if (second % PICTURE_S === 0) take(framer.next(clock.tick))
      if (second % KEYFRAME_S === 0) take(framer.keyframe())
    })
    const { startMs, utcOffsetS } = clock
    const header = {
      cityId: twin.city.info.id,
      schemaHash: schemaHash(publishedTables),
      epoch: 'forecast',
      runs: [{ run: 1, startMs, utcOffsetS }],
    }
    const file = Uint8Array.from(writeRecording(header, moments))
    this.say({ kind: 'recorded', file }, [file.buffer])
  }

  private say(message: FromForecast, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer)
  }
}
