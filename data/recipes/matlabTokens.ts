/** The words of the MATLAB subset that case files are written in: numbers, names, texts, operators, ends of lines. */

export interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'operator' | 'newline' | 'end'
  readonly text: string
  readonly line: number
  readonly isSpaceBefore: boolean
  readonly isSpaceAfter: boolean
}

/** What a file that breaks the grammar ends with. */
export class MatlabError extends Error {
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
  }
}

const OPERATORS = [
  '.^', '.*', './', '.\\', ".'", '==', '~=', '!=', '<=', '>=', '&&', '||', '+', '-', '*', '/', '^', '(', ')', '[', ']',
  '{', '}', ',', ';', ':', '=', '<', '>', '&', '|', '~', '!', '.', "'", '@',
] // prettier-ignore

/** The tokens of a file, without comments, continued lines joined. */
export function tokeniseMatlab(source: string): Token[] {
  const tokens: Token[] = []
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  let commentDepth = 0
  const brackets: string[] = []
  const number = /(?:\d+(?:\.(?![*/^'\\])\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?/y
  const name = /[A-Za-z_]\w*/y
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index]
    const line = index + 1
    if (/^\s*[%#]\{\s*$/.test(text)) commentDepth++
    else if (/^\s*[%#]\}\s*$/.test(text) && commentDepth > 0) {
      commentDepth--
      continue
    }
    if (commentDepth > 0) continue
    let at = 0
    let isSpaceBefore = true
    let isContinued = false
    const push = (kind: Token['kind'], value: string, length: number) => {
      at += length
      tokens.push({
        kind,
        text: value,
        line,
        isSpaceBefore,
        isSpaceAfter: /^(\s|$|%|\.\.\.)/.test(text.slice(at, at + 3)),
      })
      isSpaceBefore = false
    }
    while (at < text.length) {
      const char = text[at]
      if (char === ' ' || char === '\t' || char === '\f' || char === '\v' || char === '\u00A0') {
        at++
        isSpaceBefore = true
        continue
      }
      if (char === '%' || char === '#') break
      if (text.startsWith('...', at)) {
        isContinued = true
        break
      }
      number.lastIndex = at
      const digits = number.exec(text)
      if (digits !== null) {
        push('number', digits[0], digits[0].length)
        continue
      }
      name.lastIndex = at
      const word = name.exec(text)
      if (word !== null) {
        push('name', word[0], word[0].length)
        continue
      }
      if (
        char === '"' ||
        (char === "'" &&
          !isTranspose(tokens.at(-1), line, isSpaceBefore, brackets.length > 0 && brackets.at(-1) !== '('))
      ) {
        const end = endOfText(text, at, char)
        if (end < 0) throw new MatlabError(line, `the text ${text.slice(at, at + 20)} is not closed`)
        push('text', text.slice(at + 1, end).replaceAll(char + char, char), end + 1 - at)
        continue
      }
      const operator = OPERATORS.find((each) => text.startsWith(each, at))
      if (operator === undefined)
        throw new MatlabError(line, `the character ${JSON.stringify(char)} is not expected here`)
      if (operator === '(' || operator === '[' || operator === '{') brackets.push(operator)
      if (operator === ')' || operator === ']' || operator === '}') brackets.pop()
      push('operator', operator, operator.length)
    }
    if (!isContinued) tokens.push({ kind: 'newline', text: '\n', line, isSpaceBefore, isSpaceAfter: true })
  }
  tokens.push({
    kind: 'end',
    text: 'end of file',
    line: lines.length,
    isSpaceBefore: true,
    isSpaceAfter: true,
  })
  return tokens
}

/** A quote right after a value transposes it; with a space before it inside brackets it opens a text. */
function isTranspose(
  last: Token | undefined,
  line: number,
  isSpaceBefore: boolean,
  isInBrackets: boolean,
): boolean {
  if (last === undefined || last.line !== line || (isSpaceBefore && isInBrackets)) return false
  return last.kind === 'number' || last.kind === 'name' || [')', ']', '}', "'", ".'"].includes(last.text)
}

function endOfText(text: string, at: number, quote: string): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] !== quote) continue
    if (text[end + 1] === quote) end++
    else return end
  }
  return -1
}

/** A token as a message names it. */
export function showToken(token: Token): string {
  return token.kind === 'newline'
    ? 'the end of the line'
    : token.kind === 'end'
      ? 'the end of the file'
      : `"${token.text}"`
}
