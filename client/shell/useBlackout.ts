/** Runs the blackout minute: starts the scenario, shows its stream, feeds the machine of `blackout.ts`, and goes back to live. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { lngLatFromLocal } from '../../twin/geo/projection.ts'
import type { ScenarioState } from '../../twin/protocol/messages.ts'
import { LIVE } from '../../twin/protocol/names.ts'
import { say } from '../language/language.ts'
import type { Live } from '../state/live.ts'
import type { Camera } from '../state/view.ts'
import { useStore } from '../state/store.ts'
import { whyOf } from './faultWords.ts'
import { EVENING_S, isLate } from './lateHour.ts'
import { useLatest } from './useLatest.ts'
import {
  blackoutSteps,
  goTo,
  observe,
  setPaused,
  startBlackout,
  type BlackoutState,
  type Pair,
} from './blackout.ts'
import { causeOf, substationToFail, type Cause } from './blackoutPlaces.ts'

const LOOK_MS = 500
// A run that does not move for this long has lost its page, or its machine.
const STALLED_MS = 20_000
// A substation's district fills the map; then each step looks closer.
const STEP_ZOOM = { lights: 12.8, signals: 15.5, queues: 15.2, buses: 15, reports: 15.2 } as const

export interface Blackout {
  readonly phase: 'idle' | 'over' | 'starting' | 'running' | 'failed'
  readonly error: string | undefined
  /** The hour it is played at, seconds after midnight; undefined is the present. */
  readonly atS: number | undefined
  readonly substation: number | undefined
  readonly story: BlackoutState | undefined
  readonly scenario: ScenarioState | undefined
  readonly pairs: Readonly<Record<string, Pair>>
  readonly cause: Cause | undefined
  start(): void
  reset(): void
  goTo(step: number): void
  setPaused(isPaused: boolean): void
  showCause(): void
}

interface Run {
  readonly phase: Blackout['phase']
  readonly error?: string
  readonly id?: string
  readonly atS?: number | undefined
  readonly substation?: number
  readonly story?: BlackoutState
}

export function useBlackout(live: Live): Blackout {
  const [run, setRun] = useState<Run>({ phase: 'idle' })
  const cameraBefore = useRef<Camera | undefined>(undefined)
  const latestId = useRef<string | undefined>(undefined)
  const scenario = useStore(live.store, (state) =>
    state.scenario?.id === run.id ? state.scenario : undefined,
  )
  // The places are read from the mirror: look again with each frame.
  useStore(live.store, (state) => state.pulse)
  const pairs = pairsOf(scenario)

  const reset = useCallback(() => {
    if (latestId.current !== undefined) void live.source.stopScenario(latestId.current)
    latestId.current = undefined
    live.watch(LIVE)
    live.store.setView({ selection: undefined })
    const before = cameraBefore.current
    if (before) live.camera.go({ at: [before.lng, before.lat], zoom: before.zoom })
    setRun({ phase: 'over' })
  }, [live])

  const start = useCallback(() => {
    const { city, clock, view } = live.store.get()
    const substation = city && substationToFail(city, live.mirror)
    if (city === undefined || substation === undefined) {
      setRun({ phase: 'failed', error: say('blackout.noSubstation') })
      return
    }
    cameraBefore.current = view.camera
    live.store.setView({ selection: undefined })
    setRun({ phase: 'starting', substation })
    // in the dead of night nothing would follow
    const atS = clock && isLate(clock.timeMs + clock.utcOffsetS * 1000) ? EVENING_S : undefined
    const story = { kind: 'blackout', substation, ...(atS !== undefined && { atS }) } as const
    void live.source.playStory(story).then((reply) => {
      if (!reply.ok) {
        setRun({ phase: 'failed', error: whyOf(reply) })
        return
      }
      latestId.current = reply.id
      live.watch(reply.id)
      setRun({ phase: 'running', id: reply.id, atS, substation, story: startBlackout(performance.now()) })
    })
  }, [live])

  useObserver(run.phase, setRun, pairs, scenario)
  useFollowingCamera(live, run)
  // Left without a reset, as when another face opens.
  useEffect(
    () => () => {
      if (latestId.current === undefined) return
      void live.source.stopScenario(latestId.current)
      live.watch(LIVE)
    },
    [live],
  )

  const cause = causeNow(live, run)
  const change = (next: (story: BlackoutState) => BlackoutState): void =>
    setRun((before) => (before.story ? { ...before, story: next(before.story) } : before))
  return {
    phase: scenario?.state === 'failed' ? 'failed' : run.phase,
    error: run.error ?? scenario?.error,
    atS: run.atS,
    substation: run.substation,
    story: run.story,
    scenario,
    pairs,
    cause,
    start,
    reset,
    goTo: (step) => change((story) => goTo(story, step, performance.now())),
    setPaused: (isPaused) => change((story) => setPaused(story, isPaused, performance.now())),
    showCause() {
      const { city } = live.store.get()
      if (!cause || !city) return
      live.store.setView({ selection: cause.selection })
      live.camera.go({ at: lngLatFromLocal(city.projection, cause.at), zoom: 16.5 })
    },
  }
}

/** Looks at the numbers twice a second; time goes on even when they do not. */
function useObserver(
  phase: Run['phase'],
  setRun: (change: (before: Run) => Run) => void,
  pairs: Blackout['pairs'],
  scenario: ScenarioState | undefined,
): void {
  const latest = useLatest({ pairs, scenario })
  useEffect(() => {
    if (phase !== 'running') return
    let doneS = -1
    let movedMs = performance.now()
    const timer = setInterval(() => {
      const { scenario, pairs } = latest.current
      const isMoving = !scenario || scenario.state !== 'running' || scenario.doneS !== doneS
      if (isMoving) movedMs = performance.now()
      doneS = scenario?.doneS ?? doneS
      if (performance.now() - movedMs > STALLED_MS) {
        setRun(() => ({ phase: 'failed', error: say('blackout.stalled') }))
        return
      }
      if (!scenario) return
      const seen = { doneS: scenario.doneS, horizonS: scenario.horizonS, pairs }
      setRun((before) =>
        before.story ? { ...before, story: observe(before.story, seen, performance.now()) } : before,
      )
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [phase, setRun, latest])
}

/** Eases to a step's place once, as soon as there is one. */
function useFollowingCamera(live: Live, { story, substation, id }: Run): void {
  const step = story && blackoutSteps[story.step]
  useEffect(() => {
    if (!step || substation === undefined || id === undefined) return
    let isShown = false
    const look = () => {
      const { city } = live.store.get()
      const cause = city && !isShown && causeOf(step, city, live.mirror, substation)
      if (!cause) return
      isShown = true
      const at = lngLatFromLocal(city.projection, cause.at)
      live.camera.go({ at, zoom: STEP_ZOOM[step], durationMs: 2400 })
    }
    look()
    return live.store.subscribe(look)
  }, [live, step, substation, id])
}

function causeNow(live: Live, { story, substation }: Run): Cause | undefined {
  const { city } = live.store.get()
  if (!story || substation === undefined || !city) return undefined
  return causeOf(blackoutSteps[story.step], city, live.mirror, substation)
}

function pairsOf(scenario: ScenarioState | undefined): Record<string, Pair> {
  if (scenario?.comparison === undefined) return {}
  const { indicators, buses } = scenario.comparison
  const pairs = indicators.map(({ id, base, edited }) => [id, { base, edited }])
  return { ...Object.fromEntries(pairs), busesLater: { base: 0, edited: buses.later } }
}
