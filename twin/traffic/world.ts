/** What every part of the engine works on: the static roads and the moving state, in one object of fixed shape. */
import type { BusEvents } from './busInterface.ts'
import type { TrafficParameters } from './calibrationParameters.ts'
import type { Places } from './corrections.ts'
import type { Roads } from './roads.ts'
import type { Routes } from './routes.ts'
import type { SignalPlans } from './signals.ts'
import type { TrafficState, TrafficTables } from './state.ts'
import type { TripWatch } from './tripWatch.ts'
import type { Turns } from './turns.ts'
import type { Visitors } from './visitors.ts'

export interface World {
  readonly roads: Roads
  readonly turns: Turns
  readonly plans: SignalPlans
  /** As they were made, before anybody edited them. */
  readonly madePlans: SignalPlans
  readonly routes: Routes
  readonly state: TrafficState
  readonly tables: TrafficTables
  readonly parameters: TrafficParameters
  readonly busEvents: BusEvents
  /** By link: 1 where cars and trucks, and where buses, may not enter: closed to all, or to them alone. Not state: see `roadEdits.ts`. */
  readonly closedToCars: Uint8Array
  readonly closedToBuses: Uint8Array
  /** Links of all bus paths, end to end. */
  busPaths: Uint32Array
  tripWatch: TripWatch | undefined
  readonly visitors: Visitors
  /** Whether plans are made, which only drawing reads. Not state. */
  keepsPlans: boolean
  /** Working memory of `corrections.ts`; no state. */
  readonly places: Places
}
