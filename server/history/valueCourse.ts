/** Many numbers' course in time, by the hour in arrays: an object for each moment would be most of what a recording holds in memory. */

// An hour of the city, at a sample in ten seconds.
const CHUNK = 360

interface Chunk {
  readonly width: number
  length: number
  readonly timesMs: Float64Array
  readonly values: Float32Array
}

export class ValueCourse {
  private readonly chunks: Chunk[] = []

  /** Adds a moment, later than those before. */
  push(timeMs: number, values: readonly number[]): void {
    let chunk = this.chunks.at(-1)
    // a later release may know more numbers
    if (chunk === undefined || chunk.length === CHUNK || chunk.width !== values.length) {
      const width = values.length
      chunk = {
        width,
        length: 0,
        timesMs: new Float64Array(CHUNK),
        values: new Float32Array(CHUNK * width),
      }
      this.chunks.push(chunk)
    }
    chunk.timesMs[chunk.length] = timeMs
    chunk.values.set(values, chunk.length * chunk.width)
    chunk.length++
  }

  /** One number's course between two moments, both included; NaN while it was not known. */
  between(row: number, fromMs: number, toMs: number): { timeMs: number; value: number }[] {
    const found: { timeMs: number; value: number }[] = []
    for (const { width, length, timesMs, values } of this.chunks) {
      for (let i = 0; i < length; i++) {
        const timeMs = timesMs[i]
        if (timeMs < fromMs || timeMs > toMs) continue
        found.push({ timeMs, value: row < width ? values[i * width + row] : NaN })
      }
    }
    return found
  }

  /** Lets go what lies wholly before `fromMs`, an hour at a time. */
  forget(fromMs: number): void {
    while (this.chunks.length > 0 && lastOf(this.chunks[0]) < fromMs) this.chunks.shift()
  }
}

function lastOf({ length, timesMs }: Chunk): number {
  return timesMs[length - 1]
}
