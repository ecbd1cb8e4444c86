/**
 * A drill as its host has it: takes what a page says, keeps the city's pace, tells how it stands. The same in a server's thread and
 * in a browser's worker, which give it a clock, a timer and the twins.
 */
import type { City } from '../../city.ts'
import type { DrillState, ToDrill } from '../../protocol/drillMessages.ts'
import { powerSystemTable } from '../../power/tables.ts'
import type { Twin } from '../../twin.ts'
import { MODEL_VERSION } from '../document.ts'
import { wordsOfRefusal } from '../refusals.ts'
import { beginOf, DRILL_VERSION, parseDrill, writeDrill, type Drill, type DrillBase } from './document.ts'
import { makeDrill, type DrillGame, type DrillTwins } from './game.ts'
import { offersOf, type DrillOffer } from './offers.ts'
import { replayDrill, type Replay } from './replay.ts'
import { ACT_S, largestSubstation, WHOLE_S } from './rules.ts'

/** Longest uninterrupted run of steps, and between two looks at what is due, wall milliseconds. */
const SLICE_MS = 80
const LOOK_MS = 100
/** Between two frames, and two words on how it stands. */
const FRAME_MS = 500
/** Between two looks at what can be done next, city seconds. */
const OFFERS_S = 15
/** A minute of the city takes ten seconds, unless the page says otherwise. */
const FIRST_PACE = 6
const ALL_OUT = 1000

export type DrillNews = Omit<DrillState, 'id'>

export interface DrillHostParts {
  readonly city: City
  /** Where a game begins: city, data, model, seed and moment. */
  readonly base: DrillBase
  /** Two twins that stand at a moment, of one seed. */
  readonly twins: (base: DrillBase) => Promise<DrillTwins>
  readonly tell: (news: DrillNews) => void
  /** A frame of both twins is due. */
  readonly show: (played: Twin, base: Twin) => void
  readonly nowMs: () => number
  readonly later: (afterMs: number, next: () => void) => void
}

const noScore = { customerMinutes: { base: 0, played: 0 }, vehicleHours: { base: 0, played: 0 } }

export class DrillHost {
  private readonly parts: DrillHostParts
  private what: DrillState['what'] = 'game'
  private base: DrillBase
  private substation = 0
  private game: DrillGame | undefined
  private replay: Replay | undefined
  private pace: number = FIRST_PACE
  /** From when on, and from which second, the pace is counted. */
  private paceFrom = { ms: 0, doneS: 0 }
  private offers: readonly DrillOffer[] = []
  private offeredAtS = -Infinity
  private shownAtMs = -Infinity
  private isStopped = false
  private names = 0

  constructor(parts: DrillHostParts) {
    this.parts = parts
    this.base = parts.base
  }

  /** What goes wrong is told as a failure; what is asked for and cannot be is thrown. */
  hear(message: ToDrill): void {
    if (message.do === 'start') void this.begin(() => this.startGame(message.substation))
    else if (message.do === 'verify') void this.begin(() => this.startReplay(message.file))
    else if (message.do === 'stop') this.isStopped = true
    else if (message.do === 'pace') this.setPace(message.pace)
    else if (this.game === undefined || this.what === 'verify') throw new Error('there is no game to act in')
    else if (message.do === 'act') this.act(this.game, message.edits)
    else this.undo(this.game, message.act)
  }

  private async begin(start: () => Promise<void>): Promise<void> {
    try {
      await start()
      if (this.game === undefined || this.isStopped) return
      this.paceFrom = { ms: this.parts.nowMs(), doneS: 0 }
      this.tell()
      this.go(this.game)
    } catch (error) {
      this.parts.tell({ ...this.news('failed'), error: (error as Error).message })
    }
  }

  private async startGame(asked: number | undefined): Promise<void> {
    const { city } = this.parts
    const substation = asked ?? largestSubstation(city)
    const count = city.grid?.substations.xM.length ?? 0
    if (substation === undefined || substation >= count)
      throw new Error(
        count === 0
          ? 'this city has no substations'
          : `there is no substation ${substation}; the city has ${count}`,
      )
    this.substation = substation
    this.parts.tell(this.news('preparing'))
    this.game = makeDrill(await this.parts.twins(this.base), substation)
  }

  private async startReplay(file: string): Promise<void> {
    const drill = parseDrill(file)
    checkBase(drill, this.parts.base, this.parts.city)
    this.what = 'verify'
    this.base = drill.base
    this.substation = drill.lost.substation
    this.pace = ALL_OUT
    this.parts.tell(this.news('preparing'))
    this.game = makeDrill(await this.parts.twins(drill.base), this.substation)
    this.replay = replayDrill(this.game, drill)
  }

