/** `npm run access -- list | add <role> [--name N] | revoke <id>`: the tokens of planners and walls, also while the server runs. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { linkPath, makeToken, tokenRoles } from '../access/token.ts'
import { TokenFile } from '../access/tokenFile.ts'
import { stateFolderOf } from '../config.ts'

const USAGE = `npm run access -- list | add <${tokenRoles.join('|')}> [--name N] | revoke <id>`

class UsageError extends Error {}

/** Does what `argv` says with the tokens in `folder`, and gives the lines to print. */
export function manageAccess(argv: readonly string[], folder: string, nowMs: number): string[] {
  const { words, name } = readWords(argv)
  const file = new TokenFile(folder)
  const tokens = file.kept?.tokens ?? []
  const [verb, object, ...rest] = words
  if (verb === 'list' && object === undefined) {
    if (tokens.length === 0) return ['There is no token.']
    return tokens.map(
      ({ id, role, name, madeMs }) =>
        `${id}  ${role.padEnd(7)}  ${new Date(madeMs).toISOString().slice(0, 16)}Z  ${name}`,
    )
  }
  const role = tokenRoles.find((one) => one === object)
  if (verb === 'add' && role !== undefined && rest.length === 0) {
    const { text, kept } = makeToken(role, name ?? '', nowMs)
    file.write([...tokens, kept])
    return [
      `Made ${kept.id}. The token is shown only now; paste it into /${role === 'planner' ? 'plan' : 'wall'}, or put the server's address before the link:`,
      text,
      `/${linkPath(role, text)}`,
    ]
  }
  if (verb === 'revoke' && object !== undefined && rest.length === 0) {
    const left = tokens.filter(({ id }) => id !== object)
    if (left.length === tokens.length)
      throw new UsageError(`There is no token ${object}. See: npm run access -- list`)
    file.write(left)
    return [`Revoked ${object}. Its sessions end within seconds.`]
  }
  throw new UsageError(USAGE)
}

function readWords(argv: readonly string[]): { words: string[]; name: string | undefined } {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { name: { type: 'string' } },
    })
    return { words: positionals, name: values.name }
  } catch (error) {
    throw new UsageError(USAGE, { cause: error })
  }
}

if (import.meta.main) {
  try {
    for (const line of manageAccess(process.argv.slice(2), resolve(stateFolderOf(process.env)), Date.now()))
      console.log(line)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
