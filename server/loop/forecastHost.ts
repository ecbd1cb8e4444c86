/** Runs the members of forecasts inside their thread, one when asked for one, all in the same twin. */
import type { MessagePort } from 'node:worker_threads'
import { startMember, runMember, type MemberDraw } from '../../twin/forecast/member.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import type { Twin } from '../../twin/twin.ts'
import type { FromForecast, ToForecast } from './loopMessages.ts'

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
      else this.run(message.draw)
    })
    this.say({ kind: 'ready' })
  }

  private run(draw: MemberDraw): void {
    const { twin } = this
    startMember(twin, this.state, draw)
    const { clock } = twin
    const madeMs = timeMsAt(clock, clock.tick)
    const now = twin.tables.find(({ spec }) => spec.name === indicatorTable.name)!.columns['value'].slice()
    this.say({ kind: 'member', madeMs, now: Float32Array.from(now), paths: runMember(twin) })
  }

  private say(message: FromForecast): void {
    this.port.postMessage(message, [])
  }
}
