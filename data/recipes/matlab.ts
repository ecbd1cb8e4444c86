/**
 * Runs the statements of `matlabSyntax.ts`: numbers are matrices of doubles, structures are nested maps. Knows the
 * operators, indexing and functions that case files use, and says plainly what it does not know.
 */
import { copyOf, matrix, scalar, type Matrix } from './matrix.ts'
import { assignAt, elementwise, indexAt, positionsOf, product, transpose } from './matrix.ts'
import { callFunction, isFunction } from './matlabFunctions.ts'
import { parseMatlab, type Expression, type Statement } from './matlabSyntax.ts'
import { MatlabError } from './matlabTokens.ts'

export type Cell = { readonly cells: readonly Value[] }
export type Struct = Map<string, Value>
export type Value = Matrix | string | Cell | Struct

/** A function of the outside world: from its arguments as many values as it likes, of which the first ones are taken. */
export type MatlabFunction = (args: readonly Value[], line: number) => readonly Value[]

/**
 * Runs `source` and gives all it has assigned. `functions` are called by name, `commands` (such as `define_constants`)
 * assign variables of their own. Throws a MatlabError, naming the line, for what is broken or not understood.
 */
export function runMatlab(
  source: string,
  functions: Readonly<Record<string, MatlabFunction>>,
  commands: Readonly<Record<string, (variables: Struct) => void>>,
): Struct {
  const variables: Struct = new Map()
  for (const statement of parseMatlab(source)) {
    new Run(variables, functions, commands, statement.line).execute(statement)
  }
  return variables
}

/** Whether a value is a matrix of numbers. */
export function isMatrix(value: Value | undefined): value is Matrix {
  return typeof value === 'object' && 'values' in value && ArrayBuffer.isView(value.values)
}

type Ends = { readonly of: Matrix; readonly position: number; readonly count: number }

const CONSTANTS: Readonly<Record<string, number>> = {
  pi: Math.PI, Inf: Infinity, inf: Infinity, NaN: NaN, nan: NaN, true: 1, false: 0, eps: 2 ** -52,
} // prettier-ignore

class Run {
  private readonly variables: Struct
  private readonly functions: Readonly<Record<string, MatlabFunction>>
  private readonly commands: Readonly<Record<string, (variables: Struct) => void>>
  private readonly line: number
  private readonly ends: Ends[] = []

  constructor(
    variables: Struct,
    functions: Readonly<Record<string, MatlabFunction>>,
    commands: Readonly<Record<string, (variables: Struct) => void>>,
    line: number,
  ) {
    this.variables = variables
    this.functions = functions
    this.commands = commands
    this.line = line
  }

  execute(statement: Statement): void {
    const { targets, value } = statement
    if (targets.length === 0) {
      if (value.kind === 'name' && Object.hasOwn(this.commands, value.name))
        this.commands[value.name](this.variables)
      else this.value(value)
      return
    }
    if (targets.length === 1) {
      if (targets[0] !== undefined) this.assign(targets[0], this.value(value))
      return
    }
    const values = this.several(value, targets.length)
    if (values.length < targets.length)
      this.fail(`${targets.length} values are wanted, ${values.length} came`)
    targets.forEach((target, i) => {
      if (target !== undefined) this.assign(target, values[i])
    })
  }

  private assign(target: Expression, value: Value): void {
    if (target.kind === 'name') {
      this.variables.set(target.name, value)
    } else if (target.kind === 'field') {
      this.structOf(target.of).set(target.name, value)
    } else if (target.kind === 'index') {
      const { of } = target
      const known = of.kind === 'name' || of.kind === 'field' ? this.known(of) : undefined
      if (known !== undefined && !isMatrix(known)) return this.fail('only matrices are assigned to by index')
      if (!isMatrix(value)) return this.fail('a matrix takes numbers only')
      const old = known ?? matrix(0, 0)
      const at = target.at.map((each, i) => this.positions(each, old, i, target.at.length))
      this.assign(
        of,
        this.guard(() => assignAt(copyOf(old), at, value)),
      )
    } else this.fail('this cannot be assigned to')
  }

