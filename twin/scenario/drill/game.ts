/**
 * The drill as it is played: two twins of one moment lose the same substation; what is done is done in one of them alone. The same
 * acts at the same times give the same scores and the same bytes, so that a game is replayed by its acts.
 */
import { TICKS_PER_S } from '../../kernel/clock.ts'
import type { Twin } from '../../twin.ts'
import { resolveEdits, type ScenarioEdit } from '../edits.ts'
import { meterOutcome } from '../outcome.ts'
import { refused, type RefusalOf } from '../refusals.ts'
import { MOST_LOADING, ratedW, tieWays } from '../response/ties.ts'
import { nowOf } from '../response/now.ts'
import { scheduleOf, type Standing, type TimedCommand } from '../schedule.ts'
import { valueIn } from '../setting.ts'
import {
  ACT_S,
  crewOf,
  doneAtS,
  editsOf,
  MOST_ACTS,
  WHOLE_S,
  workOf,
  type CrewWork,
  type DrillAct,
} from './rules.ts'
import { scoreOf, type DrillScore } from './score.ts'

export interface DrillTwins {
  /** In which nothing is done. */
  readonly base: Twin
  readonly played: Twin
}

export interface DrillGame {
  readonly twins: DrillTwins
  readonly acts: readonly DrillAct[]
  /** Seconds since the loss. */
  doneS(): number
  isOver(): boolean
  /** Both cities go on by a second. */
  step(): void
  /** Asks a crew for an edit; gives back why it cannot be, undefined when it is asked. */
  act(edit: ScenarioEdit): RefusalOf | undefined
  /** Takes an act back. */
  undo(id: string): RefusalOf | undefined
  /** Why an edit could not be asked for now. */
  refusalOf(edit: ScenarioEdit): RefusalOf | undefined
  work(): readonly CrewWork[]
  score(): DrillScore
}

