/** The few things React reads: how the line is, what the city's clock says, what is looked at. Frames never pass through here. */
import { useRef, useSyncExternalStore } from 'react'
import type { City, CityInfo } from '../../twin/city.ts'
import type { DrillState } from '../../twin/protocol/drillMessages.ts'
import type { ResponseState } from '../../twin/protocol/responseMessages.ts'
import type {
  EnsembleState,
  Granted,
  Preliminary,
  Reply,
  ScenarioState,
} from '../../twin/protocol/messages.ts'
import type { ByteRates } from './byteMeter.ts'
import type { Quality } from './quality.ts'
import type { View } from './view.ts'

export type ConnectionState = 'connecting' | 'live' | 'late' | 'lost' | 'outdated'

/** What is shown of the recorded past, and how. */
export interface ReplayState {
  /** City time that is asked for; the clock says which is shown. */
  readonly timeMs: number
  /** City time of the present when the past was entered; the reader's own time where a file is shown. */
  readonly presentMs: number
  readonly isPlaying: boolean
  /** Seconds of the city in one of the page's. */
  readonly speed: number
  /** A picture is on its way. */
  readonly isSeeking: boolean
  /** And does not come: what is shown stays until it does. */
  readonly isWaiting: boolean
  /** How far the last picture that came lies before the time it was asked for: nothing is recorded between. */
  readonly gapMs: number
  /** Chosen on the strip: playing stays within it. */
  readonly range: readonly [fromMs: number, toMs: number] | undefined
  /** Name of the file that is shown; undefined for what the server keeps. */
  readonly file: string | undefined
  /** Whose hour the file is, when it has not come yet. */
  readonly forecast: { readonly madeMs: number; readonly members: number } | undefined
  /** Why the asked moment could not be shown. */
  readonly error: string | undefined
}

export interface PageState {
  readonly connection: {
    readonly state: ConnectionState
    /** Age of the newest frame, seconds, to the millisecond; undefined before the first. */
    readonly ageS: number | undefined
    readonly why?: string
  }
  /** City time of the newest frame; undefined before the first. */
  readonly clock:
    | { readonly timeMs: number; readonly utcOffsetS: number; readonly tick: number; readonly speed: number }
    | undefined
  /** The stream that is shown: 'live', or a scenario's. */
  readonly stream: string
  /** The stream it is compared with; undefined when it is shown for itself. */
  readonly comparedWith: string | undefined
  /** Counts up at most twice a second when frames have come; read the mirror's tables when it changes. */
  readonly pulse: number
  readonly info: CityInfo | undefined
  /** The city's static world, once its files are here. */
  readonly city: City | undefined
  readonly loading: { readonly doing: string; readonly share: number } | undefined
  readonly scenario: ScenarioState | undefined
  /** Every run that this page was told of, by its id, as of the last it was told. */
  readonly runs: Readonly<Record<string, ScenarioState>>
  /** The drill that is played, and the file of one that is played again, as asked for last. */
  readonly drill: DrillState | undefined
  readonly drillCheck: DrillState | undefined
  /** Plans for an incident, as asked for last. */
  readonly response: ResponseState | undefined
  /** How sure a difference is, as asked for last. */
  readonly ensemble: EnsembleState | undefined
  /** The first answer to the scenario as it is edited now, or why there is none; undefined while it is being made. */
  readonly preliminary: Reply<{ answer: Preliminary }> | undefined
  /** Counts up whenever some desk has done something. */
  readonly deskNews: number
  /** What this page is sent; undefined before the first frames. */
  readonly rates: ByteRates | undefined
  /** How much of the live city it is sent. */
  readonly seen: Granted['detail']
  /** Undefined while the present, or a scenario, is shown. */
  readonly replay: ReplayState | undefined
  /** City time of the hour ahead that is read off beside the present; undefined unless one is chosen. */
  readonly aheadMs: number | undefined
  /** How much is drawn, so that frames come in time; what the view asks for goes before it. */
  readonly quality: Quality
  readonly view: View
}

export class Store {
  private state: PageState
  private readonly listeners = new Set<() => void>()

  constructor(state: PageState) {
    this.state = state
  }

  get(): PageState {
    return this.state
  }

  set(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }

  setView(change: Partial<View>): void {
    this.set({ view: { ...this.state.view, ...change } })
  }

  /** Calls `listener` after each change; gives back what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

/** What `select` takes from the store; the component renders again only when that differs (compared shallowly). */
export function useStore<T>(store: Store, select: (state: PageState) => T): T {
  const last = useRef<{ value: T } | undefined>(undefined)
  const read = () => {
    const value = select(store.get())
    if (last.current !== undefined && isSame(last.current.value, value)) return last.current.value
    last.current = { value }
    return value
  }
  return useSyncExternalStore(store.subscribe, read, read)
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.is((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  )
}
