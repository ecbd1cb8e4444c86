/** The drill that this page plays: begun, followed on the map, acted in, left; it ends with the face. */
import { useEffect, useRef, useState } from 'react'
import { lngLatFromLocal } from '../../../../twin/geo/projection.ts'
import type { DrillMessage, DrillState } from '../../../../twin/protocol/drillMessages.ts'
import { LIVE } from '../../../../twin/protocol/names.ts'
import type { DrillOffer } from '../../../../twin/scenario/drill/offers.ts'
import { whyOf } from '../../../shell/faultWords.ts'
import { useLatest } from '../../../shell/useLatest.ts'
import type { Live } from '../../../state/live.ts'
import { useStore } from '../../../state/store.ts'

/** A substation's district fills the map. */
const ZOOM = 12.8

/** How many customers were without supply, second by second as they came. */
export interface Course {
  readonly doneS: readonly number[]
  readonly base: readonly number[]
  readonly played: readonly number[]
}
const noCourse: Course = { doneS: [], base: [], played: [] }

export interface PlayedDrill {
  readonly state: DrillState | undefined
  readonly course: Course
  readonly isStarting: boolean
  readonly error: string | undefined
  start(substation: number): void
  act(offer: DrillOffer): void
  undo(act: string): void
  setPace(pace: number): void
  leave(): void
}

export function useDrill(live: Live): PlayedDrill {
  const [id, setId] = useState<string>()
  const [isStarting, setStarting] = useState(false)
  const [error, setError] = useState<string>()
  const state = useStore(live.store, ({ drill }) => (drill?.id === id ? drill : undefined))
  const latestId = useLatest(id)
  const course = useCourseOf(live, id)
  useShown(live, state)

  const say = async (message: DrillMessage) => {
    const reply = await live.source.drill(message)
    setError(reply.ok ? undefined : whyOf(reply))
    return reply
  }
  const leave = () => {
    if (latestId.current !== undefined) void live.source.drill({ do: 'stop', id: latestId.current })
    live.watch(LIVE)
    setId(undefined)
    setError(undefined)
  }
  // left without a word, as when another face opens
  useEffect(
    () => () => {
      if (latestId.current === undefined) return
      void live.source.drill({ do: 'stop', id: latestId.current })
      live.watch(LIVE)
    },
    [live, latestId],
  )
  return {
    state,
    course,
    isStarting,
    error: error ?? state?.error,
    start(substation) {
      leave()
      setStarting(true)
      void say({ do: 'start', substation }).then((reply) => {
        setStarting(false)
        if (reply.ok) setId(reply.id)
      })
    },
    act: ({ edits }) => id !== undefined && void say({ do: 'act', id, edits: [...edits] }),
    undo: (act) => id !== undefined && void say({ do: 'undo', id, act }),
    // the buttons say nothing else
    setPace: (pace) => id !== undefined && void say({ do: 'pace', id, pace: pace as 0 }),
    leave,
  }
}

/** Shows the played city as soon as it has a picture, and goes to what is lost. */
function useShown(live: Live, state: DrillState | undefined): void {
  const shown = useRef<string>(undefined)
  useEffect(() => {
    if (state === undefined || state.startMs === undefined || shown.current === state.id) return
    shown.current = state.id
    live.watch(state.id)
    const { city } = live.store.get()
    const substations = city?.grid?.substations
    if (city === undefined || substations === undefined) return
    const { xM, yM } = substations
    const at = lngLatFromLocal(city.projection, [xM[state.substation], yM[state.substation]])
    live.camera.go({ at, zoom: ZOOM })
  }, [live, state])
}

/** Kept as it is told, for the picture at the end. */
function useCourseOf(live: Live, id: string | undefined): Course {
  const [course, setCourse] = useState<{ readonly id: string; readonly of: Course }>()
  useEffect(() => {
    if (id === undefined) return
    return live.store.subscribe(() => {
      const { drill } = live.store.get()
      if (drill?.id === id)
        setCourse((before) => {
          const of = before?.id === id ? before.of : noCourse
          const next = grown(of, drill)
          return next === of ? before : { id, of: next }
        })
    })
  }, [live, id])
  return course?.id === id && course !== undefined ? course.of : noCourse
}

function grown(course: Course, { doneS, customersOut }: DrillState): Course {
  if (doneS <= (course.doneS.at(-1) ?? 0)) return course
  return {
    doneS: [...course.doneS, doneS],
    base: [...course.base, customersOut.base],
    played: [...course.played, customersOut.played],
  }
}
