/**
 * What desks have told the walls of a city, kept beyond the end of the server: one setting a wall, read once when the server is
 * started. A store that fails costs a wall its memory and nothing else: it shows what it is told all the same.
 */
import * as v from 'valibot'
import { keptWallSchema, type KeptWall } from '../../twin/protocol/wallMessages.ts'
import type { Records } from './records.ts'

type Store = Pick<Records, 'configure' | 'configuredUnder'>

export class WallsKept {
  private readonly records: Store
  private readonly prefix: string
  private readonly log: (line: string) => void
  /** One after the other: of two words to a wall the later is kept. */
  private last: Promise<void> = Promise.resolve()

  constructor(records: Store, cityId: string, log: (line: string) => void) {
    this.records = records
    this.prefix = `wall:${cityId}:`
    this.log = log
  }

  keep(wall: KeptWall): void {
    this.last = this.last
      .then(() => this.records.configure(this.prefix + wall.name, wall, 'desk'))
      .catch((error: Error) => this.log(`What the wall ${wall.name} shows is not kept: ${error.message}`))
  }

  /** The wall that was told last first. What another release has kept in other words is left out. */
  async read(): Promise<KeptWall[]> {
    try {
      const rows = await this.records.configuredUnder(this.prefix)
      return rows.flatMap(({ value }) => {
        const parsed = v.safeParse(keptWallSchema, value)
        return parsed.success ? [parsed.output] : []
      })
    } catch (error) {
      this.log(`What walls were told is not known: ${(error as Error).message}`)
      return []
    }
  }

  /** Resolves when all that was told is kept. */
  settled(): Promise<void> {
    return this.last
  }
}
