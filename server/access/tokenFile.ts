/**
 * `access.json` in the state folder: hashes of the tokens, and the key that sessions are signed with. Readable by its owner
 * only. The server reads it again when it has changed, so that tokens are managed beside it while it runs.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { tokenRoles, type KeptToken } from './token.ts'

export interface KeptAccess {
  /** Base64url, 256 bits. */
  readonly sessionKey: string
  readonly tokens: readonly KeptToken[]
}

const KEY_BYTES = 32
const base64url = v.pipe(v.string(), v.regex(/^[\w-]{20,}$/))
const schema = v.strictObject({
  version: v.literal(1),
  sessionKey: base64url,
  tokens: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/)),
      role: v.picklist(tokenRoles),
      name: v.string(),
      salt: base64url,
      hash: base64url,
      madeMs: v.number(),
    }),
  ),
})

export class TokenFile {
  readonly path: string
  /** Undefined while there is no file. */
  kept: KeptAccess | undefined
  private readonly folder: string
  private seen = ''

  /** Throws with a sentence when the file is there and is not what it should be. */
  constructor(folder: string) {
    this.folder = folder
    this.path = join(folder, 'access.json')
    this.refresh()
  }

  /** Reads the file again when it has changed, and says whether it had. A file that is gone holds no token. */
  refresh(): boolean {
    const stamp = stampOf(this.path)
    if (stamp === this.seen) return false
    this.seen = stamp
    this.kept = undefined
    if (stamp !== '') this.kept = parse(this.path, readFileSync(this.path, 'utf8'))
    return true
  }

  /** Replaces the tokens; the folder and a key for sessions are made when they are missing. */
  write(tokens: readonly KeptToken[]): void {
    const sessionKey = this.kept?.sessionKey ?? randomBytes(KEY_BYTES).toString('base64url')
    mkdirSync(this.folder, { recursive: true })
    // written beside and moved, so that nobody ever reads half a file
    const beside = `${this.path}.${process.pid}`
    writeFileSync(beside, `${JSON.stringify({ version: 1, sessionKey, tokens }, undefined, 2)}\n`, {
      mode: 0o600,
    })
    renameSync(beside, this.path)
    this.refresh()
  }
}

function parse(path: string, text: string): KeptAccess {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${path} is not JSON; restore it, or delete it to have new tokens made at the next start`)
  }
  const result = v.safeParse(schema, json)
  if (result.success) return result.output
  const [issue] = result.issues
  // what came is not shown: it may be a secret
  throw new Error(`${path}: ${v.getDotPath(issue) ?? 'the file'} is not what was expected (${issue.type})`)
}

/** Changes whenever the file does; empty when there is none. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  return found === undefined ? '' : `${found.ino} ${found.mtimeNs} ${found.size}`
}