  /** What a name or a chain of fields holds now. */
  private known(target: Expression): Value | undefined {
    if (target.kind === 'name') return this.variables.get(target.name)
    if (target.kind !== 'field') return undefined
    const of = this.known(target.of)
    return of instanceof Map ? of.get(target.name) : undefined
  }

  private structOf(target: Expression): Struct {
    const known = this.known(target)
    if (known instanceof Map) return known
    if (known !== undefined && !(isMatrix(known) && known.values.length === 0))
      this.fail('only a structure has fields')
    const made: Struct = new Map()
    this.assign(target, made)
    return made
  }

  private value(expression: Expression): Value {
    return this.several(expression)[0] ?? this.fail('nothing came where a value is due')
  }

  private number(expression: Expression): Matrix {
    const value = this.value(expression)
    if (!isMatrix(value)) return this.fail('a number is due here')
    return value
  }

  /** The values of an expression, of which `wanted` are asked for. */
  private several(expression: Expression, wanted = 1): readonly Value[] {
    switch (expression.kind) {
      case 'number':
        return [scalar(expression.value)]
      case 'text':
        return [expression.text]
      case 'colon':
        return this.fail('a colon stands where a value is due')
      case 'name':
        return this.named(expression.name, wanted)
      case 'field': {
        const of = this.value(expression.of)
        const field = of instanceof Map ? of.get(expression.name) : undefined
        return [field ?? this.fail(`there is no field "${expression.name}"`)]
      }
      case 'index':
        return this.indexed(expression.of, expression.at, wanted)
      case 'unary':
        return [this.unary(expression.operator, this.number(expression.of))]
      case 'binary':
        return [this.binary(expression.operator, this.number(expression.left), this.number(expression.right))]
      case 'range':
        return [this.range(expression)]
      case 'matrix':
        return [this.matrix(expression.rows)]
      case 'cell':
        return [{ cells: expression.rows.flat().map((each) => this.value(each)) }]
      case 'transpose':
        return [this.transposed(this.value(expression.of))]
    }
  }

  /** Cells are lists here, the same either way up. */
  private transposed(of: Value): Value {
    if (isMatrix(of)) return transpose(of)
    return typeof of === 'object' && 'cells' in of ? of : this.fail('a number is due here')
  }

  private named(name: string, wanted: number): readonly Value[] {
    const variable = this.variables.get(name)
    if (variable !== undefined) return [variable]
    if (name === 'end') {
      const ends = this.ends.at(-1) ?? this.fail('"end" stands outside an index')
      const { of, position, count } = ends
      return [scalar(count === 1 ? of.values.length : position === 0 ? of.rows : of.columns)]
    }
    if (Object.hasOwn(CONSTANTS, name)) return [scalar(CONSTANTS[name])]
    return this.call(name, [], wanted)
  }

  private indexed(of: Expression, at: readonly Expression[], wanted: number): readonly Value[] {
    if (of.kind === 'name' && !this.variables.has(of.name)) {
      return this.call(
        of.name,
        at.map((each) => this.value(each)),
        wanted,
      )
    }
    const value = this.number(of)
    return [
      this.guard(() =>
        indexAt(
          value,
          at.map((each, i) => this.positions(each, value, i, at.length)),
        ),
      ),
    ]
  }

  /** Row numbers from 0 that an index names, or undefined for all. */
  private positions(at: Expression, of: Matrix, position: number, count: number): Int32Array | undefined {
    if (at.kind === 'colon') return undefined
    this.ends.push({ of, position, count })
    const index = this.number(at)
    this.ends.pop()
    return this.guard(() => positionsOf(index))
  }

  private call(name: string, args: readonly Value[], wanted: number): readonly Value[] {
    if (Object.hasOwn(this.functions, name)) return this.functions[name](args, this.line)
    if (!isFunction(name)) return this.fail(`"${name}" is not known`)
    const numbers = args.filter(isMatrix)
    if (numbers.length !== args.length) return this.fail(`${name}() is not given numbers`)
    return this.guard(() => callFunction(name, numbers, wanted))
  }

