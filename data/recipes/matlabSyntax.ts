/**
 * The grammar of the MATLAB subset that case files are written in: assignments of expressions and matrix literals, with
 * comments and continued lines. Gives statements; what they mean is in `matlab.ts`. Throws naming line and construct.
 */

import { MatlabError, showToken, tokeniseMatlab, type Token } from './matlabTokens.ts'

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'colon' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'field'; readonly of: Expression; readonly name: string }
  /** Both `f(x)` and `a(i, j)`: only the names in force tell them apart. */
  | { readonly kind: 'index'; readonly of: Expression; readonly at: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'range'; readonly from: Expression; readonly step?: Expression; readonly to: Expression }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Expression[])[] }
  | { readonly kind: 'cell'; readonly rows: readonly (readonly Expression[])[] }
  | { readonly kind: 'transpose'; readonly of: Expression }

export interface Statement {
  readonly line: number
  /** Empty for a bare expression such as `define_constants`; more than one for `[a, b] = f`. `undefined` is `~`. */
  readonly targets: readonly (Expression | undefined)[]
  readonly value: Expression
}

const REFUSED = new Set([
  'if', 'for', 'while', 'switch', 'try', 'parfor', 'global', 'persistent', 'classdef', 'else', 'elseif', 'case',
  'break', 'continue', 'do', 'until', 'unwind_protect',
]) // prettier-ignore

/** The statements of a script or of the one function a case file holds. */
export function parseMatlab(source: string): Statement[] {
  return new Parser(tokeniseMatlab(source)).statements()
}

/** From loosest to tightest; ranges lie between comparison and sums, as in MATLAB. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'], ['&&'], ['|'], ['&'], ['==', '~=', '!=', '<', '>', '<=', '>='],
] // prettier-ignore
const SUMS = ['+', '-']
const PRODUCTS = ['*', '/', '.*', './', '\\', '.\\']
const POWERS = ['^', '.^']

/** Nested deeper than any case file needs, and well inside the stack. */
const MAX_DEPTH = 200

class Parser {
  private at = 0
  private depth = 0
  private isInMatrix = false
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  statements(): Statement[] {
    const statements: Statement[] = []
    for (;;) {
      while (this.isAt('newline') || this.sees(';') || this.sees(',')) this.at++
      const token = this.peek()
      if (token.kind === 'end') return statements
      if (token.kind === 'name') {
        if (token.text === 'function') {
          if (statements.length > 0) return statements // a second function of the file is not run
          while (!this.isAt('newline') && !this.isAt('end')) this.at++
          continue
        }
        if (token.text === 'end' || token.text === 'return' || token.text === 'endfunction') return statements
        if (REFUSED.has(token.text))
          throw new MatlabError(token.line, `"${token.text}" is beyond what is read of a case file`)
      }
      statements.push(this.statement())
    }
  }

  private statement(): Statement {
    const { line } = this.peek()
    const several = this.severalTargets()
    if (several !== undefined) return { line, targets: several, value: this.valueToEnd() }
    const left = this.expression()
    if (!this.sees('=')) {
      this.endStatement()
      return { line, targets: [], value: left }
    }
    this.at++
    return { line, targets: [left], value: this.valueToEnd() }
  }

  /** `[a, b, ~] =`, or nothing moved when the bracket is a matrix. */
  private severalTargets(): (Expression | undefined)[] | undefined {
    if (!this.sees('[')) return undefined
    let end = this.at
    while (this.tokens[end].text !== ']' || this.tokens[end].kind !== 'operator') {
      if (this.tokens[end].kind === 'end') return undefined
      end++
    }
    const equals = this.tokens[end + 1]
    if (equals.kind !== 'operator' || equals.text !== '=') return undefined
    this.at++
    const targets: (Expression | undefined)[] = []
    while (this.at < end) {
      if (this.sees(',') || this.isAt('newline')) this.at++
      else if (this.sees('~') || this.sees('!')) {
        targets.push(undefined)
        this.at++
      } else {
        const before = this.isInMatrix
        this.isInMatrix = true
        targets.push(this.postfix())
        this.isInMatrix = before
      }
    }
    this.at = end + 2
    return targets
  }

  private valueToEnd(): Expression {
    const value = this.expression()
    this.endStatement()
    return value
  }

  private endStatement(): void {
    const token = this.peek()
    if (token.kind === 'newline' || token.kind === 'end' || this.sees(';') || this.sees(',')) return
    throw new MatlabError(token.line, `${showToken(token)} is not expected here`)
  }

  private expression(): Expression {
    if (++this.depth > MAX_DEPTH) throw new MatlabError(this.peek().line, 'brackets are nested too deep')
    const value = this.comparison(0)
    this.depth--
    return value
  }

  private comparison(level: number): Expression {
    if (level === LEVELS.length) return this.range()
    let left = this.comparison(level + 1)
    for (;;) {
      const operator = this.binaryOperator(LEVELS[level])
      if (operator === undefined) return left
      left = { kind: 'binary', operator, left, right: this.comparison(level + 1) }
    }
  }

  private range(): Expression {
    const first = this.chain(SUMS, () => this.chain(PRODUCTS, () => this.unary()))
    if (!this.sees(':') || this.endsArgument(1)) return first
    this.at++
    const second = this.chain(SUMS, () => this.chain(PRODUCTS, () => this.unary()))
    if (!this.sees(':')) return { kind: 'range', from: first, to: second }
    this.at++
    const third = this.chain(SUMS, () => this.chain(PRODUCTS, () => this.unary()))
    return { kind: 'range', from: first, step: second, to: third }
  }

