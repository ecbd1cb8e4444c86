/** Matrices of doubles as the MATLAB subset of case files needs them: by element, by index, stored row by row. */

export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
  /** A result of comparison picks rows where it is true instead of naming them. */
  readonly isLogical?: boolean
}

/** The most numbers one matrix may hold; a broken file should not eat the memory. */
const MAX_VALUES = 2e7

export function scalar(value: number): Matrix {
  return { rows: 1, columns: 1, values: Float64Array.of(value) }
}

/** A matrix of zeros; throws when its size is none. */
export function matrix(rows: number, columns: number): Matrix {
  if (
    !Number.isInteger(rows) ||
    !Number.isInteger(columns) ||
    rows < 0 ||
    columns < 0 ||
    rows * columns > MAX_VALUES
  )
    throw new Error(`a matrix cannot have ${rows} × ${columns} numbers`)
  return { rows, columns, values: new Float64Array(rows * columns) }
}

export function copyOf(of: Matrix): Matrix {
  return { rows: of.rows, columns: of.columns, values: of.values.slice() }
}

/** Pairs equal sizes, and repeats a single row, column or number over the other. */
export function elementwise(left: Matrix, right: Matrix, work: (a: number, b: number) => number): Matrix {
  const rows = common(left.rows, right.rows)
  const columns = common(left.columns, right.columns)
  if (rows === undefined || columns === undefined) {
    throw new Error(
      `${left.rows} × ${left.columns} numbers do not pair with ${right.rows} × ${right.columns}`,
    )
  }
  const result = matrix(rows, columns)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const a = left.values[(left.rows === 1 ? 0 : r) * left.columns + (left.columns === 1 ? 0 : c)]
      const b = right.values[(right.rows === 1 ? 0 : r) * right.columns + (right.columns === 1 ? 0 : c)]
      result.values[r * columns + c] = work(a, b)
    }
  }
  return result
}

function common(a: number, b: number): number | undefined {
  return a === b || b === 1 ? a : a === 1 ? b : undefined
}

export function product(left: Matrix, right: Matrix): Matrix {
  if (left.columns !== right.rows) {
    throw new Error(
      `${left.rows} × ${left.columns} numbers do not multiply with ${right.rows} × ${right.columns}`,
    )
  }
  const result = matrix(left.rows, right.columns)
  for (let r = 0; r < left.rows; r++) {
    for (let k = 0; k < left.columns; k++) {
      const factor = left.values[r * left.columns + k]
      for (let c = 0; c < right.columns; c++) {
        result.values[r * right.columns + c] += factor * right.values[k * right.columns + c]
      }
    }
  }
  return result
}

export function transpose(of: Matrix): Matrix {
  const result = matrix(of.columns, of.rows)
  for (let r = 0; r < of.rows; r++) {
    for (let c = 0; c < of.columns; c++) result.values[c * of.rows + r] = of.values[r * of.columns + c]
  }
  return result
}

/** The numbers down the columns, the order in which MATLAB counts them. */
export function columnMajor(of: Matrix): Float64Array {
  return isVector(of) ? of.values : transpose(of).values
}

/** The positions, from 0, that an index names; throws when it names none. */
export function positionsOf(index: Matrix): Int32Array {
  if (index.isLogical === true) {
    const positions: number[] = []
    columnMajor(index).forEach((value, i) => value !== 0 && positions.push(i))
    return Int32Array.from(positions)
  }
  return Int32Array.from(columnMajor(index), (value) => {
    if (!Number.isInteger(value) || value < 1 || value > MAX_VALUES) throw new Error(`${value} is no index`)
    return value - 1
  })
}

/** `of(at)` or `of(rows, columns)`; undefined stands for all of them. One index counts down the columns, as MATLAB does. */
export function indexAt(of: Matrix, at: readonly (Int32Array | undefined)[]): Matrix {
  if (at.length === 1) {
    const positions = at[0] ?? allOf(of.values.length)
    const values = Float64Array.from(positions, (position) => {
      if (position >= of.values.length)
        throw new Error(`index ${position + 1} exceeds ${of.values.length} numbers`)
      return of.values[downColumns(of, position)]
    })
    const isRow = of.rows === 1 && at[0] !== undefined
    return { rows: isRow ? 1 : values.length, columns: isRow ? values.length : 1, values }
  }
  const [rows, columns] = both(of, at)
  const result = matrix(rows.length, columns.length)
  rows.forEach((row, r) => {
    if (row >= of.rows) throw new Error(`row ${row + 1} exceeds ${of.rows} rows`)
    columns.forEach((column, c) => {
      if (column >= of.columns) throw new Error(`column ${column + 1} exceeds ${of.columns} columns`)
      result.values[r * columns.length + c] = of.values[row * of.columns + column]
    })
  })
  return result
}

