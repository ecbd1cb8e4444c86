/** What the HTTP doors draw from. Parts that are still loading are undefined; a door then answers 202 and says so. */
import type { Response } from 'express'
import type { City } from '../../twin/city.ts'
import type { Doorkeeper } from '../access/doorkeeper.ts'
import type { Corrections } from '../correctByFeeds.ts'
import type { Feeds } from '../feeds/feeds.ts'
import type { History } from '../history/history.ts'
import type { Recording } from '../history/recording.ts'
import type { Hub } from '../hub/hub.ts'
import type { CityFolder } from '../loop/cityFolder.ts'
import type { Exercise } from '../loop/exercise.ts'
import type { Forecaster } from '../loop/forecaster.ts'
import type { Live } from '../loop/live.ts'
import type { Moments } from '../loop/moments.ts'
import type { Scenarios } from '../loop/scenarios.ts'
import type { OperationsDesk } from '../records/operationsDesk.ts'
import type { Records } from '../records/records.ts'
import type { RequestDesk } from '../records/requestDesk.ts'

export interface ApiContext {
  readonly live: Live
  readonly history: History
  readonly hub: () => Hub
  readonly scenarios: Scenarios
  readonly moments: Moments
  readonly forecaster: Forecaster
  readonly desk: RequestDesk
  readonly operations: OperationsDesk
  readonly exercise: Exercise
  readonly records: Records
  readonly doorkeeper: Doorkeeper
  readonly feeds: Feeds
  readonly corrections: Corrections
  readonly startedAtMs: number
  /** Undefined while it is being opened, and when it cannot be: `recordingFault` then says why. */
  recording: Recording | undefined
  recordingFault: string | undefined
  folder: CityFolder | undefined
  city: City | undefined
  /** Folder of the built page; undefined while it is being built. */
  page: string | undefined
}

/** Says that this part of the server is not up yet: 202, since starting is no fault, and a browser logs faults. */
export function stillStarting(response: Response): void {
  response
    .status(202)
    .set('Retry-After', '1')
    .json({ state: 'starting', error: 'The city is still starting; try again in a second.' })
}