  private act(game: DrillGame, edits: Extract<ToDrill, { do: 'act' }>['edits']): void {
    for (const edit of edits) {
      const refusal = game.act({ ...edit, id: `a${++this.names}` })
      if (refusal !== undefined) throw new Error(wordsOfRefusal(refusal))
    }
    this.lookAnew()
  }

  private undo(game: DrillGame, id: string): void {
    const refusal = game.undo(id)
    if (refusal !== undefined) throw new Error(wordsOfRefusal(refusal))
    this.lookAnew()
  }

  private setPace(pace: number): void {
    this.pace = pace
    this.paceFrom = { ms: this.parts.nowMs(), doneS: this.game?.doneS() ?? 0 }
    this.tell()
  }

  private lookAnew(): void {
    this.offeredAtS = -Infinity
    this.tell()
  }

  private go(game: DrillGame): void {
    if (this.isStopped) return
    const { nowMs, later } = this.parts
    const startMs = nowMs()
    const isCounting = game.doneS() >= ACT_S || this.pace === ALL_OUT
    const mostS = game.doneS() < ACT_S ? ACT_S : WHOLE_S
    const dueS = isCounting
      ? mostS
      : Math.min(mostS, this.paceFrom.doneS + ((startMs - this.paceFrom.ms) / 1000) * this.pace)
    while (game.doneS() < Math.floor(dueS) && nowMs() - startMs < SLICE_MS) (this.replay ?? game).step()
    // what the machine could not do in time is not chased
    if (!isCounting && dueS - game.doneS() > 2 * this.pace)
      this.paceFrom = { ms: startMs, doneS: game.doneS() }
    if (game.isOver()) return this.finish(game)
    if (nowMs() - this.shownAtMs >= FRAME_MS) this.tell()
    later(isCounting ? 0 : LOOK_MS, () => this.go(game))
  }

  private finish(game: DrillGame): void {
    const score = game.score()
    const news = this.news('done')
    if (this.replay) this.parts.tell({ ...news, verdict: this.replay.verdict() })
    else {
      const { base, substation } = this
      const drill: Drill = {
        citytwin: 'drill',
        version: DRILL_VERSION,
        base,
        lost: { kind: 'substationOut', substation },
        score,
        acts: game.acts,
      }
      this.parts.tell({ ...news, file: writeDrill(drill) })
    }
    this.parts.show(game.twins.played, game.twins.base)
  }

  private tell(): void {
    const { game, parts } = this
    this.shownAtMs = parts.nowMs()
    if (game === undefined) return
    parts.tell(this.news(game.doneS() < ACT_S ? 'playing' : 'counting'))
    parts.show(game.twins.played, game.twins.base)
  }

  private news(state: DrillState['state']): DrillNews {
    const { game, what, substation, pace } = this
    const doneS = game?.doneS() ?? 0
    const isActing = state === 'playing' && this.replay === undefined
    if (game !== undefined && isActing && doneS - this.offeredAtS >= OFFERS_S) {
      // the loss itself comes with the first second
      if (doneS > 0) this.offers = offersOf(game)
      this.offeredAtS = doneS > 0 ? doneS : -Infinity
    }
    return {
      state,
      what,
      substation,
      doneS,
      pace,
      customersOut: game
        ? { base: withoutSupply(game.twins.base), played: withoutSupply(game.twins.played) }
        : { base: 0, played: 0 },
      score: game?.score() ?? noScore,
      work: game?.work() ?? [],
      offers: isActing ? this.offers : [],
      ...(game && { startMs: game.twins.played.clock.startMs }),
    }
  }
}

function withoutSupply({ tables }: Twin): number {
  const system = tables.find(({ spec }) => spec === (powerSystemTable as unknown))!
  return system.columns['customersOut'][0]
}

/** Throws when a file is of another city or of other data: its rows would be others. */
export function checkBase({ base, lost }: Drill, ours: DrillBase, city: City): void {
  if (base.city !== ours.city) throw new Error(`the file is of ${base.city}, expected ${ours.city}`)
  if (base.data !== ours.data)
    throw new Error(
      `the file is of the data ${base.data}, ${ours.city} has ${ours.data}: its rows may be others`,
    )
  if (base.model !== MODEL_VERSION)
    throw new Error(
      `the file is of model ${base.model}, this is ${MODEL_VERSION}: its numbers would be others`,
    )
  const count = city.grid?.substations.xM.length ?? 0
  if (lost.substation >= count)
    throw new Error(`there is no substation ${lost.substation}; the city has ${count}`)
  beginOf(base)
}