/** `of` with `value` written at the index; grows it, and `[]` takes whole rows or columns out. */
export function assignAt(of: Matrix, at: readonly (Int32Array | undefined)[], value: Matrix): Matrix {
  if (at.length === 1) {
    const positions = at[0] ?? allOf(of.values.length)
    const need = positions.reduce((most, position) => Math.max(most, position + 1), 0)
    if (need > of.values.length && !isVector(of))
      throw new Error(`index ${need} exceeds ${of.values.length} numbers`)
    const isColumn = of.columns === 1 && of.rows > 1
    const grown = need > of.values.length ? resized(of, isColumn ? need : 1, isColumn ? 1 : need) : of
    if (value.values.length !== 1 && value.values.length !== positions.length) {
      throw new Error(`${value.values.length} numbers do not fill ${positions.length} places`)
    }
    positions.forEach((position, i) => {
      const from = value.values.length === 1 ? 0 : downColumns(value, i)
      grown.values[downColumns(grown, position)] = value.values[from]
    })
    return grown
  }
  if (value.values.length === 0) return without(of, at)
  const [rows, columns] = both(of, at, value)
  const tallest = rows.reduce((most, row) => Math.max(most, row + 1), of.rows)
  const widest = columns.reduce((most, column) => Math.max(most, column + 1), of.columns)
  const grown = tallest > of.rows || widest > of.columns ? resized(of, tallest, widest) : of
  const isScalar = value.values.length === 1
  // A row may be written into a column and a column into a row.
  const isList = isVector(value) && Math.min(rows.length, columns.length) === 1
  const isFitting = isList
    ? value.values.length === rows.length * columns.length
    : value.rows === rows.length && value.columns === columns.length
  if (!isScalar && !isFitting) {
    throw new Error(
      `${value.rows} × ${value.columns} numbers do not fill ${rows.length} × ${columns.length} places`,
    )
  }
  rows.forEach((row, r) =>
    columns.forEach((column, c) => {
      grown.values[row * grown.columns + column] = isScalar
        ? value.values[0]
        : value.values[r * columns.length + c]
    }),
  )
  return grown
}

function isVector(of: Matrix): boolean {
  return of.rows <= 1 || of.columns <= 1
}

function without(of: Matrix, at: readonly (Int32Array | undefined)[]): Matrix {
  const [rows, columns] = at
  if ((rows === undefined) === (columns === undefined))
    throw new Error('only whole rows or whole columns are taken out')
  const keep = (gone: Int32Array, count: number) => allOf(count).filter((i) => !gone.includes(i))
  if (rows !== undefined) return indexAt(of, [keep(rows, of.rows), undefined])
  return indexAt(of, [undefined, keep(columns as Int32Array, of.columns)])
}

function both(of: Matrix, at: readonly (Int32Array | undefined)[], value?: Matrix): [Int32Array, Int32Array] {
  if (at.length !== 2) throw new Error(`${at.length} indices, a matrix has 2`)
  const isEmpty = of.values.length === 0 && value !== undefined
  return [
    at[0] ?? allOf(isEmpty ? value.rows : of.rows),
    at[1] ?? allOf(isEmpty ? value.columns : of.columns),
  ]
}

function allOf(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i)
}

function downColumns(of: Matrix, position: number): number {
  return (position % of.rows) * of.columns + Math.floor(position / of.rows)
}

function resized(of: Matrix, rows: number, columns: number): Matrix {
  const result = matrix(rows, columns)
  for (let r = 0; r < of.rows; r++) {
    result.values.set(of.values.subarray(r * of.columns, (r + 1) * of.columns), r * columns)
  }
  return result
}
