/** All feeds that a city takes, each by itself: one that is dead or hostile touches no other. */
import type { FeedDeclaration } from './declaration.ts'
import { Feed } from './feed.ts'
import { Reader } from './reader.ts'

export interface FeedsOptions {
  readonly declarations: readonly FeedDeclaration[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cityUtcOffsetS: () => number
}

export class Feeds {
  readonly all: readonly Feed[]
  private readonly reader = new Reader()

  constructor({ declarations, ...options }: FeedsOptions) {
    const { reader } = this
    const [nowMs, dice] = [() => Date.now(), () => Math.random()]
    this.all = declarations.map((declaration) => new Feed({ ...options, declaration, reader, nowMs, dice }))
  }

  start(): void {
    for (const feed of this.all) feed.start()
  }

  async close(): Promise<void> {
    for (const feed of this.all) feed.close()
    await this.reader.close()
  }
}
