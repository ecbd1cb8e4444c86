/** Protocol buffers from strangers: the package's reader trusts lengths, this one refuses those that leave the bytes it was given. */
import { PbfReader } from 'pbf'

const decoder = new TextDecoder()

export class GuardedReader extends PbfReader {
  override readVarint(isSigned?: boolean): number {
    if (this.pos >= this.length) throw new Error('a number lies beyond the end')
    const value = super.readVarint(isSigned)
    if (this.pos > this.length) throw new Error('a number is cut short')
    return value
  }

  override readPackedEnd(): number {
    return this.within(super.readPackedEnd())
  }

  override readBytes(): Uint8Array {
    const bytes = super.readBytes()
    this.within(this.pos)
    return bytes
  }

  override readString(): string {
    return decoder.decode(this.readBytes())
  }

  override skip(type: number): void {
    super.skip(type)
    this.within(this.pos)
  }

  /** Gives each field to `read`, which takes what it knows; the rest is skipped. */
  fields<T>(read: (tag: number, into: T, reader: GuardedReader) => void, into: T): T {
    return this.readFields((tag, result) => read(tag, result, this), into)
  }

  /** The reader of an embedded message. */
  message(): GuardedReader {
    return new GuardedReader(this.readBytes())
  }

  private within(end: number): number {
    if (end > this.length) throw new Error('a field reaches beyond the end')
    return end
  }
}