/** Both twins stand at the same moment, and the substation is lost with the next second. */
export function makeDrill(twins: DrillTwins, substation: number): DrillGame {
  const { base, played } = twins
  const { city, clock } = played
  const beginTick = clock.tick
  const meters = { base: meterOutcome(base), played: meterOutcome(played) }
  const acts: DrillAct[] = []
  const loss: ScenarioEdit = { kind: 'substationOut', id: 'loss', substation }
  const before = new Map<string, number>()
  // as a row stood before the first act on it
  const standing: Standing = (target, row) => {
    const key = `${target} ${row}`
    const value = before.get(key) ?? valueIn(played, target, row)
    before.set(key, value)
    return value
  }
  const commandsOf = (edits: readonly ScenarioEdit[]): readonly TimedCommand[] =>
    scheduleOf(resolveEdits(edits, city).settings, standing)
  const doneS = () => (clock.tick - beginTick) / TICKS_PER_S
  let due = commandsOf([loss])
  const lossCommands = due
  let next = 0

  const replan = () => {
    due = commandsOf([loss, ...editsOf(workOf(acts))])
    // what was due before this second is done; acts change only what is to come
    next = due.findIndex(({ atS }) => atS >= doneS())
    if (next < 0) next = due.length
  }
  const refusalOf = (edit: ScenarioEdit): RefusalOf | undefined => {
    const atS = doneS()
    const crew = crewOf[edit.kind]
    if (crew === undefined) return why(refused('notInDrill', { kind: edit.kind }))
    if (atS >= ACT_S) return why(refused('timeIsUp', { seconds: ACT_S }))
    if (acts.length >= MOST_ACTS) return why(refused('tooManyActs', { most: MOST_ACTS }))
    const work = workOf(acts)
    const holds = work.filter(({ untilS }) => untilS === undefined)
    if (work.some((one) => one.edit.id === edit.id) || holds.some((one) => isSame(one.edit, edit)))
      return why(refused('doneAlready'))
    if (doneAtS(work, edit.kind, atS) > ACT_S) return why(refused('noCrewInTime', { crew: crew.crew }))
    const [fault] = resolveEdits([edit], city).refused
    return fault?.refused ?? (edit.kind === 'closeTie' ? refusalOfTie(edit) : undefined)
  }
  /** What a feeder would be loaded at when it takes another over as switches stand then; undefined where it cannot. */
  const loadingAfter = ({ feeder, to }: Tie): number | undefined => {
    const open = openedIn(workOf(acts))
    const ways = tieWays(city, nowOf(played), feeder).filter((way) => way.to === to)
    const cut = ways.filter(({ breaker }) => breaker !== undefined && open.has(breaker))
    const [way] = cut.length > 0 ? cut : ways.filter(({ breaker }) => breaker === undefined)
    return way?.loadingRatio
  }
  /** A tie is closed only where there is something to take over, and room for it beside what is on its way already. */
  const refusalOfTie = (edit: Tie): RefusalOf | undefined => {
    const { feeder, to } = edit
    const name = (row: number) => city.grid?.feeders.name[row] ?? `${row}`
    const { feeders } = nowOf(played)
    if (feeders.isEnergized[feeder] === 1 || feeders.customersOut[feeder] === 0)
      return why(refused('notDark', { feeder: name(feeder) }))
    const own = to === undefined ? undefined : loadingAfter(edit)
    if (to === undefined || own === undefined) return why(refused('noFeederToTie', { feeder: name(feeder) }))
    const begun = workOf(acts).flatMap(({ edit: other, fromS, untilS }) =>
      other.kind === 'closeTie' && other.to === to && fromS >= doneS() && untilS === undefined ? [other] : [],
    )
    const nowRatio = (loadingOf: number) => loadingOf - feeders.loadW[to] / ratedW(city.grid!, to)
    const ratio = begun.reduce((sum, other) => sum + nowRatio(loadingAfter(other) ?? 0), own)
    if (ratio <= MOST_LOADING) return undefined
    return why(refused('noHeadroom', { feeder: name(to), percent: Math.round(ratio * 100) }))
  }

  return {
    twins,
    acts,
    doneS,
    isOver: () => doneS() >= WHOLE_S,
    step() {
      const nowS = doneS()
      if (nowS === 0) for (const { command } of lossCommands) base.command(command)
      while (next < due.length && due[next].atS <= nowS) played.command(due[next++].command)
      played.step()
      base.step()
      meters.played.look()
      meters.base.look()
    },
    act(edit) {
      const fault = refusalOf(edit)
      if (fault !== undefined) return fault
      acts.push({ atS: doneS(), edit })
      replan()
      return undefined
    },
    undo(id) {
      const work = workOf(acts).find(({ edit }) => edit.id === id)
      if (work === undefined || work.untilS !== undefined) return why(refused('notDone', { id }))
      if (doneS() >= ACT_S) return why(refused('timeIsUp', { seconds: ACT_S }))
      acts.push({ atS: doneS(), undo: id })
      replan()
      return undefined
    },
    refusalOf,
    work: () => workOf(acts),
    score: () => scoreOf(meters.base.values(), meters.played.values()),
  }
}

type Tie = Extract<ScenarioEdit, { kind: 'closeTie' }>

function why({ refused: reason }: { readonly refused: RefusalOf }): RefusalOf {
  return reason
}

/** Whether two edits do the same, whatever they are called. */
function isSame(a: ScenarioEdit, b: ScenarioEdit): boolean {
  return JSON.stringify({ ...a, id: '' }) === JSON.stringify({ ...b, id: '' })
}

/** Switches that acts open and do not close again. */
function openedIn(work: readonly CrewWork[]): Set<number> {
  return new Set(
    work.flatMap(({ edit, untilS }) =>
      edit.kind === 'openBreaker' && untilS === undefined ? [edit.breaker] : [],
    ),
  )
}
