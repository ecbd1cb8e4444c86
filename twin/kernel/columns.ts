/** Typed columns: the one way anything that comes in thousands is held, on disk, in memory, on the wire and on the GPU. */

export type TypedArray =
  Uint8Array | Uint16Array | Uint32Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array

const constructors = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i8: Int8Array,
  i16: Int16Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const

export type ColumnType = keyof typeof constructors
export type ColumnOf<T extends ColumnType> = InstanceType<(typeof constructors)[T]>

/** A zeroed column of `rows` values. */
export function makeColumn<T extends ColumnType>(type: T, rows: number): ColumnOf<T> {
  return new constructors[type](rows) as ColumnOf<T>
}

/** The column type of an array; throws when the array is none of ours. */
export function columnTypeOf(array: TypedArray): ColumnType {
  for (const type of Object.keys(constructors) as ColumnType[]) {
    if (array instanceof constructors[type]) return type
  }
  throw new Error(`columns: expected a typed array, got ${Object.prototype.toString.call(array)}`)
}
