/** Little-endian bytes, varints and bit planes, growing as written; reading past the end throws. */

export class ByteWriter {
  private buffer: Uint8Array
  private at = 0

  /** `room` is what is likely to be written, bytes. */
  constructor(room = 1 << 16) {
    this.buffer = new Uint8Array(room)
  }

  u32(value: number): void {
    this.reserve(4)
    for (let i = 0; i < 4; i++) this.buffer[this.at++] = value >>> (8 * i)
  }

  /** An unsigned 32-bit number, 7 bits a byte, low bits first. */
  varint(value: number): void {
    this.reserve(5)
    let left = value >>> 0
    while (left > 127) {
      this.buffer[this.at++] = (left & 127) | 128
      left >>>= 7
    }
    this.buffer[this.at++] = left
  }

  /** A signed 32-bit number, small magnitudes short. */
  zigzag(value: number): void {
    this.varint(((value << 1) ^ (value >> 31)) >>> 0)
  }

  bits(count: number, isSet: (index: number) => boolean): void {
    const length = (count + 7) >> 3
    this.reserve(length)
    for (let i = 0; i < length; i++) this.buffer[this.at + i] = 0
    for (let i = 0; i < count; i++) if (isSet(i)) this.buffer[this.at + (i >> 3)] |= 1 << (i & 7)
    this.at += length
  }

  /** A bit for each of `rows`: does it differ; then of each that does its zigzag difference, from `base`, else from `before`. */
  differences(rows: Uint32Array, now: Int32Array, before: Int32Array, base: number | undefined): void {
    const length = (rows.length + 7) >> 3
    this.reserve(length + rows.length * 5)
    const { buffer, at: start } = this
    buffer.fill(0, start, start + length)
    let at = start + length
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]
      if (now[row] === before[row]) continue
      buffer[start + (i >> 3)] |= 1 << (i & 7)
      const difference = (base === undefined ? now[row] - before[row] : now[row] - base) | 0
      let left = (difference << 1) ^ (difference >> 31)
      while ((left & ~127) !== 0) {
        buffer[at++] = (left & 127) | 128
        left >>>= 7
      }
      buffer[at++] = left
    }
    this.at = at
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.buffer.set(bytes, this.at)
    this.at += bytes.length
  }

  bytes(): Uint8Array {
    return this.buffer.slice(0, this.at)
  }

  private reserve(length: number): void {
    if (this.at + length <= this.buffer.length) return
    const grown = new Uint8Array(Math.max(this.buffer.length * 2, this.at + length))
    grown.set(this.buffer)
    this.buffer = grown
  }
}

export class ByteReader {
  private readonly buffer: Uint8Array
  private at = 0

  constructor(buffer: Uint8Array) {
    this.buffer = buffer
  }

  get position(): number {
    return this.at
  }

  u32(): number {
    this.need(4)
    const b = this.buffer
    const value = b[this.at] | (b[this.at + 1] << 8) | (b[this.at + 2] << 16) | (b[this.at + 3] << 24)
    this.at += 4
    return value >>> 0
  }

  varint(): number {
    const first = this.buffer[this.at]
    // most are of one byte; beyond the end there is none
    if (first < 128) {
      this.at++
      return first
    }
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      this.need(1)
      const byte = this.buffer[this.at++]
      value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
    throw new Error(`bytes: varint longer than 5 bytes before byte ${this.at}`)
  }

  zigzag(): number {
    const value = this.varint()
    return (value >>> 1) ^ -(value & 1)
  }

  bits(count: number): Uint8Array {
    return this.take((count + 7) >> 3)
  }

  /** A bit for each of `rows`, then for each that is set its zigzag difference: from `base`, else from what `values` has there. */
  differences(rows: Uint32Array, values: Int32Array, base: number | undefined): void {
    const bits = this.bits(rows.length)
    const { buffer } = this
    let { at } = this
    for (let i = 0; i < rows.length; i++) {
      const byte = bits[i >> 3]
      if (byte === 0) {
        // none of these eight rows
        i |= 7
        continue
      }
      if (((byte >> (i & 7)) & 1) === 0) continue
      let number = buffer[at]
      // most are of one byte; beyond the end there is none
      if (number < 128) at++
      else {
        this.at = at
        number = this.varint()
        at = this.at
      }
      const row = rows[i]
      values[row] = ((base === undefined ? values[row] : base) + ((number >>> 1) ^ -(number & 1))) | 0
    }
    this.at = at
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    this.need(length)
    this.at += length
    return this.buffer.subarray(this.at - length, this.at)
  }

  private need(length: number): void {
    if (this.at + length > this.buffer.length) {
      throw new Error(`bytes: ends at ${this.buffer.length}, ${length} more due at ${this.at}`)
    }
  }
}