  private unary(operator: string, of: Matrix): Matrix {
    if (operator === '-') return elementwise(scalar(0), of, (_, x) => -x)
    if (operator === '~') return { ...elementwise(of, scalar(0), (x) => (x === 0 ? 1 : 0)), isLogical: true }
    return of
  }

  private binary(operator: string, left: Matrix, right: Matrix): Matrix {
    const isScalar = left.values.length === 1 || right.values.length === 1
    const compare = COMPARISONS[operator]
    return this.guard(() => {
      if (compare !== undefined)
        return { ...elementwise(left, right, (a, b) => (compare(a, b) ? 1 : 0)), isLogical: true }
      switch (operator) {
        case '+':
          return elementwise(left, right, (a, b) => a + b)
        case '-':
          return elementwise(left, right, (a, b) => a - b)
        case '*':
          return isScalar ? elementwise(left, right, (a, b) => a * b) : product(left, right)
        case '.*':
          return elementwise(left, right, (a, b) => a * b)
        case '/':
          if (right.values.length !== 1)
            return this.fail('division by a matrix is not known; "./" divides by element')
          return elementwise(left, right, (a, b) => a / b)
        case './':
          return elementwise(left, right, (a, b) => a / b)
        case '.\\':
          return elementwise(left, right, (a, b) => b / a)
        case '^':
          if (left.values.length !== 1 || right.values.length !== 1)
            return this.fail('the power of a matrix is not known; ".^" raises by element')
          return elementwise(left, right, Math.pow)
        case '.^':
          return elementwise(left, right, Math.pow)
      }
      return this.fail(`the operator "${operator}" is not known`)
    })
  }

  private range(expression: Expression & { kind: 'range' }): Matrix {
    const [from, step, to] = [expression.from, expression.step, expression.to].map((each) =>
      each === undefined ? 1 : this.number(each).values[0],
    )
    const count = Math.floor((to - from) / step + 1e-10) + 1
    if (!(count >= 0)) return matrix(1, 0)
    if (count > 1e7) return this.fail(`a range of ${count} numbers is too long`)
    return {
      rows: 1,
      columns: count,
      values: Float64Array.from({ length: count }, (_, i) => from + i * step),
    }
  }

  private matrix(rows: readonly (readonly Expression[])[]): Value {
    if (rows.length === 1 && rows[0].length === 1) return this.value(rows[0][0])
    const parts: Matrix[] = []
    for (const row of rows) {
      const elements = row.map((each) => this.value(each))
      if (elements.some((each) => typeof each === 'string')) return elements.join('')
      const numbers = elements.filter(isMatrix).filter((each) => each.values.length > 0)
      if (numbers.length === 0) continue
      const height = numbers[0].rows
      if (numbers.some((each) => each.rows !== height))
        return this.fail('matrices of different heights stand side by side')
      const width = numbers.reduce((sum, each) => sum + each.columns, 0)
      if (parts.length > 0 && parts[0].columns !== width) {
        return this.fail(
          `row ${parts.length + 1} of the matrix has ${width} numbers, the rows before it ${parts[0].columns}`,
        )
      }
      const part = matrix(height, width)
      let left = 0
      for (const each of numbers) {
        for (let r = 0; r < height; r++)
          part.values.set(each.values.subarray(r * each.columns, (r + 1) * each.columns), r * width + left)
        left += each.columns
      }
      parts.push(part)
    }
    const height = parts.reduce((sum, each) => sum + each.rows, 0)
    const joined = matrix(height, parts[0]?.columns ?? 0)
    let at = 0
    for (const part of parts) {
      joined.values.set(part.values, at)
      at += part.values.length
    }
    return joined
  }

  private guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (error instanceof MatlabError) throw error
      return this.fail((error as Error).message)
    }
  }

  private fail(message: string): never {
    throw new MatlabError(this.line, message)
  }
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '~=': (a, b) => a !== b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '&': (a, b) => a !== 0 && b !== 0,
  '&&': (a, b) => a !== 0 && b !== 0,
  '|': (a, b) => a !== 0 || b !== 0,
  '||': (a, b) => a !== 0 || b !== 0,
}
