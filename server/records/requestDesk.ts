/** Takes a person's report to the twin: once per clientId, kept before it is answered, filed again after a restart. */
import type { City } from '../../twin/city.ts'
import { localFromLngLat } from '../../twin/geo/projection.ts'
import type { Command } from '../../twin/commands.ts'
import type { FileRequest } from '../../twin/protocol/messages.ts'
import { TryAgainError } from '../hub/tryAgain.ts'
import { keepable } from './canonicalJson.ts'
import type { Records, StoredRequest } from './records.ts'
import { RecordConflict } from './recordsError.ts'

// Reports of the last day are filed again when the twin begins anew.
const REFILE_MS = 24 * 3_600_000
// A report reaches the twin at most this long after the time it was filed at: the wait for the disk, or for another writer.
const KEEPING_MS = 60_000
// A position this far outside the city's bounds is still the city's business, degrees (about a kilometre).
const MARGIN_DEG = 0.01

/** A report on its way, or answered. */
interface Entry {
  readonly said: FileRequest
  readonly row: Promise<number>
  /** When the twin was told, wall time; undefined until it is kept. */
  toldMs: number | undefined
  isAnswered: boolean
}

export class RequestDesk {
  private readonly records: Pick<Records, 'fileRequest' | 'requestsSince'>
  private readonly command: (command: Command) => Promise<number>
  private readonly entries = new Map<string, Entry>()
  private readonly texts = new Map<number, StoredRequest>()

  constructor(
    records: Pick<Records, 'fileRequest' | 'requestsSince'>,
    command: (command: Command) => Promise<number>,
  ) {
    this.records = records
    this.command = command
  }

  /** Files a report and gives its row; throws with a sentence when the city cannot take it, TryAgainError when it cannot now. */
  async file(city: City, message: FileRequest, actor?: string): Promise<number> {
    const known = this.entries.get(message.clientId)
    if (known !== undefined) {
      if (!isSame(known.said, message))
        throw new RecordConflict(`clientId: request ${message.clientId} was sent before with other words`)
      return known.row
    }
    const command = commandOf(city, message)
    const request = { ...message, cityId: city.info.id, filedMs: Date.now() }
    return this.enter(message, command, this.records.fileRequest(request, actor))
  }

  /** What a person wrote for the request in `row`, when a person did. */
  written(row: number): StoredRequest | undefined {
    return this.texts.get(row)
  }

  /**
   * A thread has begun. A fresh run knows nothing of what was answered; one that was resumed knows what it was told before
   * `savedAtMs`, the wall time of its state. What is not answered yet was told to this thread, or will be.
   */
  async refile(city: City, savedAtMs: number | undefined): Promise<void> {
    for (const [clientId, { toldMs, isAnswered }] of this.entries)
      if (isAnswered && (toldMs ?? 0) >= (savedAtMs ?? 0)) this.entries.delete(clientId)
    if (savedAtMs === undefined) this.texts.clear()
    const sinceMs = savedAtMs === undefined ? Date.now() - REFILE_MS : savedAtMs - KEEPING_MS
    const recent = await this.records.requestsSince(city.info.id, sinceMs)
    await Promise.allSettled(
      recent
        .filter(({ clientId }) => !this.entries.has(clientId))
        .map(async (request) => this.enter(request, commandOf(city, request), Promise.resolve(request))),
    )
  }

  /** Tells the twin once the request is kept. In the map from the first moment, so that nobody enters it beside us. */
  private enter(said: FileRequest, command: Command, keeping: Promise<StoredRequest>): Promise<number> {
    const row = keeping
      .catch((error: Error) => {
        throw error instanceof RecordConflict
          ? error
          : new TryAgainError('your report cannot be kept just now', error)
      })
      .then(async (kept) => {
        entry.toldMs = Date.now()
        const filed = await this.command(command).catch((error: Error) => {
          throw new TryAgainError(error.message, error)
        })
        entry.isAnswered = true
        this.texts.set(filed, kept)
        return filed
      })
    const entry: Entry = { said, row, toldMs: undefined, isAnswered: false }
    this.entries.set(said.clientId, entry)
    row.catch(() => {
      if (this.entries.get(said.clientId) === entry) this.entries.delete(said.clientId)
    })
    return row
  }
}

function isSame(a: FileRequest, b: FileRequest): boolean {
  return (
    a.serviceCode === b.serviceCode &&
    a.lng === b.lng &&
    a.lat === b.lat &&
    keepable(a.description) === keepable(b.description)
  )
}

function commandOf(city: City, request: FileRequest): Command {
  const service =
    city.services?.services.findIndex((known) => known.serviceCode === request.serviceCode) ?? -1
  if (service < 0) throw new Error(`serviceCode: ${city.info.name} has no service ${request.serviceCode}`)
  const [west, south, east, north] = city.info.bounds
  const { lng, lat } = request
  const isInside =
    lng >= west - MARGIN_DEG &&
    lng <= east + MARGIN_DEG &&
    lat >= south - MARGIN_DEG &&
    lat <= north + MARGIN_DEG
  if (!isInside) throw new Error(`lng, lat: ${lng}, ${lat} is outside ${city.info.name}`)
  const [xM, yM] = localFromLngLat(city.projection, [lng, lat])
  return { kind: 'fileRequest', service, xM, yM }
}
