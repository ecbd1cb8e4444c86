/**
 * Takes a person's report to the twin: once per clientId, kept before it is answered, filed again after a restart. What is
 * remembered here is which report a row of the twin is of, and what is under way; all else is read back from the records.
 */
import type { City } from '../../twin/city.ts'
import { localFromLngLat } from '../../twin/geo/projection.ts'
import type { Command } from '../../twin/commands.ts'
import type { FileRequest } from '../../twin/protocol/messages.ts'
import { TryAgainError } from '../hub/tryAgain.ts'
import type { Records, StoredRequest } from './records.ts'
import { RecordConflict } from './recordsError.ts'

// Reports of the last day are filed again when the twin begins anew.
const REFILE_MS = 24 * 3_600_000
// A report reaches the twin at most this long after the time it was filed at: the wait for the disk, or for another writer.
const KEEPING_MS = 60_000
// A position this far outside the city's bounds is still the city's business, degrees (about a kilometre).
const MARGIN_DEG = 0.01

type Store = Pick<Records, 'fileRequest' | 'request' | 'requestsSince'>

/** A report that the twin has taken in. */
interface Told {
  readonly row: number
  /** When the twin was told, wall time. */
  readonly atMs: number
}

export class RequestDesk {
  private readonly records: Store
  private readonly command: (command: Command) => Promise<number>
  private readonly kept: (request: FileRequest) => void
  /** By clientId: until the twin has answered. */
  private readonly underWay = new Map<string, Promise<number>>()
  /** By clientId, as many as the twin has rows for persons at most. */
  private readonly told = new Map<string, Told>()
  private readonly idOfRow = new Map<number, string>()

  /** `kept` is called once for each report that is new, as soon as it is kept. */
  constructor(
    records: Store,
    command: (command: Command) => Promise<number>,
    kept: (request: FileRequest) => void = () => undefined,
  ) {
    this.records = records
    this.command = command
    this.kept = kept
  }

  /** Reports that are remembered: at most those under way, and one for each row that the twin has. */
  get size(): number {
    return this.underWay.size + this.told.size
  }

  /** Files a report and gives its row; throws with a sentence when the city cannot take it, TryAgainError when it cannot now. */
  async file(city: City, message: FileRequest, actor?: string): Promise<number> {
    const command = commandOf(city, message)
    const { clientId } = message
    // the store compares the words with those that came first
    const keeping = this.keep({ ...message, cityId: city.info.id, filedMs: Date.now() }, actor)
    const before = this.underWay.get(clientId)
    if (before === undefined) {
      const isNew = !this.told.has(clientId)
      const keptAndSaid = keeping.then(() => {
        if (isNew) this.kept(message)
      })
      return this.enter(clientId, command, keptAndSaid)
    }
    await keeping
    return before
  }

  /** Of the reports that the twin has a row for, or is about to have. */
  ids(): string[] {
    return [...new Set([...this.told.keys(), ...this.underWay.keys()])]
  }

  /** The row that the twin has given to a report; undefined when it has none, or no more. */
  rowOf(clientId: string): number | undefined {
    return this.told.get(clientId)?.row
  }

  /** What a person wrote for the request in `row`; undefined when no person filed it. */
  async written(row: number): Promise<StoredRequest | undefined> {
    const clientId = this.idOfRow.get(row)
    return clientId === undefined ? undefined : this.records.request(clientId)
  }

  /**
   * A thread has begun. A fresh run knows nothing of what was answered; one that was resumed knows what it was told before
   * `savedAtMs`, the wall time of its state. What is not answered yet was told to this thread, or will be.
   */
  async refile(city: City, savedAtMs: number | undefined): Promise<void> {
    for (const [clientId, { atMs }] of this.told) if (atMs >= (savedAtMs ?? 0)) this.forget(clientId)
    const sinceMs = savedAtMs === undefined ? Date.now() - REFILE_MS : savedAtMs - KEEPING_MS
    const recent = await this.records.requestsSince(city.info.id, sinceMs)
    await Promise.allSettled(
      recent
        .filter(({ clientId }) => !this.underWay.has(clientId))
        .map(async (request) =>
          this.enter(request.clientId, commandOf(city, request), Promise.resolve(request)),
        ),
    )
  }

  private keep(request: StoredRequest, actor: string | undefined): Promise<StoredRequest> {
    return this.records.fileRequest(request, actor).catch((error: Error) => {
      throw error instanceof RecordConflict
        ? error
        : new TryAgainError('your report cannot be kept just now', error)
    })
  }

  /** Tells the twin once the request is kept. In the map from the first moment, so that nobody enters it beside us. */
  private enter(clientId: string, command: Command, keeping: Promise<unknown>): Promise<number> {
    const row = keeping
      .then(() => this.told.get(clientId)?.row ?? this.tell(clientId, command))
      .finally(() => this.underWay.delete(clientId))
    this.underWay.set(clientId, row)
    return row
  }

  private async tell(clientId: string, command: Command): Promise<number> {
    const atMs = Date.now()
    const row = await this.command(command).catch((error: Error) => {
      throw new TryAgainError(error.message, error)
    })
    // the twin has given the row of an older report to this one
    const older = this.idOfRow.get(row)
    if (older !== undefined) this.forget(older)
    this.told.set(clientId, { row, atMs })
    this.idOfRow.set(row, clientId)
    return row
  }

  private forget(clientId: string): void {
    const row = this.told.get(clientId)?.row
    this.told.delete(clientId)
    if (row !== undefined) this.idOfRow.delete(row)
  }
}

function commandOf(city: City, request: FileRequest): Command {
  const service =
    city.services?.services.findIndex((known) => known.serviceCode === request.serviceCode) ?? -1
  if (service < 0) throw new Error(`serviceCode: ${city.info.name} has no service ${request.serviceCode}`)
  const { lng, lat } = request
  if (!isOfCity(city, lng, lat)) throw new Error(`lng, lat: ${lng}, ${lat} is outside ${city.info.name}`)
  const [xM, yM] = localFromLngLat(city.projection, [lng, lat])
  return { kind: 'fileRequest', service, xM, yM }
}

/** Whether what lies there is the city's business; nothing is while it is being loaded. */
export function isOfCity(city: City | undefined, lng: number, lat: number): boolean {
  if (city === undefined) return false
  const [west, south, east, north] = city.info.bounds
  return (
    lng >= west - MARGIN_DEG &&
    lng <= east + MARGIN_DEG &&
    lat >= south - MARGIN_DEG &&
    lat <= north + MARGIN_DEG
  )
}
