/** Takes a person's report to the twin: once per clientId, kept before it is answered, filed again after a restart. */
import type { City } from '../../twin/city.ts'
import { localFromLngLat } from '../../twin/geo/projection.ts'
import type { Command } from '../../twin/commands.ts'
import type { FileRequest } from '../../twin/protocol/messages.ts'
import type { RequestStore, StoredRequest } from './requestStore.ts'

// Reports of the last day are filed again when the twin begins anew.
const REFILE_MS = 24 * 3_600_000
// A position this far outside the city's bounds is still the city's business, degrees (about a kilometre).
const MARGIN_DEG = 0.01

export class RequestDesk {
  private readonly store: RequestStore
  private readonly command: (command: Command) => Promise<number>
  private readonly rows = new Map<string, Promise<number>>()
  private readonly texts = new Map<number, StoredRequest>()

  constructor(store: RequestStore, command: (command: Command) => Promise<number>) {
    this.store = store
    this.command = command
  }

  /** Files a report and gives its row; throws with a sentence when the city cannot take it. */
  async file(city: City, message: FileRequest): Promise<number> {
    const known = this.rows.get(message.clientId)
    if (known !== undefined) return known
    const request = { ...message, cityId: city.info.id, filedMs: Date.now() }
    const command = commandOf(city, request)
    this.store.add(request)
    return this.enter(request, command)
  }

  /** What a person wrote for the request in `row`, when a person did. */
  written(row: number): StoredRequest | undefined {
    return this.texts.get(row)
  }

  /**
   * A thread has begun. A fresh run knows nothing of what was filed; one that was resumed knows what was filed before
   * `savedAtMs`, the wall time of its state.
   */
  async refile(city: City, savedAtMs: number | undefined): Promise<void> {
    if (savedAtMs === undefined) {
      this.rows.clear()
      this.texts.clear()
    }
    const recent = this.store.since(city.info.id, savedAtMs ?? Date.now() - REFILE_MS)
    await Promise.allSettled(recent.map((request) => this.enter(request, commandOf(city, request))))
  }

  private enter(request: StoredRequest, command: Command): Promise<number> {
    const row = this.command(command)
    this.rows.set(request.clientId, row)
    row.then(
      (filed) => this.texts.set(filed, request),
      () => this.rows.delete(request.clientId),
    )
    return row
  }
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
