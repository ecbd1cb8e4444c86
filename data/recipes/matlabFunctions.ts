/** The functions of MATLAB that case files call, on matrices of doubles; what they are not known to do they refuse. */
import { columnMajor, elementwise, matrix, scalar, transpose, type Matrix } from './matrix.ts'

const DEGREE = Math.PI / 180

/** From each number one. */
const MAPS: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt, abs: Math.abs, exp: Math.exp, log: Math.log, log10: Math.log10, sin: Math.sin, cos: Math.cos,
  tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan, round: Math.round, floor: Math.floor,
  ceil: Math.ceil, fix: Math.trunc, sign: Math.sign, double: (x) => x, deg2rad: (x) => x * DEGREE,
  rad2deg: (x) => x / DEGREE, sind: (x) => Math.sin(x * DEGREE), cosd: (x) => Math.cos(x * DEGREE),
  tand: (x) => Math.tan(x * DEGREE), acosd: (x) => Math.acos(x) / DEGREE,
} // prettier-ignore

/** From each pair of numbers one. */
const PAIRS: Readonly<Record<string, (a: number, b: number) => number>> = {
  power: Math.pow, times: (a, b) => a * b, rdivide: (a, b) => a / b, plus: (a, b) => a + b, minus: (a, b) => a - b,
  atan2: Math.atan2, hypot: Math.hypot, mod: (a, b) => (b === 0 ? a : a - Math.floor(a / b) * b),
} // prettier-ignore

/** Along a column, or the dimension asked for: where it begins and how it goes on. */
const FOLDS: Readonly<Record<string, readonly [number, (a: number, b: number) => number]>> = {
  sum: [0, (a, b) => a + b], prod: [1, (a, b) => a * b], any: [0, (a, b) => (a !== 0 || b !== 0 ? 1 : 0)],
  all: [1, (a, b) => (a !== 0 && b !== 0 ? 1 : 0)], max: [-Infinity, Math.max], min: [Infinity, Math.min],
} // prettier-ignore

const OTHERS: Readonly<Record<string, (args: readonly Matrix[], wanted: number) => readonly Matrix[]>> = {
  zeros: (args) => [sized(args)],
  ones: (args) => [filled(sized(args), () => 1)],
  size: ([of, dimension], wanted) => {
    if (dimension !== undefined) return [scalar(dimension.values[0] === 1 ? of.rows : of.columns)]
    if (wanted > 1) return [of.rows, of.columns].map(scalar)
    return [{ rows: 1, columns: 2, values: Float64Array.of(of.rows, of.columns) }]
  },
  length: ([of]) => [scalar(of.values.length === 0 ? 0 : Math.max(of.rows, of.columns))],
  numel: ([of]) => [scalar(of.values.length)],
  isempty: ([of]) => [scalar(of.values.length === 0 ? 1 : 0)],
  find: ([of, most]) => {
    const found = [...columnMajor(of)].flatMap((x, i) => (x !== 0 ? [i + 1] : []))
    const values = Float64Array.from(found.slice(0, most?.values[0]))
    const isRow = of.rows === 1
    return [{ rows: isRow ? 1 : values.length, columns: isRow ? values.length : 1, values }]
  },
  repmat: ([of, ...times]) => {
    const tiles = sized(times)
    const result = matrix(of.rows * tiles.rows, of.columns * tiles.columns)
    return [filled(result, (row, column) => of.values[(row % of.rows) * of.columns + (column % of.columns)])]
  },
}

/** How many arguments each of OTHERS takes, from and to. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  zeros: [0, 2], ones: [0, 2], size: [1, 2], length: [1, 1], numel: [1, 1], isempty: [1, 1], find: [1, 2], repmat: [2, 3],
} // prettier-ignore

/** Whether `callFunction` knows the name. */
export function isFunction(name: string): boolean {
  return [MAPS, PAIRS, FOLDS, OTHERS].some((table) => Object.hasOwn(table, name))
}

/** What the function `name` gives when `wanted` values are asked of it; throws for arguments it does not take. */
export function callFunction(name: string, args: readonly Matrix[], wanted: number): readonly Matrix[] {
  const [first, second, third] = args
  const count = args.length
  if (Object.hasOwn(MAPS, name) && count === 1) return [elementwise(first, scalar(0), (x) => MAPS[name](x))]
  if (Object.hasOwn(PAIRS, name) && count === 2) return [elementwise(first, second, PAIRS[name])]
  if (Object.hasOwn(FOLDS, name) && count > 0) {
    const [begin, fold] = FOLDS[name]
    const isExtreme = name === 'max' || name === 'min'
    // max(a, b) pairs; max(a, [], dimension) folds.
    if (isExtreme && count === 2) return [elementwise(first, second, fold)]
    const dimension = isExtreme ? third : second
    if (count <= (isExtreme ? 3 : 2) && !(isExtreme && first.values.length === 0))
      return [folded(first, begin, fold, dimension?.values[0])]
  }
  if (Object.hasOwn(OTHERS, name)) {
    const [least, most] = COUNTS[name]
    if (count >= least && count <= most) return OTHERS[name](args, wanted)
  }
  throw new Error(`${name}() is not known with what it is given here`)
}

/** zeros(): n × n for one number, rows × columns for two or a pair. */
function sized(args: readonly Matrix[]): Matrix {
  const numbers = args.flatMap((each) => [...each.values])
  if (numbers.length > 2) throw new Error(`a matrix has 2 sizes, not ${numbers.length}`)
  return matrix(numbers[0] ?? 1, numbers[1] ?? numbers[0] ?? 1)
}

function filled(made: Matrix, at: (row: number, column: number) => number): Matrix {
  for (let row = 0; row < made.rows; row++)
    for (let column = 0; column < made.columns; column++)
      made.values[row * made.columns + column] = at(row, column)
  return made
}

/** Down the columns (dimension 1) or along the rows (2); of one row, along it. */
function folded(
  of: Matrix,
  begin: number,
  fold: (a: number, b: number) => number,
  dimension = of.rows === 1 || of.values.length === 0 ? 2 : 1,
): Matrix {
  if (dimension !== 1 && dimension !== 2) throw new Error(`${dimension} is no dimension of a matrix`)
  if (of.values.length === 0) return scalar(begin)
  const lines = dimension === 2 ? of : transpose(of)
  const result = matrix(lines.rows, 1)
  for (let row = 0; row < lines.rows; row++)
    result.values[row] = lines.values
      .subarray(row * lines.columns, (row + 1) * lines.columns)
      .reduce((sum, x) => fold(sum, x), begin)
  return dimension === 2 ? result : transpose(result)
}