  private chain(operators: readonly string[], next: () => Expression): Expression {
    let left = next()
    for (;;) {
      const operator = this.binaryOperator(operators)
      if (operator === undefined) return left
      left = { kind: 'binary', operator, left, right: next() }
    }
  }

  /** Inside brackets `[1 -2]` is two elements and `[1 - 2]` one. */
  private binaryOperator(operators: readonly string[]): string | undefined {
    const token = this.peek()
    if (token.kind !== 'operator' || !operators.includes(token.text)) return undefined
    const isSign = token.text === '+' || token.text === '-'
    if (this.isInMatrix && isSign && token.isSpaceBefore && !token.isSpaceAfter) return undefined
    this.at++
    return token.text
  }

  private unary(): Expression {
    const token = this.peek()
    if (token.kind === 'operator' && ['+', '-', '~', '!'].includes(token.text)) {
      if (++this.depth > MAX_DEPTH) throw new MatlabError(token.line, 'too many signs in a row')
      this.at++
      const value: Expression = {
        kind: 'unary',
        operator: token.text === '!' ? '~' : token.text,
        of: this.unary(),
      }
      this.depth--
      return value
    }
    return this.power()
  }

  private power(): Expression {
    let base = this.postfix()
    while (this.peek().kind === 'operator' && POWERS.includes(this.peek().text)) {
      const operator = this.peek().text
      this.at++
      const sign = this.sees('-') || this.sees('+') ? this.peek().text : undefined
      if (sign !== undefined) this.at++
      const exponent = this.postfix()
      const right: Expression =
        sign === undefined ? exponent : { kind: 'unary', operator: sign, of: exponent }
      base = { kind: 'binary', operator, left: base, right }
    }
    return base
  }

  private postfix(): Expression {
    let value = this.primary()
    for (;;) {
      const token = this.peek()
      const isApart = this.isInMatrix && token.isSpaceBefore
      if (this.sees('(') && !isApart) value = { kind: 'index', of: value, at: this.list(')') }
      else if (this.sees('.') && !isApart) {
        this.at++
        const field = this.peek()
        if (field.kind !== 'name')
          throw new MatlabError(field.line, `after the point a field name is due, not ${showToken(field)}`)
        this.at++
        value = { kind: 'field', of: value, name: field.text }
      } else if ((this.sees("'") || this.sees(".'")) && !isApart) {
        this.at++
        value = { kind: 'transpose', of: value }
      } else return value
    }
  }

  private list(close: string): Expression[] {
    this.at++
    const before = this.isInMatrix
    this.isInMatrix = false
    const list: Expression[] = []
    while (!this.sees(close)) {
      if (this.sees(':') && this.endsArgument(1)) {
        this.at++
        list.push({ kind: 'colon' })
      } else list.push(this.expression())
      if (this.sees(',')) this.at++
      else if (!this.sees(close))
        throw new MatlabError(this.peek().line, `a "${close}" is due, not ${showToken(this.peek())}`)
    }
    this.at++
    this.isInMatrix = before
    return list
  }

  private endsArgument(ahead: number): boolean {
    const token = this.tokens[this.at + ahead]
    return token.kind === 'operator' && (token.text === ')' || token.text === ',')
  }

  private primary(): Expression {
    const token = this.peek()
    if (token.kind === 'number') {
      this.at++
      return { kind: 'number', value: Number(token.text.replace(/[dD]/, 'e')) }
    }
    if (token.kind === 'text') {
      this.at++
      return { kind: 'text', text: token.text }
    }
    if (token.kind === 'name') {
      this.at++
      return { kind: 'name', name: token.text }
    }
    if (this.sees('(')) {
      const inner = this.list(')')
      if (inner.length !== 1) throw new MatlabError(token.line, 'brackets hold no single value')
      return inner[0]
    }
    if (this.sees('[')) return { kind: 'matrix', rows: this.rows(']') }
    if (this.sees('{')) return { kind: 'cell', rows: this.rows('}') }
    throw new MatlabError(token.line, `a value is due, not ${showToken(token)}`)
  }

  private rows(close: string): Expression[][] {
    const opened = this.peek().line
    if (++this.depth > MAX_DEPTH) throw new MatlabError(opened, 'brackets are nested too deep')
    this.at++
    const before = this.isInMatrix
    this.isInMatrix = true
    const rows: Expression[][] = []
    let row: Expression[] = []
    const endRow = () => {
      if (row.length > 0) rows.push(row)
      row = []
    }
    while (!this.sees(close)) {
      if (this.isAt('end')) throw new MatlabError(opened, `the bracket opened here is not closed`)
      if (this.isAt('newline') || this.sees(';')) {
        endRow()
        this.at++
      } else if (this.sees(',')) this.at++
      else row.push(this.expression())
    }
    endRow()
    this.at++
    this.isInMatrix = before
    this.depth--
    return rows
  }

  private peek(): Token {
    return this.tokens[this.at]
  }

  private isAt(kind: Token['kind']): boolean {
    return this.peek().kind === kind
  }

  private sees(operator: string): boolean {
    const token = this.peek()
    return token.kind === 'operator' && token.text === operator
  }
}
